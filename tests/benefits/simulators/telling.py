"""Households told to the simulators: any of them, half said, and complete ones to compare."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from benefits.simulators.situation import (
    Absence,
    Care,
    Child,
    Disability,
    NewPost,
    OtherParent,
    Situation,
    Stay,
    Territory,
    Work,
)

TODAY = date(2026, 11, 22)
YES_NO = st.booleans()
MONEY = st.integers(0, 200_000).map(Decimal)
DAYS = st.dates(date(1995, 1, 1), date(2027, 6, 1))


def perhaps(answers: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | answers


half_said_children = st.builds(
    Child,
    born=perhaps(DAYS),
    shared=perhaps(YES_NO),
    earns=perhaps(YES_NO),
    other_parent=perhaps(st.sampled_from(OtherParent)),
    support_paid=perhaps(st.integers(0, 500).map(Decimal)),
    disability=perhaps(st.sampled_from(Disability)),
    aeeh=perhaps(YES_NO),
    studies=perhaps(YES_NO),
    aah=perhaps(YES_NO),
)
half_said = st.builds(
    Situation,
    work=perhaps(st.sampled_from(Work)),
    territory=perhaps(st.sampled_from(Territory)),
    alone=perhaps(YES_NO),
    children=perhaps(st.lists(half_said_children, max_size=5).map(tuple)),
    shared_custody=perhaps(YES_NO),
    disabled_child=perhaps(YES_NO),
    resources=perhaps(MONEY),
    both_earned=perhaps(YES_NO),
    index=perhaps(st.integers(100, 1600)),
    full_time=perhaps(YES_NO),
    care=perhaps(st.sampled_from(Care)),
    care_hours=perhaps(st.integers(1, 400).map(Decimal)),
    care_cost=perhaps(st.integers(0, 6000).map(Decimal)),
    stay=perhaps(st.sampled_from(Stay)),
    stay_days=perhaps(st.integers(1, 90)),
    new_post=perhaps(st.sampled_from(NewPost)),
    moved_on=perhaps(DAYS),
    tense_zone=perhaps(YES_NO),
    reference_income=perhaps(MONEY),
    paris_region=perhaps(YES_NO),
    absence=perhaps(st.sampled_from(Absence)),
    absence_days=perhaps(st.integers(1, 400)),
    loan_amount=perhaps(MONEY),
    loan_rate=perhaps(st.integers(0, 3000).map(lambda hundredths: Decimal(hundredths) / 100)),
    loan_months=perhaps(st.integers(1, 420)),
)
days = st.dates(date(2023, 1, 1), date(2028, 12, 31))

ANSWERS: dict[str, object] = {
    "work": Work.defence_civilian,
    "territory": Territory.mainland,
    "alone": False,
    "children": (Child(), Child()),
    "shared_custody": True,
    "disabled_child": True,
    "resources": Decimal(30000),
    "both_earned": True,
    "index": 500,
    "full_time": True,
    "care": Care.childminder,
    "care_hours": Decimal(120),
    "care_cost": Decimal(600),
    "stay": Stay.camp,
    "stay_days": 10,
    "new_post": NewPost.recruited,
    "moved_on": date(2026, 9, 1),
    "tense_zone": True,
    "reference_income": Decimal(20000),
    "paris_region": True,
    "absence": Absence.mission,
    "absence_days": 30,
    "loan_amount": Decimal(2000),
    "loan_rate": Decimal(3),
    "loan_months": 24,
}
"""An answer to every question."""
OF_A_CHILD: dict[str, object] = {
    "born": date(2012, 1, 15),
    "shared": True,
    "earns": False,
    "other_parent": OtherParent.pays,
    "support_paid": Decimal(80),
    "disability": Disability.from_50,
    "aeeh": True,
    "studies": True,
    "aah": False,
}


def child(age: int, days_more: int = 40, on: date = TODAY, **said: object) -> Child:
    """Of so many years and days, who earns nothing and lives here all the time."""
    return Child(born=on.replace(year=on.year - age) - timedelta(days=days_more), earns=False, shared=False, **said)


def family(*children: Child, **said: object) -> Situation:
    """On the mainland, with no shared custody and no disabled child, unless it is said otherwise."""
    usual = {"territory": Territory.mainland, "shared_custody": False, "disabled_child": False, "alone": False}
    return Situation(**{**usual, "both_earned": False, "resources": Decimal(30000), **said, "children": children})
