"""Ten times the text takes about ten times as long, whatever the text."""

import dataclasses
import time

import pytest

from moderation.rules import RULESET
from moderation.rules.hostile import LONG, SHAPES, SHORT, growths, steepest_growths
from moderation.rules.reading import Reading
from moderation.rules.report import growth_report
from moderation.rules.verdict import Content

# Ten is linear and a hundred is quadratic; the rest is for a machine that does something else as well.
STEEP = 40


@pytest.mark.parametrize("shape", SHAPES)
async def test_the_time_of_each_rule_grows_with_the_text_and_no_faster(shape):
    assert not [growth for growth in growths(shape) if growth.ratio > STEEP]


@pytest.mark.parametrize("shape", [*SHAPES[:18], "m a l i ", "djibouty ", "a\u0301\u200b"])
async def test_so_does_the_time_of_reading(shape):
    def seconds(length):
        text = (shape * length)[:length]
        started = time.process_time()
        Reading.of(Content(body=text), RULESET.corrections)
        return time.process_time() - started

    assert min(seconds(LONG) for _ in range(2)) < STEEP * min(seconds(SHORT) for _ in range(3))


async def test_a_rule_that_grows_with_the_square_is_found_and_reported():
    def quadratic(reading):
        return [] if sum(range(len(reading.text) ** 2 // 5_000)) else [(0, 1)]

    rule = dataclasses.replace(RULESET.rules[0], id="law.slow", pattern=None, finder=quadratic)
    found = steepest_growths(["a"], [rule])
    assert found[0].ratio > STEEP
    assert "law.slow" in growth_report(found)
