"""Nobody is found in the figures: what is under five is not said, nor what would tell it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.figures.report import FEW, divided, share, told, waited


@pytest.mark.parametrize("number", range(FEW))
async def test_under_five_is_fewer_than_five_zero_too(number):
    assert told("a", "A", number).value is None
    assert told("a", "A", number).words == "moins de 5"


async def test_five_is_said():
    assert told("a", "A", 5).words == "5"
    assert told("a", "A", 12_345).words == "12\u202f345"


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6))
async def test_no_part_under_five_can_be_reckoned_from_the_total(numbers):
    parts = divided((str(place), str(place), number) for place, number in enumerate(numbers))
    said = [part.value for part in parts]
    assert all(value is None or value == number >= FEW for value, number in zip(said, numbers, strict=True))
    silent = [number for value, number in zip(said, numbers, strict=True) if value is None]
    if any(number < FEW for number in numbers) and any(number >= FEW for number in numbers):
        assert len(silent) >= 2


@given(st.integers(0, 60), st.integers(0, 60))
async def test_a_share_is_told_only_of_two_parts_of_five(part, rest):
    percent = share("a", "A", part, part + rest).percent
    if percent is not None:
        assert part >= FEW and (rest >= FEW or rest == 0)
        assert percent == round(100 * part / (part + rest))


async def test_a_wait_is_told_of_five_households():
    assert waited("a", "A", 4, 12.0, 30.0).median is None
    assert (waited("a", "A", 5, 12.4, 30.0).median, waited("a", "A", 5, 12.4, 30.0).most) == (12, 30)
