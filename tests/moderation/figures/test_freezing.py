"""Each year's report: made once, in January, and never again."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

import asyncpg
import pytest

from app import database
from app.piccolo_conf import DB
from app.schedule import freeze_last_year_in_january, let_time_pass_over_cases_every_night, sweep_every_night
from app.settings import PARIS
from moderation.cases import erasing
from moderation.figures.transparency import freezing
from tests.helpers.browser import words
from tests.helpers.cases import audited
from tests.moderation.figures.past import a_year_of, notified

YEAR = datetime.now(UTC).year
NEW_YEAR = date(YEAR + 1, 1, 1)


@pytest.fixture
def new_year(monkeypatch):
    """The clock of those who freeze shows the first of January."""
    monkeypatch.setattr(freezing, "today", lambda: NEW_YEAR)


@asynccontextmanager
async def refused():
    """What fails inside leaves the test's own transaction whole."""
    point = await DB.current_transaction.get().savepoint()
    try:
        yield
    finally:
        await point.rollback_to()


async def frozen_figures() -> list[str]:
    return [row["figures"] for row in await database.rows("SELECT figures FROM transparency_year")]


async def test_the_first_hours_of_january_freeze_the_year_that_ended(browser, anne, chloe, new_year):
    await a_year_of(anne, chloe, remove=3)
    await freeze_last_year_in_january(0)

    page = await browser.get(f"/transparence/{YEAR}")

    text = words(page)
    assert f"Rapport de transparence {YEAR}" in text
    assert "Contenu retiré 3" in text  # exact, however small
    assert "moins de 5" not in text
    assert f"Rapport {YEAR}" in words(await browser.get("/transparence"))
    assert await audited(YEAR) == ["transparency.frozen"]


async def test_what_is_frozen_is_shown_as_it_was_and_never_counted_again(browser, anne, chloe, new_year):
    await a_year_of(anne, chloe, remove=2)
    await freeze_last_year_in_january(0)
    before = await frozen_figures()

    await a_year_of(anne, chloe, remove=2)
    await freeze_last_year_in_january(0)

    assert await frozen_figures() == before
    assert "Contenu retiré 2" in words(await browser.get(f"/transparence/{YEAR}"))
    answer = (await browser.get(f"/transparence/{YEAR}/rapport.json")).json()
    assert answer["first"] == f"{YEAR}-01-01"
    assert "measures,restriction,remove" in (await browser.get(f"/transparence/{YEAR}/rapport.csv")).text


@pytest.mark.parametrize("change", ["UPDATE transparency_year SET year = 1", "DELETE FROM transparency_year"])
async def test_the_database_refuses_every_change(anne, new_year, change):
    await freeze_last_year_in_january(0)
    with pytest.raises(asyncpg.RestrictViolationError, match="append-only"):
        async with refused():
            await database.execute(change)


@pytest.mark.commits
async def test_two_schedulers_at_once_make_one_report(anne, chloe, monkeypatch):
    both_counted = asyncio.Barrier(2)

    async def counted_together(period):
        report = await made(period)
        await both_counted.wait()
        return report

    made = freezing.make_report
    monkeypatch.setattr(freezing, "today", lambda: NEW_YEAR)
    monkeypatch.setattr(freezing, "make_report", counted_together)
    async with asyncio.timeout(20):
        await asyncio.gather(freezing.freeze_last_year(), freezing.freeze_last_year())

    assert len(await frozen_figures()) == 1
    assert await audited(YEAR) == ["transparency.frozen"]


@pytest.mark.parametrize("day", [date(YEAR + 1, 3, 1), date(YEAR + 1, 12, 31)])
async def test_a_year_that_was_missed_is_not_made_up_once_its_rows_go(anne, monkeypatch, day):
    monkeypatch.setattr(freezing, "today", lambda: day)
    await freezing.freeze_last_year()
    assert await frozen_figures() == []


async def test_a_year_without_members_has_no_report(anne, monkeypatch):
    monkeypatch.setattr(freezing, "today", lambda: date(YEAR, 1, 1))
    await freezing.freeze_last_year()
    assert await frozen_figures() == []


async def test_nothing_of_a_year_is_forgotten_before_it_is_reported(anne, new_year):
    await notified("fraud", "founded", times=1, days_ago=400)
    for forget in (let_time_pass_over_cases_every_night, sweep_every_night):
        await forget(0)
        assert len(await frozen_figures()) == 1


async def test_what_cannot_be_reported_is_not_forgotten(anne, monkeypatch, new_year):
    async def fails(period):
        raise OSError("the disk is full")

    forgotten = []
    monkeypatch.setattr(freezing, "make_report", fails)
    monkeypatch.setattr(erasing, "forget_old_cases", lambda: forgotten.append(1))
    await notified("fraud", "founded", times=1, days_ago=400)
    for forget in (let_time_pass_over_cases_every_night, sweep_every_night):
        with pytest.raises(OSError, match="disk"):
            await forget(0)
    assert not forgotten
    assert await database.value("SELECT count(*) FROM notice") == 1


@pytest.mark.parametrize("year", ["1999", "0", "99999999999999999999"])
async def test_a_year_without_a_report_is_not_there(browser, year):
    for path in (year, f"{year}/rapport.csv", f"{year}/rapport.json"):
        assert (await browser.get(f"/transparence/{path}")).status_code == 404


async def test_a_year_is_counted_on_the_clock_of_paris(browser, anne, chloe, new_year):
    first_minute = datetime(YEAR, 1, 1, 0, 30, tzinfo=PARIS)
    ids = await a_year_of(anne, chloe, remove=2)
    for decision, at in zip(ids, (first_minute, first_minute - timedelta(hours=1)), strict=True):
        await database.execute(
            "UPDATE decision SET decided_at = $2, appeal_until = $3 WHERE id = $1",
            decision,
            at,
            at + timedelta(days=400),
        )
    await freeze_last_year_in_january(0)
    assert "contenu relu par une personne 1" in words(await browser.get(f"/transparence/{YEAR}"))
