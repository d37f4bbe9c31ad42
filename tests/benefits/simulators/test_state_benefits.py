"""What the State and the defence ministry help their people with, and what a loan costs."""

from datetime import date
from decimal import Decimal

import pytest

from benefits.simulators.all import SIMULATORS
from benefits.simulators.contract import Estimate, Verdict
from benefits.simulators.situation import Absence, Child, Disability, NewPost, Situation, Stay, Work
from tests.benefits.simulators.telling import TODAY, child, family


def estimate(simulator: str, said: Situation) -> Estimate:
    return SIMULATORS[simulator].estimate(said, TODAY)


def paid(simulator: str, said: Situation) -> Decimal:
    return sum((amount.euros for amount in estimate(simulator, said).amounts), Decimal(0))


@pytest.mark.parametrize(
    ("stay", "days", "euros"),
    [
        (Stay.camp, 10, "84.00"),
        (Stay.camp, 60, "378.00"),  # 45 days at most
        (Stay.day_centre, 60, "363.60"),
        (Stay.half_days, 4, "12.24"),
        (Stay.full_board, 7, "61.88"),
        (Stay.gite, 7, "58.80"),
        (Stay.school_trip, 5, "20.70"),
        (Stay.school_trip, 21, "87.05"),
        (Stay.language, 5, "42.00"),
        (Stay.specialised, 2, "47.92"),
    ],
)
async def test_a_stay_of_a_child_of_ten(stay: Stay, days: int, euros: str) -> None:
    said = family(child(10), work=Work.state, stay=stay, stay_days=days)
    assert paid("sejours-enfants", said) == Decimal(euros)


async def test_from_13_a_camp_is_helped_more() -> None:
    said = family(child(10), child(13), work=Work.state, stay=Stay.camp, stay_days=10)
    assert paid("sejours-enfants", said) == Decimal("211.10")


async def test_the_grown_up_are_not_sent_to_camp() -> None:
    said = family(child(18), work=Work.state, stay=Stay.camp, stay_days=10)
    assert estimate("sejours-enfants", said).verdict is Verdict.unlikely


async def test_a_disabled_child_under_20_brings_a_sum_each_month() -> None:
    one = child(9, disability=Disability.from_50, aeeh=True)
    assert paid("aeh", family(one, work=Work.state_retired, disabled_child=True)) == Decimal("183.00")


async def test_a_disabled_young_adult_who_studies_brings_a_share_of_the_base() -> None:
    student = child(22, disability=Disability.from_50, studies=True, aah=False)
    assert paid("aeh-etudiant", family(student, work=Work.military, disabled_child=True)) == Decimal("143.45")


@pytest.mark.parametrize("change", [{"studies": False}, {"aah": True}])
async def test_without_studies_or_with_the_adults_allowance_there_is_none(change: dict[str, bool]) -> None:
    adult = child(22, **{"disability": Disability.from_50, "studies": True, "aah": False, **change})
    said = family(adult, work=Work.military, disabled_child=True)
    assert estimate("aeh-etudiant", said).verdict is Verdict.unlikely


async def test_a_lower_rate_is_left_to_a_doctor() -> None:
    student = child(22, disability=Disability.under_50, studies=True, aah=False)
    found = estimate("aeh-etudiant", family(student, work=Work.military, disabled_child=True))
    assert (found.verdict, found.missing) == (Verdict.unknown, ())


def settling(**said: object) -> Situation:
    usual = {"work": Work.state, "new_post": NewPost.recruited, "moved_on": date(2026, 9, 1), "tense_zone": False}
    return family(**{**usual, "reference_income": Decimal(28_047), "alone": True, **said})


async def test_settling_in_is_helped_more_where_homes_are_dear() -> None:
    assert paid("aip", settling()) == 700
    assert paid("aip", settling(tense_zone=True)) == 1500


@pytest.mark.parametrize(
    "change",
    [
        {"reference_income": Decimal(28_048)},
        {"reference_income": Decimal(41_384), "alone": False, "both_earned": True},
        {"moved_on": date(2025, 11, 1)},
        {"work": Work.military},
        {"new_post": NewPost.none},
    ],
)
async def test_settling_in_has_its_conditions(change: dict[str, object]) -> None:
    assert estimate("aip", settling(**change)).verdict is Verdict.unlikely


async def test_two_incomes_have_a_ceiling_of_their_own() -> None:
    assert paid("aip", settling(reference_income=Decimal(41_383), alone=False, both_earned=True)) == 700


async def test_a_move_is_lent_for_at_the_defence_ministry() -> None:
    said = Situation(work=Work.military, new_post=NewPost.transferred, paris_region=True)
    assert paid("pret-mobilite", said) == 2400
    assert estimate("pret-mobilite", Situation(work=Work.state)).verdict is Verdict.unlikely


@pytest.mark.parametrize(
    ("absence", "days", "verdict"),
    [
        (Absence.mission, 8, Verdict.likely),
        (Absence.mission, 7, Verdict.unlikely),
        (Absence.hospital, 3, Verdict.likely),
        (Absence.hospital, 2, Verdict.unlikely),
    ],
)
async def test_a_long_absence_is_supported_and_no_amount_is_invented(
    absence: Absence, days: int, verdict: Verdict
) -> None:
    said = Situation(work=Work.defence_civilian, absence=absence, absence_days=days, alone=False)
    found = estimate("psad", said)
    assert (found.verdict, found.amounts) == (verdict, ())


async def test_nobody_left_at_home_is_nobody_to_support() -> None:
    said = Situation(work=Work.military, absence=Absence.mission, absence_days=30, alone=True, children=())
    assert estimate("psad", said).verdict is Verdict.unlikely


async def test_a_loan_is_paid_back_in_equal_parts() -> None:
    said = Situation(loan_amount=Decimal(10_000), loan_rate=Decimal(6), loan_months=12)
    monthly, cost = estimate("mensualites", said).amounts
    assert (monthly.euros, cost.euros) == (Decimal("860.67"), Decimal("328.04"))


async def test_a_loan_without_interest_costs_nothing_but_a_rounded_cent() -> None:
    said = Situation(loan_amount=Decimal(1800), loan_rate=Decimal(0), loan_months=36)
    monthly, cost = estimate("mensualites", said).amounts
    assert (monthly.euros, cost.euros) == (Decimal(50), Decimal(0))


async def test_a_child_who_is_expected_counts_for_nothing_yet() -> None:
    expected = Child(born=date(2027, 2, 1))
    for simulator in ("ars", "asf", "af"):
        assert estimate(simulator, family(expected, alone=True)).verdict is Verdict.unlikely
    for simulator in ("paje-base", "cmg"):
        assert not estimate(simulator, family(expected, alone=True)).amounts
