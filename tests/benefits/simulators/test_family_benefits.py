"""What a family receives: amounts of 2025 and 2026, the law's own days, and what is said of it."""

from datetime import date
from decimal import Decimal

import pytest

from benefits.simulators.all import SIMULATORS
from benefits.simulators.contract import Estimate, Verdict
from benefits.simulators.situation import Child, OtherParent, Situation, Territory, Work
from tests.benefits.simulators.telling import TODAY, child, family


def estimate(simulator: str, said: Situation, on: date = TODAY) -> Estimate:
    return SIMULATORS[simulator].estimate(said, on)


def paid(simulator: str, said: Situation, on: date = TODAY) -> Decimal:
    return sum((amount.euros for amount in estimate(simulator, said, on).amounts), Decimal(0))


def born(day: str, **said: object) -> Child:
    return Child(born=date.fromisoformat(day), earns=False, shared=False, **said)


def words(found: Estimate) -> str:
    return " ".join(step.text for step in found.steps)


SMALL = (child(4), child(6))


async def test_two_children_bring_the_amount_of_2026() -> None:
    assert paid("af", family(*SMALL)) == Decimal("152.25")
    assert paid("af", family(*SMALL, child(8))) == Decimal("347.31")


@pytest.mark.parametrize(
    ("resources", "share"),
    [("79980", 1), ("85000", Decimal("0.5")), ("106604", Decimal("0.5")), ("120000", Decimal("0.25"))],
)
async def test_the_amount_is_halved_then_quartered_above_the_ceilings(resources: str, share: Decimal) -> None:
    whole = Decimal("478.16") * Decimal("0.32") * Decimal("0.995")
    assert abs(paid("af", family(*SMALL, resources=Decimal(resources))) - whole * share) <= Decimal("0.01")


async def test_just_above_a_ceiling_the_fall_is_softened() -> None:
    found = estimate("af", family(*SMALL, resources=Decimal(79980 + 120)))
    # 76.5056, and again as much less the tenth of what is above, 10 € a month; less the CRDS.
    assert found.amounts[0].euros == Decimal("142.30")
    assert "complément" in words(found)


async def test_one_child_brings_family_allowances_only_overseas() -> None:
    assert estimate("af", family(child(4))).verdict is Verdict.unlikely
    overseas = estimate("af", family(child(4), territory=Territory.overseas))
    assert (overseas.verdict, overseas.missing) == (Verdict.unknown, ())


@pytest.mark.parametrize(
    ("day", "adds"),
    [
        ("2012-02-29", True),  # 14 before March 2026: kept
        ("2012-03-01", False),  # 14 on 1 March 2026: at 18
        ("2008-11-05", True),  # 14 long before
    ],
)
async def test_the_supplement_for_age_begins_at_18_but_for_who_was_14_before_march_2026(day: str, adds: bool) -> None:
    found = estimate("af", family(child(17, 300), born(day)), TODAY)
    assert ("Majoration pour âge" in words(found)) is adds


async def test_before_march_2026_the_supplement_began_at_14() -> None:
    said = family(born("2009-01-05"), born("2012-01-20"))
    assert "Majoration" not in words(estimate("af", said, date(2026, 1, 15)))
    assert "Majoration à partir de 14 ans" in words(estimate("af", said, date(2026, 2, 15)))
    assert "Majoration pour âge" in words(estimate("af", said, date(2026, 3, 15)))


async def test_of_two_children_the_elder_adds_no_supplement() -> None:
    assert "Majoration" not in words(estimate("af", family(child(15), child(4))))
    assert "Majoration" in words(estimate("af", family(child(15), child(4), child(2))))


async def test_shared_custody_halves_that_childs_part() -> None:
    shared = Child(born=date(2018, 5, 1), shared=True)
    found = estimate("af", family(shared, child(4), shared_custody=True))
    assert found.amounts[0].euros == Decimal("114.18")  # three quarters of 153.0112, less the CRDS
    assert "résidence alternée" in words(found)


async def test_a_child_counts_until_the_month_before_their_20_years() -> None:
    said = family(born("2006-11-22"), child(4))
    assert paid("af", said, date(2026, 10, 31)) > 0
    assert estimate("af", said, date(2026, 11, 1)).verdict is Verdict.unlikely


async def test_with_three_children_the_one_who_is_20_brings_a_flat_sum_for_a_year() -> None:
    found = estimate("af", family(born("2006-03-10"), *SMALL))
    assert "Forfait" in words(found)
    assert found.amounts[0].euros == Decimal("248.51")  # (153.0112 + 96.7509) less the CRDS
    assert "Forfait" not in words(estimate("af", family(born("2005-11-10"), *SMALL)))


async def test_a_child_who_earns_counts_no_more() -> None:
    working = Child(born=date(2009, 1, 1), earns=True, shared=False)
    assert estimate("af", family(working, child(4))).verdict is Verdict.unlikely


@pytest.mark.parametrize(
    ("day", "euros"), [("2018-05-01", "426.86"), ("2014-05-01", "450.41"), ("2010-05-01", "466.02")]
)
async def test_the_school_allowance_of_2026_by_age(day: str, euros: str) -> None:
    assert paid("ars", family(born(day), resources=Decimal(20000))) == Decimal(euros)


@pytest.mark.parametrize(
    ("day", "euros"), [("2018-05-01", "423.48"), ("2013-05-01", "446.85"), ("2009-05-01", "462.32")]
)
async def test_the_school_allowance_of_2025_is_the_published_one_within_a_cent(day: str, euros: str) -> None:
    found = paid("ars", family(born(day), resources=Decimal(20000)), date(2025, 9, 1))
    assert abs(found - Decimal(euros)) <= Decimal("0.01")


@pytest.mark.parametrize(
    ("day", "paid_for"),
    [
        ("2020-12-31", True),
        ("2021-01-01", False),
        ("2008-09-16", True),
        ("2008-09-15", False),
    ],
)
async def test_the_school_allowance_goes_from_6_in_the_year_to_18_in_the_middle_of_september(
    day: str, paid_for: bool
) -> None:
    assert (paid("ars", family(born(day), resources=Decimal(20000))) > 0) is paid_for


async def test_who_turns_six_in_january_is_told_of_the_first_class() -> None:
    assert "CP" in words(estimate("ars", family(born("2021-01-15"))))


async def test_just_above_its_ceiling_the_school_allowance_is_reduced_and_then_nothing() -> None:
    ceiling = Decimal("28956.20")
    assert paid("ars", family(child(8), resources=ceiling)) == Decimal("426.86")
    assert paid("ars", family(child(8), resources=ceiling + 100)) == Decimal("327.36")
    assert estimate("ars", family(child(8), resources=ceiling + 415)).verdict is Verdict.unlikely


async def test_the_allowance_for_a_small_child_is_whole_half_or_nothing() -> None:
    one, resources = child(1), (31_066, 31_067, 37_117, 37_119)
    found = [paid("paje-base", family(one, resources=Decimal(euros))) for euros in resources]
    assert found == [Decimal("198.16"), Decimal("99.08"), Decimal("99.08"), 0]
    assert paid("paje-base", family(one, resources=Decimal(41_000), both_earned=True)) == Decimal("198.16")
    assert paid("paje-base", family(one, resources=Decimal(41_000), alone=True)) == Decimal("198.16")


async def test_a_small_child_counts_from_the_month_after_birth_to_the_one_before_three() -> None:
    assert paid("paje-base", family(born("2026-11-02"))) == 0
    assert paid("paje-base", family(born("2026-10-31"))) > 0
    assert estimate("paje-base", family(born("2023-11-30"))).verdict is Verdict.unlikely


async def test_who_expects_a_baby_is_told_from_when_and_how_much() -> None:
    found = estimate("paje-base", family(born("2027-03-10")))
    assert (found.verdict, found.amounts) == (Verdict.unknown, ())
    assert "avril 2027" in found.because and "198,16" in found.because
    assert "396,32" in estimate("paje-base", family(born("2027-03-10"), born("2027-03-10"))).because
    assert estimate("paje-base", family(born("2027-03-10"), resources=Decimal(90_000))).verdict is Verdict.unlikely


@pytest.mark.parametrize("simulator", ["af", "sft", "cmg"])
async def test_a_baby_who_is_expected_closes_no_door(simulator: str) -> None:
    children = (child(8), born("2027-03-10")) if simulator == "af" else (born("2027-03-10"),)
    found = estimate(simulator, family(*children, work=Work.military))
    assert (found.verdict, found.missing) == (Verdict.unknown, ())


async def test_twins_bring_two_allowances_and_a_baby_with_a_toddler_one() -> None:
    assert paid("paje-base", family(child(1), child(1))) == Decimal("396.32")
    assert paid("paje-base", family(child(1), child(2))) == Decimal("198.16")


async def test_a_parent_alone_is_supported_for_each_child_the_other_does_not_help() -> None:
    neglected = child(8, other_parent=OtherParent.pays_nothing)
    assert paid("asf", family(neglected, alone=True)) == Decimal("200.77")
    assert paid("asf", family(neglected, neglected, alone=True)) == Decimal("401.55")
    assert estimate("asf", family(neglected)).verdict is Verdict.unlikely
    helped = child(8, other_parent=OtherParent.pays, support_paid=Decimal(120))
    assert paid("asf", family(helped, alone=True)) == Decimal("81.37")
    enough = child(8, other_parent=OtherParent.pays, support_paid=Decimal(190))
    assert estimate("asf", family(enough, alone=True)).verdict is Verdict.unlikely


@pytest.mark.parametrize(
    ("count", "index", "euros"),
    [
        (1, 800, "2.29"),
        (2, 366, "77.72"),
        (2, 900, "117.30"),
        (3, 454, "194.04"),
        (3, 722, "299.58"),
        (4, 400, "332.70"),
        (4, 722, "517.40"),
    ],
)
async def test_the_supplement_of_public_agents_has_a_floor_and_a_cap(count: int, index: int, euros: str) -> None:
    said = family(*[child(3)] * count, work=Work.military, index=index, full_time=True)
    assert paid("sft", said) == Decimal(euros)


async def test_part_time_the_supplement_is_said_to_be_at_least_the_floor() -> None:
    found = estimate("sft", family(*SMALL, work=Work.state, index=700, full_time=False))
    assert found.amounts[0].euros == Decimal("77.72")
    assert "au moins" in found.amounts[0].label


async def test_amounts_wait_for_a_scale_that_was_read() -> None:
    said = family(*SMALL)
    for day in (date(2024, 6, 1), date(2027, 1, 1)):
        found = estimate("af", said, day)
        assert (found.verdict, found.amounts, found.missing) == (Verdict.unknown, (), ())
        assert "barème" in found.because


async def test_the_year_of_the_resources_is_said() -> None:
    assert "Ressources de 2024" in words(estimate("af", family(*SMALL)))
    assert "Ressources de 2023" in words(estimate("af", family(*SMALL), date(2025, 7, 1)))
