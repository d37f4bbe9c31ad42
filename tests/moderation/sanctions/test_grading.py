"""The next step: one above what was taken, never one that is in force."""

import random

import pytest

from app import database
from moderation.sanctions.grading import LADDER, Step, after, next_step
from moderation.sanctions.tables import SanctionKind
from tests.helpers.sanctions import taken

WARN, FIRST, POSTING = SanctionKind.warn, SanctionKind.review_first, SanctionKind.no_posting
SUSPENSION, EXCLUSION = SanctionKind.suspension, SanctionKind.exclusion


@pytest.mark.parametrize(
    ("past", "next_"),
    [
        ([], Step(WARN)),
        ([Step(WARN)], Step(FIRST)),
        ([Step(WARN), Step(WARN)], Step(FIRST)),
        ([Step(FIRST), Step(WARN)], Step(POSTING, 7)),
        ([Step(POSTING, 7)], Step(POSTING, 30)),
        ([Step(POSTING, 3)], Step(POSTING, 7)),
        ([Step(POSTING, 14)], Step(POSTING, 30)),
        ([Step(POSTING, 90)], Step(SUSPENSION, 14)),
        ([Step(SUSPENSION, 30)], Step(SUSPENSION, 90)),
        ([Step(SUSPENSION, 365)], Step(EXCLUSION)),
        ([Step(EXCLUSION)], Step(EXCLUSION)),
    ],
)
async def test_each_step_is_above_the_heaviest_one_taken(past, next_):
    assert after(past, set()) == next_


async def test_a_measure_in_force_is_passed_over():
    assert after([Step(WARN), Step(FIRST)], {POSTING}) == Step(SUSPENSION, 14)


async def test_whatever_was_taken_the_next_step_is_on_the_ladder_and_never_lighter():
    draw = random.Random(7)
    order = list(SanctionKind)
    for _ in range(500):
        past = [Step(draw.choice(LADDER).kind, draw.choice([None, 1, 7, 30, 100])) for _ in range(draw.randrange(6))]
        step = after(past, set(draw.sample([POSTING, SUSPENSION, FIRST], draw.randrange(3))))
        assert step in LADDER
        assert all(order.index(step.kind) >= order.index(one.kind) for one in past)


async def test_the_record_proposes_and_what_was_lifted_or_is_old_counts_no_more(anne, chloe):
    assert await next_step(anne.id) == Step(WARN)
    warned = await taken(anne, "warn", by=chloe)
    assert await next_step(anne.id) == Step(FIRST)
    await database.execute("UPDATE sanction SET state = 'lifted' WHERE id = $1", warned)
    assert await next_step(anne.id) == Step(WARN)
    await database.execute("UPDATE sanction SET state = 'active', proposed_at = now() - interval '3 years'")
    assert await next_step(anne.id) == Step(WARN)


async def test_a_measure_counts_a_year_from_its_end_as_long_as_its_decision_is_kept(anne, chloe):
    sanction = await taken(anne, "no_posting", 7, by=chloe)
    await database.execute(
        "UPDATE sanction SET state = 'ended', proposed_at = now() - interval '13 months',"
        " starts_at = now() - interval '13 months', ends_at = now() - interval '11 months' WHERE id = $1",
        sanction,
    )
    assert await next_step(anne.id) == Step(POSTING, 30)
    await database.execute("UPDATE sanction SET ends_at = now() - interval '12 months 2 days'")
    assert await next_step(anne.id) == Step(WARN)


async def test_what_is_in_force_for_longer_than_a_year_is_not_offered_again(anne, chloe):
    await taken(anne, "review_first", by=chloe)
    await database.execute("UPDATE sanction SET proposed_at = now() - interval '3 years'")
    assert await next_step(anne.id) == Step(POSTING, 7)
