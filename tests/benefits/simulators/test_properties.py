"""What holds of every simulator, whatever is said to it."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.catalogue.reading import sheets
from benefits.simulators.all import SIMULATORS
from benefits.simulators.contract import Estimate, Verdict
from benefits.simulators.money import CENT
from benefits.simulators.questions import CHILD, CHILD_QUESTIONS, QUESTIONS, concerns, question
from benefits.simulators.situation import Child, Disability, OtherParent, Situation, Work
from tests.benefits.simulators.telling import ANSWERS, OF_A_CHILD, TODAY, child, days, family, half_said

EACH = pytest.mark.parametrize("simulator", SIMULATORS.values(), ids=list(SIMULATORS))
EVERY_FIELD = {*QUESTIONS, *(CHILD + name for name in CHILD_QUESTIONS)}


def paid(simulator: str, said: Situation, on: date = TODAY) -> Decimal:
    return sum((amount.euros for amount in SIMULATORS[simulator].estimate(said, on).amounts), Decimal(0))


def answered(said: Situation, names: tuple[str, ...], on: date) -> Situation:
    """The same situation once these questions are answered."""
    for name in names:
        if not name.startswith(CHILD):
            said = msgspec.structs.replace(said, **{name: ANSWERS[name]})
            continue
        field = name.removeprefix(CHILD)
        children = [
            msgspec.structs.replace(one, **{field: OF_A_CHILD[field]})
            if getattr(one, field) is None and concerns(name, one, on)
            else one
            for one in said.children or ()
        ]
        said = msgspec.structs.replace(said, children=tuple(children))
    return said


@EACH
@given(said=half_said, on=days)
@settings(max_examples=120, deadline=None)
def test_any_half_said_situation_has_an_estimate(simulator, said: Situation, on: date) -> None:
    estimate = simulator.estimate(said, on)
    assert estimate.simulator == simulator.id
    assert estimate.because
    assert simulator.asks(said, on) == estimate.missing
    assert set(estimate.missing) <= EVERY_FIELD
    for amount in estimate.amounts:
        assert amount.euros >= 0
        assert amount.euros == amount.euros.quantize(CENT)
    if estimate.amounts:
        assert estimate.verdict is Verdict.likely
    if estimate.missing:
        assert estimate.verdict is Verdict.unknown


@EACH
@given(said=half_said, on=days)
@settings(max_examples=80, deadline=None)
def test_its_questions_end_and_are_never_asked_twice(simulator, said: Situation, on: date) -> None:
    asked: list[str] = []
    while names := simulator.asks(said, on):
        assert not set(names) & set(asked)
        asked += names
        said = answered(said, names, on)
    assert simulator.estimate(said, on).missing == ()


@EACH
async def test_what_is_asked_can_be_asked(simulator) -> None:
    for name in EVERY_FIELD:
        assert question(name).label
    assert set(simulator.asks(Situation(), TODAY)) <= EVERY_FIELD


async def test_the_questions_are_the_fields_of_a_situation() -> None:
    assert set(QUESTIONS) == set(Situation.__struct_fields__) == set(ANSWERS)
    assert set(CHILD_QUESTIONS) == set(Child.__struct_fields__) == set(OF_A_CHILD)


async def test_a_household_without_children_is_asked_nothing_more_by_the_family_benefits() -> None:
    for simulator in ("af", "ars", "asf", "paje-base", "cmg"):
        estimate = SIMULATORS[simulator].estimate(Situation(children=()), TODAY)
        assert (estimate.verdict, estimate.missing) == (Verdict.unlikely, ())


async def test_who_does_not_work_for_the_state_is_asked_nothing_more_by_what_is_the_states() -> None:
    for simulator in ("sejours-enfants", "aeh", "aeh-etudiant", "aip", "pret-mobilite", "psad", "sft"):
        estimate = SIMULATORS[simulator].estimate(Situation(work=Work.other), TODAY)
        assert (estimate.verdict, estimate.missing) == (Verdict.unlikely, ())


CHILDREN = st.lists(st.builds(child, st.integers(0, 17), st.integers(20, 340)), min_size=1, max_size=5).map(tuple)
PARENTS = st.lists(st.booleans(), min_size=2, max_size=2)


@pytest.mark.parametrize("simulator", ["af", "ars", "paje-base"])
@given(children=CHILDREN, low=st.integers(0, 150_000), more=st.integers(0, 30_000))
@settings(max_examples=150, deadline=None)
def test_more_resources_never_bring_more(simulator: str, children: tuple[Child, ...], low: int, more: int) -> None:
    poorer, richer = (family(*children, resources=Decimal(income)) for income in (low, low + more))
    assert paid(simulator, richer) <= paid(simulator, poorer)


@pytest.mark.parametrize("simulator", ["af", "ars", "paje-base", "sft", "asf"])
@given(children=CHILDREN, income=st.integers(0, 150_000), age=st.integers(0, 17))
@settings(max_examples=150, deadline=None)
def test_one_more_child_never_brings_less(simulator: str, children: tuple[Child, ...], income: int, age: int) -> None:
    children = tuple(msgspec.structs.replace(one, other_parent=OtherParent.pays_nothing) for one in children)
    said = {"resources": Decimal(income), "alone": simulator == "asf", "work": Work.state, "index": 500}
    fewer = family(*children, full_time=True, **said)
    more = family(*children, child(age, 30, other_parent=OtherParent.pays_nothing), full_time=True, **said)
    assert paid(simulator, more) >= paid(simulator, fewer)


@given(children=CHILDREN, income=st.integers(60_000, 130_000))
@settings(max_examples=200, deadline=None)
def test_family_allowances_fall_by_no_more_than_the_income_rises(children: tuple[Child, ...], income: int) -> None:
    """The law's complement softens each ceiling: twelve euros more of income cost at most one a month."""
    less, more = (paid("af", family(*children, resources=Decimal(euros))) for euros in (income, income + 12))
    assert less - more <= Decimal("1.02")


@given(children=CHILDREN, income=st.integers(15_000, 90_000))
@settings(max_examples=200, deadline=None)
def test_the_school_allowance_falls_by_no_more_than_the_income_rises(children: tuple[Child, ...], income: int) -> None:
    """But for its last 15 euros, which are not paid (article R. 543-6-1)."""
    less, more = (paid("ars", family(*children, resources=Decimal(euros))) for euros in (income, income + 10))
    assert less - more <= 10 + (15 if more == 0 else 0) + Decimal("0.02")


@given(index=st.integers(100, 1600), higher=st.integers(0, 300), count=st.integers(1, 6))
@settings(max_examples=100, deadline=None)
def test_a_higher_index_never_brings_less(index: int, higher: int, count: int) -> None:
    children = [child(5)] * count
    low, high = (
        paid("sft", family(*children, work=Work.military, index=one, full_time=True)) for one in (index, index + higher)
    )
    assert low <= high


@given(support=st.integers(0, 400), more=st.integers(0, 100))
@settings(max_examples=60, deadline=None)
def test_more_support_paid_never_brings_more_allowance(support: int, more: int) -> None:
    children = [
        child(8, other_parent=OtherParent.pays, support_paid=Decimal(euros)) for euros in (support, support + more)
    ]
    low, high = (paid("asf", family(one, alone=True)) for one in children)
    assert high <= low


@given(income=st.integers(10_000, 150_000), more=st.integers(0, 10_000), cost=st.integers(50, 1500))
@settings(max_examples=150, deadline=None)
def test_childcare_help_falls_with_income_and_never_exceeds_the_cost(income: int, more: int, cost: int) -> None:
    said = {"care": "childminder", "care_hours": Decimal(120), "care_cost": Decimal(cost)}
    low, high = (paid("cmg", family(child(1), resources=Decimal(euros), **said)) for euros in (income, income + more))
    assert high <= low <= cost


async def test_a_disabled_childs_allowance_needs_half_and_the_aeeh() -> None:
    for rate, aeeh, verdict in (
        (Disability.from_50, True, Verdict.likely),
        (Disability.from_50, False, Verdict.unlikely),
        (Disability.under_50, True, Verdict.unlikely),
    ):
        said = family(child(9, disability=rate, aeeh=aeeh), work=Work.military, disabled_child=True)
        assert SIMULATORS["aeh"].estimate(said, TODAY).verdict is verdict


async def test_every_amount_names_its_scale_and_where_it_was_read() -> None:
    said = answered(Situation(), tuple(ANSWERS), TODAY)
    said = answered(said, tuple(CHILD + name for name in OF_A_CHILD), TODAY)
    for simulator in SIMULATORS.values():
        estimate: Estimate = simulator.estimate(said, TODAY)
        if estimate.amounts and simulator.in_questionnaire:
            assert estimate.scale is not None, simulator.id
            assert estimate.scale.sources
            assert estimate.steps
        assert estimate.next


async def test_every_simulator_has_its_sheet_and_the_sheet_leads_back() -> None:
    for simulator in SIMULATORS.values():
        assert sheets()[simulator.sheet].facts.simulator == simulator.id
