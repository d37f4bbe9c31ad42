"""Help with childcare: the formula of article D. 531-18, and the example the family funds publish."""

from datetime import date
from decimal import Decimal

import pytest

from benefits.simulators.all import SIMULATORS
from benefits.simulators.cmg import effort_rate
from benefits.simulators.contract import Estimate, Verdict
from benefits.simulators.scales import Unscaled, scales
from benefits.simulators.situation import Care, Child
from tests.benefits.simulators.telling import TODAY, child, family

FIGURES = scales()["cmg"].on(TODAY).values


def asked(*children: Child, on: date = TODAY, **said: object) -> Estimate:
    usual = {"care": Care.childminder, "care_hours": Decimal(100), "care_cost": Decimal(491)}
    return SIMULATORS["cmg"].estimate(family(*children, **{**usual, **said}), on)


async def test_the_published_example_of_a_couple_with_one_child() -> None:
    """caf.fr, press kit of the reform: 3 000 € a month, 125 hours at 4,85 €; they receive 374 € and pay 232 €."""
    cost = Decimal("606.25")
    found = asked(
        child(1, on=date(2025, 10, 1)),
        on=date(2025, 10, 1),
        resources=Decimal(36_000),
        care_hours=Decimal(125),
        care_cost=cost,
    )
    assert round(found.amounts[0].euros) == 374
    assert round(cost - found.amounts[0].euros) == 232


@pytest.mark.parametrize(
    ("count", "share"), [(1, "0.0619"), (2, "0.0516"), (3, "0.0413"), (4, "0.031"), (7, "0.031"), (8, "0.0206")]
)
async def test_at_the_reference_cost_an_hour_costs_the_effort_rate_times_the_income(count: int, share: str) -> None:
    found = asked(*[child(2)] * count, resources=Decimal(36_000))
    left = Decimal(491) - found.amounts[0].euros
    assert left == (100 * 3000 * Decimal(share) / 100).quantize(Decimal("0.01"))


async def test_a_disabled_child_lowers_the_rate_by_one_step() -> None:
    assert effort_rate(FIGURES, Care.childminder, 1, True) == FIGURES["childminder_2"]
    assert effort_rate(FIGURES, Care.childminder, 3, True) == FIGURES["childminder_4"]
    assert effort_rate(FIGURES, Care.childminder, 5, True) == FIGURES["childminder_8"]
    assert effort_rate(FIGURES, Care.childminder, 9, True) == FIGURES["childminder_8"]
    with pytest.raises(Unscaled):
        effort_rate(FIGURES, Care.at_home, 3, True)


async def test_above_the_hourly_cap_the_rest_is_not_helped() -> None:
    at_the_cap, above = (asked(child(2), care_cost=Decimal(cost)) for cost in (809, 1000))
    assert at_the_cap.amounts == above.amounts


async def test_income_counts_between_its_floor_and_its_cap() -> None:
    lowest, low = (asked(child(2), resources=Decimal(euros)) for euros in (0, 821 * 12))
    assert lowest.amounts == low.amounts
    assert asked(child(2), resources=Decimal(150_000)).verdict is Verdict.unlikely


async def test_a_couple_is_helped_until_6_and_a_parent_alone_until_12() -> None:
    assert asked(child(5)).verdict is Verdict.likely
    assert asked(child(8)).verdict is Verdict.unlikely
    assert asked(child(8), alone=True).verdict is Verdict.likely
    assert asked(child(12), alone=True).verdict is Verdict.unlikely


async def test_care_at_home_has_rates_of_its_own_up_to_three_children() -> None:
    home = {"care": Care.at_home, "care_cost": Decimal(1050), "resources": Decimal(36_000)}
    found = asked(child(2), **home)
    assert Decimal(1050) - found.amounts[0].euros == Decimal("371.40")
    for refused in (asked(*[child(2)] * 4, **home), asked(child(2), **home | {"care_cost": Decimal(1600)})):
        assert (refused.verdict, refused.amounts, refused.missing) == (Verdict.unknown, (), ())


async def test_a_creche_is_sent_to_who_knows() -> None:
    found = asked(child(2), care=Care.other)
    assert (found.verdict, found.missing) == (Verdict.unknown, ())
    assert found.next


async def test_the_months_whose_figures_were_not_read_have_no_amount() -> None:
    found = asked(child(2, on=date(2026, 2, 1)), on=date(2026, 2, 1))
    assert (found.verdict, found.amounts) == (Verdict.unknown, ())
