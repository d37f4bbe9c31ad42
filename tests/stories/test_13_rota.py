"""Four families share a way home from school, over the autumn holidays and the change of clocks of 25 October 2026."""

from datetime import date

import pytest

from answers.rota.asking import find_for_all_due
from answers.rota.reminding import remind_the_evening_before
from app import database, dates
from tests.helpers.browser import words
from tests.helpers.cases import told
from tests.helpers.jobs import run_jobs
from tests.helpers.rotas import clock, school_run
from tests.helpers.talks import answered

__all__ = ["clock"]

HOURS = "16 h 30 – 17 h 15"
BEFORE, HOLIDAYS, AFTER = "2026-W42", "2026-W43", "2026-W45"


@pytest.fixture
async def run(clock, browser, anne, bilal, emilie, farid):
    """Anne looks for people for Mondays, Tuesdays, Thursdays and Fridays; three families answered and were chosen."""
    clock(2026, 10, 3, 18, 0)
    ad = await school_run(anne)
    for helper, slot in ((bilal, "1"), (farid, "3"), (emilie, "4")):
        conversation = await answered(ad.id, helper.id)
        await database.execute(
            "INSERT INTO answer (listing, helper, conversation, slots, commune, state, answered_at)"
            " VALUES ($1, $2, $3, ARRAY[$4], '29019', 'waiting', now())"
            " ON CONFLICT (listing, helper) DO UPDATE SET slots = ARRAY[$4]",
            ad.id,
            helper.id,
            conversation,
            slot,
        )
        answer = await database.value("SELECT id FROM answer WHERE helper = $1", helper.id)
        await browser.sign_in(anne)
        chosen = await browser.submit(f"/annonces/{ad.id}/candidatures/{answer}/choix", slots=[slot])
        assert chosen.status_code == 303
    return ad


def week(ad, name: str) -> str:
    return f"/annonces/{ad.id}/semaine?semaine={name}"


async def test_a_way_home_shared_by_four_families_over_the_autumn(browser, run, clock, anne, bilal, emilie, farid):
    # Anne takes the Mondays herself: the week is full.
    clock(2026, 10, 3, 20, 0)
    await browser.sign_in(anne)
    await browser.submit(f"/annonces/{run.id}/semaine/prise", day="2026-10-05", weekly="on")
    page = words(await browser.get(week(run, BEFORE)))
    for said in (
        "lundi 12 octobre {} Vous venez",
        "mardi 13 octobre {} Bilal vient",
        "jeudi 15 octobre {} Farid vient",
    ):
        assert said.format(HOURS) in page
    assert f"vendredi 16 octobre {HOURS} Emilie vient" in page and "Place libre" not in page

    # Two weeks of holidays: nobody is expected, and the week says why.
    holidays = words(await browser.get(week(run, HOLIDAYS)))
    assert holidays.count("vacances de la Toussaint, zone B") == 4 and "vient" not in holidays.partition("Ce mois")[0]

    # The clocks have changed; half past four has not.
    after = words(await browser.get(week(run, AFTER)))
    assert after.count(HOURS) == 4 and f"jeudi 5 novembre {HOURS} Farid vient" in after
    assert "En novembre 2026" in after or "Ce mois-ci" in after

    # In the holidays, Farid cannot come on the first Thursday of school. Nobody asks why.
    clock(2026, 10, 28, 21, 0)
    await browser.sign_in(farid)
    await browser.submit(f"/annonces/{run.id}/semaine/absence", day="2026-11-05")
    await run_jobs()
    asked = await database.value("SELECT m.first_name FROM slot_call s JOIN member m ON m.id = s.member")
    assert asked == "Bilal"  # who has been there longest of those who stood in least

    # It is nine in the evening: Bilal has until late next morning, and says nothing. Émilie says no, Anne yes.
    clock(2026, 10, 29, 12, 0)
    await find_for_all_due(dates.now())
    release = await database.value("SELECT id FROM slot_release")
    await browser.sign_in(emilie)
    await browser.submit(f"/creneaux/{release}/non")
    await run_jobs()
    await browser.sign_in(anne)
    assert "jeudi 5 novembre, 16 h 30" in words(await browser.get(f"/creneaux/{release}"))
    await browser.submit(f"/creneaux/{release}/oui")
    assert ("slot_covered", week(run, AFTER)) in await told(farid)

    # The evening before, whoever comes is reminded, once; Farid may forget about it.
    clock(2026, 11, 4, 18, 2)
    for _ in range(3):
        await remind_the_evening_before(dates.now())
    assert [topic for topic, _ in await told(anne)].count("evening_reminder") == 1
    assert "evening_reminder" not in [topic for topic, _ in await told(farid)]

    # In November everyone sees who came how often: counts, and nothing else.
    page = words(await browser.get(week(run, AFTER)))
    assert f"jeudi 5 novembre {HOURS} Vous venez à la place de Farid" in page
    assert "Ce mois-ci : vous 6 fois, Bilal 4 fois, Emilie 4 fois, Farid 3 fois" in page
    assert await database.value("SELECT count(*) FROM slot_release WHERE day = $1", date(2026, 11, 5)) == 1
