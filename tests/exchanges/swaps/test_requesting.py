"""Asking for an exchange from a sheet: the same answers whatever the other's weeks, wishes and pauses are."""

from uuid import uuid4

import pytest

from app import database
from members.blocking import block
from tests.helpers.browser import said, words
from tests.helpers.cast import belonging, person
from tests.helpers.homes import a_home
from tests.helpers.sanctions import taken
from tests.helpers.swaps import host, proposed, state_of


@pytest.fixture
async def homes(anne, bilal):
    return await host(anne, 6), await host(bilal, 6, commune="29232", title="La maison aux volets bleus")


async def ask(browser, home, form="pair", once=None):
    return await browser.submit(f"/logements/{home.id}/echange", form=form, once=str(once or uuid4()))


async def requests() -> int:
    return await database.value("SELECT count(*) FROM swap WHERE origin = 'requested'")


async def test_a_member_asks_another_who_reads_who_and_where(browser, another_browser, anne, bilal, homes):
    await browser.sign_in(anne)
    form = await browser.get(f"/logements/{homes[1].id}/echange")
    assert form.status_code == 200 and "Échanger nos logements" in words(form), said(form)
    page = await browser.follow(await ask(browser, homes[1]))
    assert "Votre demande est partie" in words(page)
    assert await database.value(
        "SELECT count(*) FROM notification WHERE member = $1 AND topic = 'swap_asked'", bilal.id
    )
    mine = words(await browser.get("/moi/echanges"))
    assert "Échange à deux, avec Bilal" in mine and "Votre demande est partie. Nous attendons la réponse." in mine
    await another_browser.sign_in(bilal)
    assert "Échange à deux, avec Anne" in words(await another_browser.get("/moi/echanges"))
    asked = await another_browser.get(page.url.path)
    assert "Anne vous propose un échange" in words(asked) and f"/logements/{homes[0].id}" in asked.text
    await another_browser.submit(f"{page.url.path}/accord")
    swap = await database.row("SELECT id, state FROM swap")
    assert swap["state"] == "accepted"
    stays = await database.rows("SELECT guest, host, home, first FROM stay WHERE swap = $1", swap["id"])
    assert {tuple(stay) for stay in stays} == {
        (anne.id, bilal.id, homes[1].id, None),
        (bilal.id, anne.id, homes[0].id, None),
    }


async def test_the_same_form_sent_twice_asks_once(browser, anne, homes):
    await browser.sign_in(anne)
    once = uuid4()
    first, second = await ask(browser, homes[1], once=once), await ask(browser, homes[1], once=once)
    assert first.headers["location"] == second.headers["location"]
    assert await requests() == 1


async def test_the_form_of_somebody_else_is_no_way_in(browser, another_browser, anne, emilie, homes):
    once = uuid4()
    await browser.sign_in(anne)
    await ask(browser, homes[1], once=once)
    await another_browser.sign_in(emilie)
    assert (await ask(another_browser, homes[1], "hospitality", once)).status_code == 404
    assert await requests() == 1


async def test_without_a_home_one_may_be_a_guest(browser, emilie, anne, homes):
    await browser.sign_in(emilie)
    form = words(await browser.get(f"/logements/{homes[0].id}/echange"))
    assert "Échanger nos logements" not in form and "publiez d’abord le vôtre" in form
    refused = await ask(browser, homes[0])
    assert refused.status_code == 409 and "/moi/logement" in refused.text
    assert (await ask(browser, homes[0], "hospitality")).status_code == 303
    stays = await database.rows("SELECT guest, home FROM stay")
    assert [tuple(stay) for stay in stays] == [(emilie.id, homes[0].id)]


async def test_ones_own_home_past_its_last_day_cannot_be_lent(browser, anne, homes):
    await browser.sign_in(anne)
    await database.execute("UPDATE listing SET expires_at = now() WHERE id = $1", homes[0].id)
    refused = await ask(browser, homes[1])
    assert refused.status_code == 409 and "/moi/logement" in refused.text
    assert await requests() == 0


@pytest.mark.parametrize("form", ["loop", "rent", ""])
async def test_only_what_can_be_asked_for(form, browser, anne, homes):
    await browser.sign_in(anne)
    page = await ask(browser, homes[1], form)
    assert page.status_code == 422 and await requests() == 0


async def test_a_room_in_the_week_only_where_there_is_one(browser, emilie, anne, homes):
    await browser.sign_in(emilie)
    assert (await ask(browser, homes[0], "week_room")).status_code == 409
    await database.execute("UPDATE listing SET details = details || '{\"week_room\": true}' WHERE id = $1", homes[0].id)
    assert "Une chambre en semaine" in words(await browser.get(f"/logements/{homes[0].id}/echange"))
    assert (await ask(browser, homes[0], "week_room")).status_code == 303


async def test_two_requests_at_a_time_and_five_a_week(browser, anne, body, homes):
    others = [await a_home(await belonging(await person(f"Voisin{n}", "29232"), body)) for n in range(6)]
    await browser.sign_in(anne)
    for made in range(2):
        assert (await ask(browser, others[made])).status_code == 303
    third = await ask(browser, others[2])
    assert third.status_code == 409 and "2 demandes" in words(third)
    assert 'href="/moi/echanges"' in third.text and "rechargez-la" not in words(third)
    for made in range(2, 5):
        last = await database.value("SELECT id FROM swap WHERE state = 'proposed' ORDER BY proposed_at LIMIT 1")
        await browser.submit(f"/echanges/{last}/refus")
        assert (await ask(browser, others[made])).status_code == 303
    await database.execute("UPDATE swap SET state = 'dissolved', ended_at = now(), ended_why = 'silence'")
    sixth = await ask(browser, others[5])
    assert sixth.status_code == 409 and "5 demandes en une semaine" in words(sixth)
    assert await requests() == 5


async def test_one_request_for_a_home_and_not_again_right_after_a_no(browser, another_browser, anne, bilal, homes):
    await browser.sign_in(anne)
    await ask(browser, homes[1])
    again = await ask(browser, homes[1])
    assert again.status_code == 409 and "déjà une demande en cours" in words(again)
    await another_browser.sign_in(bilal)
    swap = await database.value("SELECT id FROM swap")
    await another_browser.submit(f"/echanges/{swap}/refus", reason="weeks")
    assert "quelques semaines" in words(await ask(browser, homes[1]))
    await database.execute("UPDATE swap SET ended_at = now() - interval '31 days'")
    assert (await ask(browser, homes[1])).status_code == 303


async def test_a_request_taken_back_may_be_made_again(browser, anne, homes):
    await browser.sign_in(anne)
    await ask(browser, homes[1])
    swap = await database.value("SELECT id FROM swap")
    page = words(await browser.get(f"/echanges/{swap}/refus"))
    assert "Retirer ma demande" in page and "Pour mieux chercher" not in page
    await browser.submit(f"/echanges/{swap}/refus")
    assert await state_of(swap) == "dissolved"
    assert await database.value("SELECT count(*) FROM home_declined") == 0
    assert (await ask(browser, homes[1])).status_code == 303


async def test_ones_own_home_and_one_that_has_left_are_not_asked_for(browser, anne, homes):
    await browser.sign_in(anne)
    assert (await ask(browser, homes[0])).status_code == 409
    await database.execute("UPDATE listing SET status = 'draft' WHERE id = $1", homes[1].id)
    assert (await ask(browser, homes[1])).status_code == 404


async def test_after_a_block_the_home_is_not_there(browser, anne, bilal, homes):
    await block(bilal.id, anne.id)
    await browser.sign_in(anne)
    for answer in (await browser.get(f"/logements/{homes[1].id}/echange"), await ask(browser, homes[1])):
        assert answer.status_code == 404
    assert await requests() == 0


async def test_who_may_not_post_may_not_ask(browser, anne, denis, homes):
    await taken(anne, "no_posting", 7, by=denis)
    await browser.sign_in(anne)
    assert (await ask(browser, homes[1])).status_code == 403


async def test_a_host_who_is_paused_or_away_or_in_a_match_is_asked_all_the_same(browser, anne, bilal, emilie, homes):
    await proposed(homes[1], await host(emilie, 6))
    await database.execute("UPDATE exchanger SET paused_at = now() WHERE member = $1", bilal.id)
    await browser.sign_in(anne)
    paused = await browser.follow(await ask(browser, homes[1]))
    await database.execute("DELETE FROM swap")
    await database.execute("DELETE FROM exchanger WHERE member = $1", bilal.id)
    never = await browser.follow(await ask(browser, homes[1]))
    assert words(paused).split("au plus tard")[0] == words(never).split("au plus tard")[0]
