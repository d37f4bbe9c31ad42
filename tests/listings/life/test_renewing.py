"""Prolonging an ad: the rules run again, and its own last day is its limit. Taking an ended one up again."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from app import database
from listings.life.publishing import publish
from listings.life.removing import remove
from listings.life.renewing import NotOnline, Prolonged, prolong_tip, renew
from listings.life.term import expiry
from listings.schedules.schedule import Schedule, Slot
from tests.helpers.ads import closed, content, draft, in_days, pending, published
from tests.helpers.browser import words
from tests.helpers.cases import audited, case_of, take_and_decide, told
from tests.helpers.finding import findable
from tests.listings.life.test_reserving import FORM
from tests.listings.writing.test_sending import WEAPON

LONG_AGO = timedelta(days=55)
HELD = "Mon mari est parti en opération au Mali jusqu’au 12 mars, il faut garder deux enfants."


async def old(author, category="childcare", **given):
    return await published(author, category, published_at=datetime.now(UTC) - LONG_AGO, **given)


async def row(ad):
    (found,) = await database.rows("SELECT * FROM listing WHERE id = $1", ad.id)
    return found


def days_left(found) -> int:
    return round((found["expires_at"] - datetime.now(UTC)) / timedelta(days=1))


async def test_a_harmless_ad_lives_sixty_days_more(browser, anne):
    ad = await old(anne)
    await browser.sign_in(anne)
    assert "Prolonger" in words(await browser.get(f"/annonces/{ad.id}"))

    page = await browser.follow(await browser.submit(f"/annonces/{ad.id}/prolongation"))

    assert "Votre annonce est prolongée." in words(page)
    assert "Prolonger" not in words(page)
    now = await row(ad)
    assert (now["status"], now["renewals"], days_left(now)) == ("published", 1, 60)
    assert now["renewed_at"] and now["published_at"] == ad.published_at and now["updated_at"] == ad.updated_at
    assert (await findable(ad.id))["expires_at"] == now["expires_at"]
    assert await audited(ad.id) == ["listing.renewed"]


async def test_what_has_most_of_its_life_before_it_is_not_offered_to_be_prolonged(browser, anne, bilal):
    fresh, ended = await published(anne), await closed(anne)
    await browser.sign_in(anne)
    assert "Prolonger" not in words(await browser.get(f"/annonces/{fresh.id}"))
    assert "Prolonger" not in words(await browser.get(f"/annonces/{ended.id}"))
    others = await old(bilal)
    assert "Prolonger" not in words(await browser.get(f"/annonces/{others.id}"))


async def test_its_own_last_day_is_the_limit(browser, anne):
    ad = await old(anne, schedule=Schedule(slots=(Slot(in_days(3)),)))
    await browser.sign_in(anne)

    page = await browser.submit(f"/annonces/{ad.id}/prolongation")

    assert page.status_code == 409
    assert "donnez-lui une autre date" in words(page)
    assert f'href="/annonces/{ad.id}/modification"' in page.text
    assert (await row(ad))["renewals"] == 0


async def test_one_that_is_held_waits_for_a_moderator_and_goes_on_when_approved(browser, another_browser, anne, chloe):
    ad = await old(anne, body=HELD)
    await browser.sign_in(anne)

    page = await browser.follow(await browser.submit(f"/annonces/{ad.id}/prolongation"))

    assert "relit votre annonce avant qu’elle soit prolongée" in words(page)
    assert (await row(ad))["status"] == "pending"
    assert await told(anne) == [("renewal_held", f"/annonces/{ad.id}")]
    browser.cookies.pop("fait", None)
    again = await browser.follow(await browser.submit(f"/annonces/{ad.id}/prolongation"))
    assert again.url.path == f"/annonces/{ad.id}" and "C’est déjà fait." in again.text

    await another_browser.sign_in(chloe)
    await take_and_decide(another_browser, (await case_of(ad.id))["id"], "approve")
    now = await row(ad)
    assert (now["status"], now["renewals"], days_left(now)) == ("published", 1, 60)
    assert now["published_at"] == ad.published_at
    assert ("listing_published", f"/annonces/{ad.id}") in await told(anne)


async def test_prolonging_does_not_make_a_member_trusted(emilie, monkeypatch):
    ad = await old(emilie, body=HELD)
    await renew(ad.id, emilie.id)
    await publish(ad.id)
    assert await database.value("SELECT approved_publications FROM member WHERE id = $1", emilie.id) == 0


async def test_one_that_is_refused_stays_to_its_term_and_its_author_is_told(browser, anne):
    ad = await old(anne, body=WEAPON)
    await browser.sign_in(anne)

    page = await browser.submit(f"/annonces/{ad.id}/prolongation")

    assert page.status_code == 409
    assert "Un passage ne convient plus" in words(page)
    now = await row(ad)
    assert (now["status"], now["renewals"], now["expires_at"]) == ("published", 0, ad.expires_at)
    assert await told(anne) == [("renewal_refused", f"/annonces/{ad.id}/modification")]


async def test_a_held_prolonging_gives_up_the_change_that_waits(anne, emilie):
    ad = await old(emilie, body=HELD)
    edit_id = await database.value(
        'INSERT INTO listing_edit (listing, content, made_at, state) VALUES ($1, \'{"category": "childcare"}\', now(),'
        " 'waiting') RETURNING id",
        ad.id,
    )
    assert (await renew(ad.id, emilie.id)).done is Prolonged.held
    assert await database.value("SELECT state FROM listing_edit WHERE id = $1", edit_id) == "withdrawn"


async def test_an_edit_after_a_prolonging_does_not_shorten_it(browser, anne):
    ad = await old(anne)
    await renew(ad.id, anne.id)
    await browser.sign_in(anne)
    assert (await browser.submit(f"/annonces/{ad.id}/modification", **FORM)).status_code == 303
    assert days_left(await row(ad)) == 60


async def test_nobody_prolongs_anothers_ad_nor_one_that_is_not_online(browser, anne, bilal):
    ad = await old(anne)
    with pytest.raises(NotOnline):
        await renew(ad.id, bilal.id)
    await browser.sign_in(bilal)
    assert (await browser.submit(f"/annonces/{ad.id}/prolongation")).status_code == 404
    await browser.sign_in(anne)
    for other in (await draft(anne), await pending(anne), await closed(anne)):
        assert (await browser.submit(f"/annonces/{other.id}/prolongation")).status_code == 409
    past = await published(anne, published_at=datetime.now(UTC) - timedelta(days=61))
    assert (await browser.submit(f"/annonces/{past.id}/prolongation")).status_code == 409


@pytest.mark.commits
async def test_windows_that_prolong_together_prolong_once(anne):
    ad = await old(anne)
    done = await asyncio.gather(*(renew(ad.id, anne.id) for _ in range(4)))
    assert {one.done for one in done} <= {Prolonged.renewed, Prolonged.at_its_term}
    now = await row(ad)
    assert days_left(now) == 60
    assert {one.done for one in done} == {Prolonged.renewed} and now["renewals"] == 1


async def test_a_tip_lives_a_year_and_a_year_more_when_it_still_holds(anne):
    tip, ad = await old(anne, "tips"), await old(anne)
    assert tip.expires_at - tip.published_at == timedelta(days=365)
    for one in (tip, ad):
        await prolong_tip(one.id)
    assert days_left(await row(tip)) == 365
    assert days_left(await row(ad)) == 5
    assert expiry(content("tips")) > datetime.now(UTC) + timedelta(days=364)


async def test_an_ended_ad_is_taken_up_again_and_read_like_a_new_one(browser, anne, bilal):
    ad = await closed(anne, outcome="expired")
    await browser.sign_in(anne)
    assert "Reprendre cette annonce" in words(await browser.get(f"/annonces/{ad.id}"))

    form = await browser.follow(await browser.submit(f"/annonces/{ad.id}/reprise"))

    assert "de nouveau un brouillon" in words(form)
    now = await row(ad)
    assert (now["status"], now["outcome"], now["closed_at"], now["published_at"]) == ("draft", None, None, None)
    assert (await browser.submit(f"/annonces/{ad.id}/publication")).headers["location"] == f"/annonces/{ad.id}"
    assert days_left(await row(ad)) == 60


async def test_what_a_moderator_is_judging_or_has_removed_is_not_taken_up(browser, another_browser, anne, bilal):
    ad = await published(anne)
    await another_browser.sign_in(bilal)
    await another_browser.submit(f"/annonces/{ad.id}/signalement", reason="market", words="On dirait une vente.")
    await browser.sign_in(anne)
    await browser.submit(f"/annonces/{ad.id}/cloture", outcome="withdrawn")

    page = await browser.submit(f"/annonces/{ad.id}/reprise")
    assert page.status_code == 409
    assert "Un modérateur relit ce texte" in words(page)


async def test_a_removed_settled_or_living_ad_is_not_taken_up(browser, anne, bilal):
    await browser.sign_in(anne)
    gone = await published(anne)
    await remove(gone.id)
    for one in (gone, await published(anne), await draft(anne), await closed(anne, outcome="fulfilled")):
        assert "Reprendre cette annonce" not in words(await browser.get(f"/annonces/{one.id}"))
        assert (await browser.submit(f"/annonces/{one.id}/reprise")).status_code == 409
    others = await closed(bilal)
    assert (await browser.submit(f"/annonces/{others.id}/reprise")).status_code == 404
