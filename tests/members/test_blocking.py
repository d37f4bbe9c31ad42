"""A block: neither sees the other, anywhere, until it is lifted."""

from uuid import uuid4

import pytest

from app import database
from app.refusals import Refused
from listings.replies.judging import approve_reply
from members.blocking import block, have_met, stay_unblocked, unblock
from notifications.notifying import notify
from notifications.topics import Topic
from tests.helpers.ads import draft, published
from tests.helpers.browser import said
from tests.helpers.talks import answered


async def blocks() -> int:
    return await database.value("SELECT count(*) FROM block")


async def test_a_member_blocks_from_a_conversation_and_lifts_it_again(browser, anne, bilal):
    conversation = await answered((await published(anne)).id, bilal.id)
    await browser.sign_in(anne)
    assert f'action="/membres/{bilal.id}/blocage"' in (await browser.get(f"/messages/{conversation}")).text
    page = await browser.follow(await browser.submit(f"/membres/{bilal.id}/blocage"))
    assert page.url.path == "/moi/blocages" and "vous ne vous voyez plus" in page.text and "Bilal" in page.text
    assert (await browser.get(f"/messages/{conversation}")).status_code == 404

    page = await browser.follow(await browser.submit(f"/membres/{bilal.id}/deblocage"))
    assert "Le blocage est levé" in page.text and "Vous n’avez bloqué personne" in page.text
    assert (await browser.get(f"/messages/{conversation}")).status_code == 200


async def test_the_other_does_not_see_who_blocked_them(browser, anne, bilal):
    await answered((await published(anne)).id, bilal.id)
    await block(anne.id, bilal.id)
    await browser.sign_in(bilal)
    assert "Anne" not in said(await browser.get("/moi/blocages"))


async def test_blocking_twice_is_blocking_once(browser, anne, bilal):
    await published(bilal)
    await browser.sign_in(anne)
    for _ in range(2):
        assert (await browser.submit(f"/membres/{bilal.id}/blocage")).status_code == 303
    assert await blocks() == 1
    for _ in range(2):
        assert (await browser.submit(f"/membres/{bilal.id}/deblocage")).status_code == 303
    assert await blocks() == 0


async def test_each_lifts_only_their_own_block(browser, anne, bilal):
    await answered((await published(anne)).id, bilal.id)
    await block(anne.id, bilal.id)
    await browser.sign_in(bilal)
    await browser.submit(f"/membres/{anne.id}/deblocage")
    assert await blocks() == 1
    await browser.submit(f"/membres/{anne.id}/blocage")
    assert await blocks() == 2


async def test_one_cannot_block_oneself(browser, anne):
    await published(anne)
    await browser.sign_in(anne)
    response = await browser.submit(f"/membres/{anne.id}/blocage")
    assert response.status_code == 409 and "vous-même" in response.text
    with pytest.raises(Refused):
        await block(anne.id, anne.id)


async def test_only_somebody_one_could_have_met_can_be_blocked(browser, anne, bilal):
    await draft(bilal)
    await browser.sign_in(anne)
    for other in (bilal.id, uuid4()):
        assert (await browser.submit(f"/membres/{other}/blocage")).status_code == 404
    assert await blocks() == 0
    assert (await browser.submit(f"/membres/{uuid4()}/deblocage")).status_code == 303


async def test_whoever_was_blocked_first_gets_the_same_answer(anne, bilal):
    await published(anne)
    before = await have_met(bilal.id, anne.id)
    await block(anne.id, bilal.id)
    assert before and await have_met(bilal.id, anne.id)


async def test_a_visitor_blocks_nobody(browser, anne):
    await published(anne)
    response = await browser.submit(f"/membres/{anne.id}/blocage")
    assert response.status_code == 303 and response.headers["location"].startswith("/connexion")
    assert await blocks() == 0


async def test_news_of_the_pair_go_and_the_others_stay(anne, bilal, chloe):
    listing = await published(anne)
    await answered(listing.id, bilal.id)
    await answered(listing.id, chloe.id)
    for author in (bilal, chloe):
        asked = await published(author)
        await database.execute(
            "INSERT INTO reply (listing, author, body, said_at) VALUES ($1, $2, 'Bonjour', clock_timestamp())",
            asked.id,
            anne.id,
        )
        await notify(author.id, Topic.new_reply, thing=asked.id, about=asked.title, path=f"/annonces/{asked.id}")
    await block(anne.id, bilal.id)
    left = await database.rows(
        "SELECT m.first_name, n.topic FROM notification n JOIN member m ON m.id = n.member ORDER BY 1, 2"
    )
    assert [tuple(row.values()) for row in left] == [("Anne", "new_message"), ("Chloe", "new_reply")]


async def test_a_question_somebody_else_asked_too_stays_told(anne, bilal, chloe):
    listing = await published(anne)
    await notify(anne.id, Topic.new_reply, thing=listing.id, about=listing.title, path=f"/annonces/{listing.id}")
    for author in (bilal, chloe):
        await database.execute(
            "INSERT INTO reply (listing, author, body, said_at) VALUES ($1, $2, 'Bonjour', clock_timestamp())",
            listing.id,
            author.id,
        )
    await block(anne.id, bilal.id)
    assert await database.value("SELECT count(*) FROM notification") == 1


async def test_what_a_block_forbids_is_refused_in_both_directions(anne, bilal):
    await stay_unblocked(anne.id, bilal.id)
    await block(anne.id, bilal.id)
    for one, other in ((anne, bilal), (bilal, anne)):
        with pytest.raises(Refused):
            await stay_unblocked(one.id, other.id)
    await unblock(anne.id, bilal.id)
    await stay_unblocked(bilal.id, anne.id)


async def test_their_ads_leave_each_other_s_list_and_address(browser, anne, bilal):
    of_anne, of_bilal = await published(anne), await published(bilal)
    await browser.sign_in(bilal)
    assert (await browser.get(f"/annonces/{of_anne.id}")).status_code == 200
    await block(anne.id, bilal.id)
    for member, hidden in ((anne, of_bilal), (bilal, of_anne)):
        await browser.sign_in(member)
        assert (await browser.get(f"/annonces/{hidden.id}")).status_code == 404
        assert f"/annonces/{hidden.id}" not in (await browser.get("/annonces")).text


async def test_under_an_ad_too_neither_is_told_of_what_the_other_says(browser, anne, bilal, farid):
    ad = await published(anne)
    for member in (bilal, farid):
        await browser.sign_in(member)
        await browser.submit(f"/annonces/{ad.id}/reponses", body=f"Une question de {member.first_name} ?")
    await block(bilal.id, anne.id)
    await browser.sign_in(anne)
    await browser.submit(f"/annonces/{ad.id}/reponses", body="Oui, jusqu’à 19 h.")
    told = await database.rows("SELECT member FROM notification WHERE topic = 'reply_answered'")
    assert [row["member"] for row in told] == [farid.id]


async def test_a_question_freed_after_the_block_is_not_told(browser, anne, bilal):
    ad = await published(anne)
    held = await database.value(
        "INSERT INTO reply (listing, author, body, state, said_at) VALUES ($1, $2, 'Et le soir ?', 'held', now())"
        " RETURNING id",
        ad.id,
        bilal.id,
    )
    await block(anne.id, bilal.id)
    await approve_reply(held)
    assert await database.value("SELECT count(*) FROM notification WHERE member = $1", anne.id) == 0
