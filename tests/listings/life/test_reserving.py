"""Places are taken and given back, never beyond either end, and no change of the ad takes a promised one away."""

import asyncio
from datetime import date

import httpx
import pytest

from answers.committing import commit
from app import database
from app.database import transaction
from app.refusals import Refused
from listings.life.steps import release, reserve
from listings.schedules.schedule import Schedule, Slot, Weekly
from listings.writing.editing import accept_edit
from tests.helpers.ads import BODY, closed, draft, in_days, published
from tests.helpers.browser import Browser, words
from tests.helpers.jobs import run_jobs, waiting_jobs

WEEK = Schedule(weekly=Weekly(days=(1, 3)))
FORM = {
    "kind": "request",
    "title": "Garde de deux enfants",
    "body": BODY,
    "children": "2",
    "ages": ["child"],
    "home": "theirs",
    "commune": "Brest (29)",
    "do": "send",
}


async def reserved(ad) -> int:
    return await database.value("SELECT reserved FROM listing WHERE id = $1", ad.id)


async def test_places_are_taken_and_given_back_within_what_there_is(anne):
    ad = await published(anne, "helping_hand", quantity=3)
    await database.execute("DELETE FROM procrastinate_jobs")

    assert await reserve(ad.id, 2)
    assert not await reserve(ad.id, 2)
    assert await reserve(ad.id)
    assert await reserved(ad) == 3
    assert not await release(ad.id, 4)
    assert await release(ad.id, 3)
    assert await reserved(ad) == 0

    assert await waiting_jobs() == []
    assert await database.value("SELECT version FROM listing WHERE id = $1", ad.id) == ad.version + 3


async def test_only_an_ad_online_is_reserved_and_an_ended_one_can_still_be_freed(anne):
    ended, unsent = await closed(anne, "helping_hand", quantity=3), await draft(anne)
    await database.execute("UPDATE listing SET reserved = 1 WHERE id = $1", ended.id)
    assert not await reserve(ended.id)
    assert not await reserve(unsent.id)
    assert await release(ended.id)


@pytest.mark.commits
async def test_of_two_who_take_the_last_place_at_once_one_has_it(anne):
    ad = await published(anne)

    async def take() -> bool:
        async with transaction():
            return await reserve(ad.id)

    assert sorted(await asyncio.gather(*(take() for _ in range(5)))) == [False] * 4 + [True]
    assert await reserved(ad) == 1


async def test_the_card_and_the_page_say_how_much_is_reserved(browser, anne, bilal):
    ad = await published(anne, "helping_hand", quantity=3)
    await run_jobs()
    await browser.sign_in(bilal)
    assert "Réservée" not in words(await browser.get("/annonces"))

    await reserve(ad.id, 2)
    assert "Réservée en partie (2 sur 3)" in words(await browser.get("/annonces"))
    page = words(await browser.get(f"/annonces/{ad.id}"))
    assert "Réservée en partie (2 sur 3)" in page
    assert "liste d’attente" not in page

    await reserve(ad.id)
    await run_jobs()
    found = words(await browser.get("/annonces", params={"q": "canapé"}))
    assert ad.title in found.replace("  ", " ")
    assert "Réservée" in found
    assert "Réservée en partie" not in found
    assert "Quelqu’un est déjà retenu" in words(await browser.get(f"/annonces/{ad.id}"))


async def test_a_day_that_is_taken_stays_in_the_form(browser, anne, bilal):
    ad = await published(anne, schedule=WEEK)
    await commit(ad.id, bilal.id, ["3"], in_days(1))
    await browser.sign_in(anne)
    where = f"/annonces/{ad.id}/modification"

    page = await browser.submit(where, **FORM, when="weekly", days=["1", "4"])
    assert page.status_code == 422
    assert "Le jeudi est déjà réservé." in words(page)
    page = await browser.submit(where, **FORM, when="dates", **{"on-1": in_days(9).isoformat()})
    assert "Le jeudi est déjà réservé." in words(page)
    page = await browser.submit(where, **FORM, when="none")
    assert "Le jeudi est déjà réservé." in words(page)

    assert (await browser.submit(where, **FORM, when="weekly", days=["3"])).status_code == 303
    assert await database.value("SELECT (places, reserved) FROM listing WHERE id = $1", ad.id) == (1, 1)


async def test_no_fewer_people_than_were_chosen(browser, anne, bilal, emilie):
    ad = await published(anne, "helping_hand", quantity=4)
    await commit(ad.id, bilal.id, [""], in_days(1))
    await commit(ad.id, emilie.id, [""], in_days(1))
    await browser.sign_in(anne)
    form = {**FORM, "task": "moving", "when": "none"}
    where = f"/annonces/{ad.id}/modification"

    page = await browser.submit(where, **form, quantity="1")
    assert page.status_code == 422
    assert "gardez-en au moins 2" in words(page)
    assert (await browser.submit(where, **form, quantity="2")).status_code == 303


@pytest.mark.commits
async def test_a_choice_and_a_change_at_once_never_promise_a_place_that_is_not_there(app, anne, bilal, emilie):
    ad = await published(anne, "helping_hand", quantity=2)
    await commit(ad.id, bilal.id, [""], in_days(1))
    sent = {**FORM, "task": "moving", "when": "none", "quantity": "1"}
    async with Browser(transport=httpx.ASGITransport(app=app), base_url="https://site.test") as browser:
        await browser.sign_in(anne)
        answer, chosen = await asyncio.gather(
            browser.submit(f"/annonces/{ad.id}/modification", **sent),
            commit(ad.id, emilie.id, [""], in_days(1)),
            return_exceptions=True,
        )
    places = await database.row("SELECT places, reserved FROM listing WHERE id = $1", ad.id)
    if isinstance(chosen, Refused):
        assert (answer.status_code, *places) == (303, 1, 1)
    else:
        assert (answer.status_code, *places) == (422, 2, 2)


async def test_the_draft_of_an_ad_that_was_sent_back_keeps_its_promises_too(browser, anne, bilal):
    ad = await published(anne, schedule=WEEK)
    await commit(ad.id, bilal.id, ["3"], in_days(1))
    await database.execute("UPDATE listing SET status = 'draft' WHERE id = $1", ad.id)
    await browser.sign_in(anne)

    page = await browser.submit(f"/annonces/{ad.id}/brouillon", **{**FORM, "do": "save"}, when="weekly", days=["1"])

    assert page.status_code == 422
    assert "Le jeudi est déjà réservé." in words(page)
    assert await database.value("SELECT (title, places) FROM listing WHERE id = $1", ad.id) == (FORM["title"], 2)


async def test_a_date_that_has_passed_may_go(browser, anne, bilal):
    ad = await published(anne, schedule=Schedule(slots=(Slot(in_days(-3)), Slot(in_days(9)))))
    await commit(ad.id, bilal.id, [in_days(-3).isoformat(), in_days(9).isoformat()], in_days(-5))
    await browser.sign_in(anne)

    answer = await browser.submit(
        f"/annonces/{ad.id}/modification", **FORM, when="dates", **{"on-1": in_days(9).isoformat()}
    )

    assert answer.status_code == 303
    assert await database.value("SELECT (places, reserved) FROM listing WHERE id = $1", ad.id) == (1, 1)
    kept = await database.value("SELECT last_day FROM commitment WHERE listing = $1 AND ended_at IS NOT NULL", ad.id)
    assert kept == in_days(-3)


async def test_a_held_change_is_not_accepted_once_its_place_is_promised(browser, anne, bilal):
    ad = await published(anne, schedule=WEEK)
    await database.execute("UPDATE member SET trusted_at = NULL WHERE id = $1", anne.id)
    await browser.sign_in(anne)
    await browser.submit(f"/annonces/{ad.id}/modification", **FORM, when="weekly", days=["1"])
    edit = await database.value("SELECT id FROM listing_edit WHERE listing = $1 AND state = 'waiting'", ad.id)
    await commit(ad.id, bilal.id, ["3"], date.min)

    with pytest.raises(Refused, match="quelqu’un a été retenu"):
        await accept_edit(edit)
