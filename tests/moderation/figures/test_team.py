"""What moderators and administrators read of their own work."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app import database
from app.dates import now
from app.settings import PARIS
from moderation.figures import queue, steps
from moderation.figures.delays import delays
from moderation.figures.desk import figures
from moderation.figures.durations import in_hours
from moderation.figures.load import load
from moderation.figures.returns import appeals, reports
from moderation.figures.steps import Back, steps_of
from tests.helpers.browser import words
from tests.helpers.budget import Asked
from tests.moderation.figures.past import a_case, a_year_of, appealed, past, reported

WEDNESDAY = date(2026, 7, 15)


@pytest.fixture
def midweek(monkeypatch):
    """The middle of a week, so that "a week ago" and "this week" never meet."""
    at = datetime(2026, 7, 15, 12, tzinfo=UTC)
    monkeypatch.setattr(steps, "today", lambda: WEDNESDAY)
    monkeypatch.setattr(queue, "now", lambda: at)
    return at


async def test_the_queue_is_counted_as_it_is(browser, anne, chloe):
    await a_case(anne, opened=now() - timedelta(hours=30), risk=90)
    await a_case(anne, opened=now() - timedelta(hours=2), risk=20)
    await a_case(anne, opened=now() - timedelta(days=3), closed_at=now())
    await browser.sign_in(chloe)

    text = words(await browser.get("/moderation/chiffres"))

    assert "dossiers en attente 2 le plus ancien" in text
    assert "ne peut pas attendre 1" in text
    assert "au-delà du délai 1 à lire en premier" in text


async def test_each_week_keeps_who_waited_at_its_end(anne, midweek):
    def ago(days: float) -> datetime:
        return midweek - timedelta(days=days)

    await a_case(anne, opened=ago(25), closed_at=ago(8))  # waited at the end of two whole weeks
    await a_case(anne, opened=ago(13), closed_at=ago(1))
    await a_case(anne, opened=ago(1))
    await a_case(anne, opened=ago(2), closed_at=ago(1))  # came and went within this one
    await a_case(anne, opened=ago(90), closed_at=ago(60))  # long before

    then = await queue.queue_then(steps_of(Back.four_weeks))

    assert then.waiting == [1, 2, 1, 1]
    assert then.oldest_hours[-1] == 24
    monday = datetime(2026, 7, 13, tzinfo=PARIS)
    assert then.oldest_hours[-2] == (monday - ago(13)) // timedelta(hours=1)


async def test_delays_are_the_median_and_nine_in_ten_by_risk(anne, chloe):
    for hours in range(1, 12):
        await past(anne, chloe, "approve", hours=hours, looked_after=hours / 2, risk=90)
    await past(anne, chloe, "approve", hours=100, looked_after=None, risk=39)

    by_risk = {one.risk: one for one in (await delays(steps_of(Back.four_weeks))).by_risk}

    urgent, calm = by_risk["urgent"], by_risk["calm"]
    assert (urgent.cases, urgent.look, urgent.decision) == (11, pytest.approx(3), pytest.approx(6))
    assert (urgent.look_most, urgent.decision_most) == (pytest.approx(5), pytest.approx(10))
    assert (calm.cases, calm.look, calm.decision) == (1, None, pytest.approx(100))
    assert (by_risk["middle"].cases, by_risk["middle"].decision) == (0, None)


async def test_a_moderator_reads_their_own_load_beside_the_median_and_no_name(browser, anne, chloe, farid):
    await a_year_of(anne, farid, approve=7)
    await a_year_of(anne, chloe, approve=3)
    await browser.sign_in(chloe)

    page = await browser.get("/moderation/chiffres")

    assert "Vos décisions" in page.text
    assert "Médiane des modérateurs actifs" in page.text
    assert "Farid" not in page.text


async def test_an_administrator_reads_who_decided_how_much(browser, anne, chloe, farid, denis):
    await a_year_of(anne, farid, approve=7)
    await a_year_of(anne, chloe, approve=3)
    await browser.sign_in(denis)

    text = words(await browser.get("/moderation/chiffres"))

    assert text.index("Farid") < text.index("Chloe")  # who decided most first
    assert "Vos décisions" not in text  # they decide nothing


async def test_load_counts_each_in_their_step(anne, chloe, farid):
    await a_year_of(anne, farid, approve=7)
    await a_year_of(anne, chloe, approve=2)
    await a_year_of(anne, chloe, approve=4, days_ago=7)

    found = await load(steps_of(Back.four_weeks))

    assert found.of(chloe.id) == [0, 0, 4, 2]
    assert found.of(anne.id) == [0, 0, 0, 0]
    assert found.team == [0, 0, 4, 9]
    assert found.median == [0, 0, 4, 4]  # 4 alone; then 4.5, to the even one


async def test_the_least_precise_rule_comes_first(browser, anne, chloe):
    await a_year_of(anne, chloe, remove=3, held=True)
    await a_year_of(anne, chloe, approve=1, held=True)
    await database.execute("UPDATE rule_hit SET rule = 'scam.prepay' WHERE id IN (SELECT min(id) FROM rule_hit)")
    await browser.sign_in(chloe)

    text = words(await browser.get("/moderation/chiffres"))

    assert "law.pets 67 % 2 1" in text
    assert "scam.prepay 100 % 1 0" in text
    assert text.index("law.pets") < text.index("scam.prepay")


async def test_appeals_and_reports_are_counted_by_what_became_of_them(anne, bilal, chloe, denis):
    for state in ("upheld", "rejected", "rejected", "rejected", "open"):
        await appealed(anne, first=chloe, judge=denis, state=state)
    for outcome in ("founded", "unfounded", "abusive", "founded"):
        await reported(bilal, of=anne, judge=chloe, outcome=outcome, days_ago=0)

    back = steps_of(Back.four_weeks)
    came, said_wrong = await appeals(back), await reports(back)

    assert (came.upheld, came.rejected, came.waiting, came.upheld_percent) == (1, 3, 1, 25)
    assert sum(came.received) == 5
    assert (said_wrong.founded[-1], said_wrong.unfounded[-1], said_wrong.abusive) == (2, 2, 1)


@pytest.mark.parametrize(
    ("asked", "bars"), [("4-semaines", 4), ("12-semaines", 12), ("un-an", 12), ("", 12), ("mille-ans", 12)]
)
async def test_the_length_of_time_is_chosen(browser, anne, chloe, asked, bars):
    await browser.sign_in(chloe)
    page = await browser.get("/moderation/chiffres", params={"periode": asked})
    first = page.text[page.text.index("<svg viewBox") :].split("</svg>", 1)[0]
    assert first.count("<rect") == bars
    assert "style=" not in page.text


@pytest.mark.parametrize(
    ("day", "first"), [(date(2026, 1, 31), date(2025, 2, 1)), (date(2026, 12, 1), date(2026, 1, 1))]
)
async def test_a_year_is_twelve_months_whatever_the_day(monkeypatch, day, first):
    monkeypatch.setattr(steps, "today", lambda: day)
    months = steps_of(Back.year)
    assert (len(months.starts), months.starts[0]) == (12, first)
    assert months.starts[-1] == day.replace(day=1)
    assert months.unit == "month"


async def test_figures_are_counted_once_a_minute_in_few_queries(browser, anne, chloe):
    await browser.sign_in(chloe)
    with Asked() as first:
        await browser.get("/moderation/chiffres")
    await a_case(anne, opened=now())
    with Asked() as again:
        page = await browser.get("/moderation/chiffres")

    assert first.queries <= 10
    assert again.queries == 1  # the session alone
    assert "dossier en attente 0" in words(page)


async def test_a_whole_page_weighs_little(browser, anne, chloe, denis):
    for month in range(12):
        await a_year_of(anne, chloe, approve=2, days_ago=30 * month, held=True)
    await browser.sign_in(denis)
    page = await browser.get("/moderation/chiffres?periode=un-an")
    assert len(page.content) < 40 * 1024
    assert (await figures(Back.year)).load.shares[0].total >= 20


@pytest.mark.parametrize(
    ("hours", "said"),
    [(None, "–"), (0, "0 min"), (0.5, "30 min"), (1, "1 h"), (5.5, "5 h 30"), (48, "2 jours"), (60, "2,5 jours")],
)
async def test_durations_are_said_as_people_do(hours, said):
    assert in_hours(hours) == said
