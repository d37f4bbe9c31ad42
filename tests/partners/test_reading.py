"""Local offers as visitors and members read them: never who wrote one, never one for members to a visitor."""

from datetime import UTC, datetime, timedelta

import pytest

from app import database
from app.dates import today
from moderation.notices.locating import located
from search.saved.matching import match
from tests.helpers.browser import words
from tests.helpers.budget import Asked
from tests.helpers.homes import titles
from tests.helpers.jobs import run_jobs
from tests.helpers.offers import an_offer, correspondent, offer_draft, waiting_offer
from tests.search.saved.keeping import keeps


@pytest.fixture
async def anna(anne):
    return await correspondent(anne, "29", "35")


async def test_a_visitor_reads_public_offers_and_is_given_no_cookie(browser, anna):
    offer = await an_offer(anna, url="https://piscine.exemple.fr/")
    await an_offer(anna, title="Cinéma des membres", readers="members")
    for path in ("/offres", f"/offres/{offer.id}", "/offres/carte"):
        page = await browser.get(path)
        assert page.status_code == 200 and "set-cookie" not in page.headers, path
        assert page.headers["cache-control"] == "public, max-age=60" and page.headers["etag"]
        assert "Anne" not in page.text and "Cinéma" not in page.text and str(anna.id) not in page.text
    page = await browser.get(f"/offres/{offer.id}")
    assert 'rel="noopener noreferrer nofollow external"' in page.text
    assert "Action sociale de Brest" in words(page) and "Convention 2026-12" not in words(page)
    assert f"/signaler-un-contenu-illicite?ou=/offres/{offer.id}" in page.text and "/signalement" not in page.text
    assert len(page.content) < 100_000


async def test_an_offer_for_members_is_not_there_for_a_visitor(browser, anna, bilal):
    offer = await an_offer(anna, readers="members")
    assert (await browser.get(f"/offres/{offer.id}")).status_code == 404
    assert titles(await browser.get("/offres")) == []
    await browser.sign_in(bilal)
    page = words(await browser.get(f"/offres/{offer.id}"))
    assert "Pour les membres" in page and "Signaler cette offre" in page
    assert len(titles(await browser.get("/offres"))) == 1


async def test_one_whose_readers_nobody_can_tell_is_for_members(browser, anna):
    offer = await an_offer(anna)
    await database.execute("UPDATE listing SET details = details - 'readers' WHERE id = $1", offer.id)
    assert (await browser.get(f"/offres/{offer.id}")).status_code == 404
    assert titles(await browser.get("/offres")) == []


@pytest.mark.parametrize("make", [offer_draft, waiting_offer])
async def test_what_is_not_online_is_not_there(browser, anna, bilal, make):
    offer = await make(anna)
    assert (await browser.get(f"/offres/{offer.id}")).status_code == 404
    await browser.sign_in(bilal)
    assert (await browser.get(f"/offres/{offer.id}")).status_code == 404
    await browser.sign_in(anna)
    assert (await browser.get(f"/offres/{offer.id}")).status_code == 200


async def test_offers_are_narrowed_by_kind_rubric_and_department(browser, anna):
    await an_offer(anna, title="Piscine de Brest", rubric="vacances-loisirs")
    await an_offer(anna, title="Crèche de Brest", offer_kind="facility", rubric="enfants")
    await an_offer(anna, title="Patinoire de Rennes", commune="35238", departments=["35", "29"])
    assert titles(await browser.get("/offres?type=facility")) == ["Crèche de Brest"]
    assert titles(await browser.get("/offres?rubrique=vacances-loisirs")) == ["Piscine de Brest"]
    assert titles(await browser.get("/offres?departement=35")) == ["Patinoire de Rennes"]
    assert len(titles(await browser.get("/offres?departement=29"))) == 3
    assert len(titles(await browser.get("/offres?departement=999&type=zzz&rubrique=%27--"))) == 3


async def test_the_newest_come_first_page_after_page(browser, anna):
    for day in range(20):
        at = datetime.now(UTC) - timedelta(days=day)
        await an_offer(anna, title=f"Piscine numéro {day}", published_at=at)
    first = await browser.get("/offres")
    assert titles(first) == [f"Piscine numéro {day}" for day in range(18)]
    older = first.text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert titles(await browser.get(older)) == ["Piscine numéro 18", "Piscine numéro 19"]


async def test_words_find_offers_and_only_public_ones_for_a_visitor(browser, index, anna, bilal):
    await an_offer(anna, title="Ludothèque municipale")
    await an_offer(anna, title="Ludothèque des agents", readers="members")
    await run_jobs()
    assert titles(await browser.get("/offres?q=ludotheque")) == ["Ludothèque municipale"]
    await browser.sign_in(bilal)
    assert len(titles(await browser.get("/offres?q=ludotheque"))) == 2
    everything = words(await browser.get("/recherche?q=ludotheque"))
    assert "Offres locales et équipements" in everything and "Ludothèque des agents" in everything


async def test_the_nearest_come_first_around_a_commune(browser, index, anna):
    await an_offer(anna, title="Patinoire de Rennes", commune="35238", departments=["35"])
    await an_offer(anna, title="Piscine de Brest", published_at=datetime.now(UTC) - timedelta(days=9))
    await run_jobs()
    assert titles(await browser.get("/offres?commune=Brest+(29)")) == ["Piscine de Brest", "Patinoire de Rennes"]
    assert titles(await browser.get("/offres?commune=Brest+(29)&rayon=25")) == ["Piscine de Brest"]


async def test_the_map_hides_the_few(browser, anna):
    for _ in range(3):
        await an_offer(anna)
    await an_offer(anna, departments=["35"], commune="35238")
    page = words(await browser.get("/offres/carte"))
    assert "3 offres" in page and "moins de 3 offres" in page


async def test_no_block_hides_what_a_body_proposes(browser, index, anna, bilal):
    offer = await an_offer(anna)
    await database.execute("INSERT INTO block (blocker, blocked, since) VALUES ($1, $2, now())", anna.id, bilal.id)
    await run_jobs()
    await browser.sign_in(bilal)
    assert (await browser.get(f"/offres/{offer.id}")).status_code == 200
    assert len(titles(await browser.get("/offres"))) == 1 and len(titles(await browser.get("/offres?q=piscine"))) == 1
    assert (await browser.get(f"/offres/{offer.id}/signalement")).status_code == 200


async def test_a_member_reports_an_offer(browser, anna, bilal):
    offer = await an_offer(anna)
    await browser.sign_in(bilal)
    sent = await browser.submit(f"/offres/{offer.id}/signalement", reason="other", words="Le tarif n’existe plus.")
    assert sent.status_code == 303
    assert "Vous avez signalé cette offre" in words(await browser.get(f"/offres/{offer.id}"))


async def test_the_offers_of_a_suspended_correspondent_are_not_there(browser, anna, bilal):
    offer = await an_offer(anna)
    await database.execute("UPDATE member SET suspended_until = now() + interval '3 days' WHERE id = $1", anna.id)
    assert (await browser.get(f"/offres/{offer.id}")).status_code == 404
    assert titles(await browser.get("/offres")) == [] and "aucune" in words(await browser.get("/offres/carte"))


async def test_offers_never_mix_with_members_ads(browser, index, anna, bilal):
    offer = await an_offer(anna)
    await run_jobs()
    await browser.sign_in(bilal)
    for path in ("/annonces", "/annonces?q=piscine", "/annonces?categorie=local_offer", "/logements", "/"):
        assert "tarif réduit" not in words(await browser.get(path)), path
    there = await browser.get(f"/annonces/{offer.id}")
    assert there.status_code == 303 and there.headers["location"] == f"/offres/{offer.id}"
    assert (await browser.submit(f"/annonces/{offer.id}/reponses", body="Bonjour à vous")).status_code == 404
    for door in ("candidature", "candidatures", "brouillon", "modification", "cloture"):
        assert (await browser.get(f"/annonces/{offer.id}/{door}")).status_code in (404, 405), door


async def test_nobody_talks_privately_about_an_offer(browser, anna, bilal):
    offer = await an_offer(anna)
    await browser.sign_in(bilal)
    answer = await browser.submit(f"/annonces/{offer.id}/candidature", body="Bonjour, je suis intéressé.")
    assert answer.status_code in (404, 405)
    assert not await database.value("SELECT count(*) FROM conversation")


async def test_a_visitors_search_takes_any_words(browser, anna):
    await an_offer(anna)
    for typed in ("'; DROP TABLE listing; --", "%00", "<script>alert(1)</script>", "é" * 500, "\u202e"):
        page = await browser.get("/offres", params={"q": typed, "commune": typed, "apres": typed, "page": typed})
        assert page.status_code == 200 and "<script>alert" not in page.text


async def test_a_text_is_never_markup(browser, anna):
    evil = "<img src=x onerror=alert(1)>"
    offer = await an_offer(anna, title=evil, body=evil * 2, partner=evil, conditions=evil, how=evil, for_whom=evil)
    page = await browser.get(f"/offres/{offer.id}")
    assert "<img src=x" not in page.text and "<img src=x" not in (await browser.get("/offres")).text


async def test_dates_are_said(browser, anna):
    offer = await an_offer(anna, wanted_by=today() + timedelta(days=20), starts_on=today().isoformat())
    page = words(await browser.get(f"/offres/{offer.id}"))
    assert "du " in page and "Confirmé" in page


async def test_a_title_that_is_proposed_leads_to_its_offer(browser, index, anna, bilal):
    offer = await an_offer(anna, title="Ludothèque municipale")
    await run_jobs()
    await browser.sign_in(bilal)
    page = await browser.get("/suggestions?q=ludoth")
    assert f'data-href="/offres/{offer.id}"' in page.text
    assert 'data-href="/offres"' in (await browser.get("/suggestions?q=offres")).text


async def test_no_saved_search_is_told_of_an_offer(browser, index, anna, bilal):
    await keeps(bilal, q="piscine")
    offer = await an_offer(anna)
    await run_jobs()
    assert await match(offer.id) == 0


async def test_a_visitor_may_point_at_an_offer_as_unlawful(browser, anna):
    offer = await an_offer(anna)
    found = await located(f"/offres/{offer.id}", None)
    assert found is not None and found.listing == offer.id
    assert (await browser.get(f"/signaler-un-contenu-illicite?ou=/offres/{offer.id}")).status_code == 200


async def test_a_page_of_offers_asks_the_database_little(browser, anna, bilal):
    for number in range(30):
        at = datetime.now(UTC) - timedelta(minutes=number)
        await an_offer(
            anna, title=f"Piscine n° {number}, un titre d’une longueur tout à fait ordinaire", published_at=at
        )
    await browser.sign_in(bilal)
    await browser.get("/offres")
    with Asked() as asked:
        page = await browser.get("/offres")
    assert asked.queries <= 4, asked.queries
    assert len(page.content) <= 60_000, len(page.content)
