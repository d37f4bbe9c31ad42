"""What is read first: the risk as far as it is believed, the deadline, an ad for tonight; and nothing starves."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import database
from app.settings import PARIS
from moderation.cases import records
from moderation.cases.pressing import press_more
from moderation.cases.records import LEAST_OF_A_REPORTER, LEAST_OF_A_RULE, record_of_reporter, records_of
from moderation.cases.weighing import (
    EACH_POINT,
    MOST_FORWARD,
    OVERTAKEN_FOR,
    due,
    is_for_today,
    press_at,
    weight_of,
)
from moderation.rules import Action, Finding
from moderation.rules.recording import record_hits
from moderation.rules.tables import Moment
from moderation.rules.verdict import Verdict
from tests.helpers.ads import in_days, pending, published
from tests.helpers.appeals import case_about
from tests.helpers.browser import said
from tests.helpers.cases import case_of
from tests.helpers.decisions import decided
from tests.moderation.cases.people import the_case

YEAR = (datetime(2026, 1, 1), datetime(2027, 1, 1))  # noqa: DTZ001 - the strategy adds the time zone
MOMENT = st.datetimes(*YEAR, timezones=st.just(UTC))
DAYS_AFTER = st.none() | st.integers(-30, 90)
WEIGHT = st.floats(0, 100)


def stands(opened: datetime, weight: float, after: int | None) -> datetime:
    """Where a case opened at that moment stands, its ad wanted so many days after."""
    day = None if after is None else (opened.astimezone(PARIS) + timedelta(days=after)).date()
    return press_at(due(opened, day), weight, today=is_for_today(opened, day))


@given(MOMENT, WEIGHT, DAYS_AFTER, WEIGHT, DAYS_AFTER, st.timedeltas(timedelta(), timedelta(days=60)))
async def test_nothing_starves(opened, weight, after, other_weight, other_after, later):
    """Whatever comes more than five days later comes after, be it the gravest and for tonight."""
    other = stands(opened + OVERTAKEN_FOR + timedelta(seconds=1) + later, other_weight, other_after)
    assert stands(opened, weight, after) < other


@given(MOMENT, WEIGHT, WEIGHT, st.none() | st.integers(1, 90) | st.integers(-30, -1))
async def test_of_what_comes_at_once_an_ad_for_tonight_is_first(opened, weight, other_weight, other_after):
    assert stands(opened, weight, 0) < stands(opened, other_weight, other_after)


@given(MOMENT, WEIGHT, WEIGHT, DAYS_AFTER)
async def test_of_the_same_day_the_riskier_is_first(opened, weight, other_weight, after):
    lighter, heavier = sorted([weight, other_weight])
    assert stands(opened, heavier, after) <= stands(opened, lighter, after)


@given(st.floats(0, 1), st.floats(0, 1))
async def test_a_rule_that_is_often_wrong_presses_less(one, other):
    finding = Finding(rule="commerce.price", version=1, action=Action.HOLD, message="À relire.")
    weights = [weight_of([finding], {"commerce.price": record}) for record in sorted([one, other])]
    assert weights == sorted(weights)
    assert weight_of([finding], {}) == 40


async def test_the_queue_shows_the_ad_for_tonight_before_the_gravest(browser, chloe, emilie):
    grave, tonight = await pending(emilie, title="Grave"), await pending(emilie, title="Ce soir", wanted_by=in_days(0))
    await case_about(grave, findings=[_finding("opsec.departure")])
    await pending(emilie, title="Calme")
    desk = said(await (await browser.sign_in(chloe)).get("/moderation"))
    assert desk.index("Ce soir") < desk.index("Grave") < desk.index("Calme")
    assert (await case_of(tonight.id))["risk"] == 0


@pytest.fixture
def counted_anew():
    records.forget_records()
    yield
    records.forget_records()


def _finding(rule: str) -> Finding:
    return Finding(rule=rule, version=1, action=Action.HOLD, message="À relire.")


async def _judged(rule: str, author, judge, kind: str) -> None:
    ad = await pending(author)
    case = (await case_of(ad.id))["id"]
    await record_hits(Verdict(Action.HOLD, (_finding(rule),)), Moment.submission, case)
    await decided(case, judge.id, author.id, kind, *(() if kind == "approve" else ("unclear", "Parce que.")))


async def test_a_rule_is_believed_until_enough_was_judged_then_by_its_record_never_below_a_half(
    emilie, chloe, monkeypatch, counted_anew
):
    monkeypatch.setattr(records, "ENOUGH_CASES", 4)
    for kind in ("remove", "approve", "approve"):
        await _judged("commerce.price", emilie, chloe, kind)
    assert await records_of(["commerce.price", "scam.advance"]) == {"commerce.price": 1.0, "scam.advance": 1.0}
    records.forget_records()
    await _judged("commerce.price", emilie, chloe, "approve")
    assert await records_of(["commerce.price"]) == {"commerce.price": LEAST_OF_A_RULE}

    weak = await case_about(await published(emilie), findings=[_finding("commerce.price")])
    strong = await case_about(await published(emilie), findings=[_finding("commerce.sale")])
    weaker, stronger = await the_case(weak), await the_case(strong)
    assert weaker["risk"] == stronger["risk"] == 40
    later = (weaker["press_at"] - weaker["due_at"]) - (stronger["press_at"] - stronger["due_at"])
    assert later == EACH_POINT * 20


async def test_a_rule_that_cares_is_never_doubted(emilie, chloe, monkeypatch, counted_anew):
    monkeypatch.setattr(records, "ENOUGH_CASES", 1)
    await _judged("care.distress", emilie, chloe, "approve")
    assert await records_of(["care.distress"]) == {}
    case = await the_case(await case_about(await published(emilie), findings=[_finding("care.distress")]))
    assert case["due_at"] - case["press_at"] == EACH_POINT * 100


async def _reports(reporter, author, outcomes: str) -> None:
    for outcome in outcomes:
        case = await case_about(await published(author))
        await database.execute(
            'INSERT INTO report ("case", reporter, reason, words, made_at, outcome) VALUES ($1, $2, $3, $4, now(), $5)',
            case,
            reporter.id,
            "other",
            "",
            {"f": "founded", "u": "unfounded", "a": "abusive", "?": ""}[outcome],
        )


@pytest.mark.parametrize(
    ("outcomes", "record"),
    [("", 1.0), ("uuuu", 1.0), ("????????", 1.0), ("fffuu", 1.0), ("fuuu?u", LEAST_OF_A_REPORTER), ("ffuauu", 2 / 3)],
)
async def test_a_reporter_who_was_mostly_wrong_is_believed_less_and_never_not_at_all(anne, bilal, outcomes, record):
    await _reports(bilal, anne, outcomes)
    assert await record_of_reporter(bilal.id) == pytest.approx(record)


async def test_each_more_report_brings_a_case_forward_by_as_much_as_its_reporter_is_believed(
    anne, bilal, emilie, farid
):
    await _reports(farid, anne, "uuuuu")
    case = await case_about(await published(anne), risk=40)
    steps = []
    for reporter in (bilal, emilie, farid):
        await database.execute(
            'INSERT INTO report ("case", reporter, reason, words, made_at) VALUES ($1, $2, $3, $4, clock_timestamp())',
            case,
            reporter.id,
            "market",
            "",
        )
        before = (await the_case(case))["press_at"]
        await press_more(case, 1)
        steps.append(before - (await the_case(case))["press_at"])
    assert steps == [timedelta(), EACH_POINT * 5, EACH_POINT * 5 * LEAST_OF_A_REPORTER]
    assert (await the_case(case))["risk"] == 50


async def test_however_many_report_it_a_case_goes_no_further_than_the_gravest_for_tonight(anne, bilal, emilie):
    case = await case_about(await published(anne), risk=100)
    await database.execute(
        'INSERT INTO report ("case", reporter, reason, words, made_at) SELECT $1, m, $3, $4, clock_timestamp()'
        " FROM unnest($2::uuid[]) m",
        case,
        [bilal.id, emilie.id],
        "market",
        "",
    )
    for _ in range(60):
        await press_more(case, 1)
    now = await the_case(case)
    assert now["due_at"] - now["press_at"] == MOST_FORWARD
    assert now["risk"] == 100
