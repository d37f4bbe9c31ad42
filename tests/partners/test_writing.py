"""A correspondent proposes an offer for their body: read by a moderator, of their territory, confirmed each year."""

from datetime import UTC, datetime, timedelta

import pytest

from app import database
from listings.life.ending_links import Action, ending_link
from listings.life.expiring import expire_ads
from listings.life.reminding import remind_authors
from tests.helpers.ads import published
from tests.helpers.browser import stamp_in, words
from tests.helpers.cases import take_and_decide
from tests.helpers.codes import letters_to
from tests.helpers.jobs import run_jobs
from tests.helpers.offers import FORM, an_offer, correspondent, offer_draft, status_of, waiting_offer

HERE = "/correspondance"


async def begun(browser) -> str:
    """The address of the form of a new draft."""
    answer = await browser.submit(f"{HERE}/nouvelle")
    assert answer.status_code == 303
    return answer.headers["location"]


async def details_of(form: str) -> dict:
    return await database.value("SELECT details FROM listing WHERE id = $1::uuid", form.split("/")[2])


async def test_an_offer_is_written_sent_and_waits_for_a_moderator(browser, anne):
    await browser.sign_in(await correspondent(anne, "29"))
    form = await begun(browser)
    sent = await browser.submit(form, **FORM)
    assert sent.status_code == 303
    listing = form.split("/")[2]
    assert await status_of(listing) == "pending"
    assert await database.value("SELECT kind FROM moderation_case WHERE listing = $1::uuid", listing) == "listing"
    assert "En relecture" in words(await browser.get(f"{HERE}/{listing}"))
    assert "Piscine de Brest" in words(await browser.get(HERE))
    assert (await browser.get(f"/offres/{listing}")).status_code == 200


async def test_a_draft_is_kept_and_says_what_it_lacks(browser, anne):
    await browser.sign_in(await correspondent(anne, "29"))
    form = await begun(browser)
    refused = await browser.submit(form, title="Piscine", do="send")
    assert refused.status_code == 422
    page = words(refused)
    assert "Donnez le nom du partenaire" in page and "Indiquez la commune" in page and 'value="Piscine"' in refused.text
    saved = await browser.submit(form, **{**FORM, "do": "save"})
    assert saved.status_code == 303 and await status_of(form.split("/")[2]) == "draft"
    deleted = await browser.submit(form.replace("modification", "suppression"))
    assert deleted.status_code == 303
    assert not await database.value("SELECT count(*) FROM listing WHERE id = $1::uuid", form.split("/")[2])


async def test_what_follows_visitors_is_taken_from_the_address_and_said(browser, anne):
    await browser.sign_in(await correspondent(anne, "29"))
    form = await begun(browser)
    page = await browser.follow(await browser.submit(form, **{**FORM, "do": "save"}))
    assert "nous avons retiré ce qui suit les visiteurs" in words(page)
    kept = await database.value("SELECT details ->> 'url' FROM listing WHERE id = $1::uuid", form.split("/")[2])
    assert kept == "https://piscine.exemple.fr/tarifs?page=2"


async def test_a_department_outside_the_territory_is_refused(browser, anne):
    await browser.sign_in(await correspondent(anne, "29"))
    form = await begun(browser)
    refused = await browser.submit(form, **{**FORM, "departments": "29, 75"})
    assert refused.status_code == 422 and "Hors de votre territoire : Paris" in words(refused)
    elsewhere = await browser.submit(form, **{**FORM, "commune": "Rennes"})
    assert elsewhere.status_code == 422 and "Ille-et-Vilaine" in words(elsewhere)
    assert await status_of(form.split("/")[2]) == "draft"


async def test_an_empty_territory_is_everywhere(browser, anne):
    await browser.sign_in(await correspondent(anne))
    assert (await browser.submit(await begun(browser), **{**FORM, "departments": "29, 75"})).status_code == 303


async def test_only_correspondents_enter(browser, anne, bilal):
    offer = await an_offer(await correspondent(anne, "29"))
    await browser.sign_in(bilal)
    for path in (HERE, f"{HERE}/{offer.id}", f"{HERE}/{offer.id}/modification"):
        assert (await browser.get(path)).status_code == 403
    await browser.sign_in(await correspondent(bilal, "29"))
    assert (await browser.get(f"{HERE}/{offer.id}")).status_code == 404
    assert (await browser.submit(f"{HERE}/{offer.id}/retrait")).status_code == 404


async def test_a_change_of_an_offer_waits_for_a_moderator(browser, anne):
    offer = await an_offer(await correspondent(anne, "29"))
    await browser.sign_in(anne)
    form = f"{HERE}/{offer.id}/modification"
    assert (await browser.submit(form, **{**FORM, "title": "Piscine : dix entrées offertes"})).status_code == 303
    assert await database.value("SELECT title FROM listing WHERE id = $1", offer.id) == offer.title
    assert "attend une relecture" in words(await browser.get(f"{HERE}/{offer.id}"))
    assert (await browser.submit(f"{form}/retrait")).status_code == 303
    assert not await database.value("SELECT count(*) FROM listing_edit WHERE state = 'waiting'")


async def test_a_discount_is_no_fault_of_an_offer(browser, anne):
    await browser.sign_in(await correspondent(anne, "29"))
    text = {
        **FORM,
        "body": "Nos tarifs baissent : offre promotionnelle, code promo, réduction de 20 %. Tél. 02 98 00 00 00.",
    }
    form = await begun(browser)
    assert (await browser.submit(form, **text)).status_code == 303
    assert not await database.value("SELECT count(*) FROM rule_hit WHERE rule LIKE 'commerce%' OR rule LIKE 'privacy%'")


async def test_an_offer_is_confirmed_withdrawn_and_proposed_again(browser, anne):
    offer = await an_offer(await correspondent(anne, "29"), published_at=datetime.now(UTC) - timedelta(days=340))
    await browser.sign_in(anne)
    page = await browser.follow(await browser.submit(f"{HERE}/{offer.id}/confirmation"))
    assert "Merci : l’offre est confirmée" in words(page)
    left = await database.value("SELECT expires_at - now() FROM listing WHERE id = $1", offer.id)
    assert left > timedelta(days=364)
    assert "ne sera plus visible" in words(await browser.get(f"{HERE}/{offer.id}/retrait"))
    assert (await browser.submit(f"{HERE}/{offer.id}/retrait")).status_code == 303
    assert await status_of(offer) == "closed"
    assert (await browser.submit(f"{HERE}/{offer.id}/reprise")).status_code == 303
    assert await status_of(offer) == "draft"


async def test_one_that_waits_is_taken_back(browser, anne):
    offer = await waiting_offer(await correspondent(anne, "29"))
    await browser.sign_in(anne)
    assert (await browser.submit(f"{HERE}/{offer.id}/reprise")).status_code == 303
    assert await status_of(offer) == "draft"


async def test_an_offer_whose_territory_shrank_is_not_confirmed(browser, anne):
    offer = await an_offer(await correspondent(anne, "29"), published_at=datetime.now(UTC) - timedelta(days=340))
    await database.execute("UPDATE role SET departments = '{75}' WHERE member = $1", anne.id)
    await browser.sign_in(anne)
    assert "ne peut plus être confirmée" in words(await browser.get(f"{HERE}/{offer.id}"))
    refused = await browser.submit(f"{HERE}/{offer.id}/confirmation")
    assert refused.status_code == 409 and "Hors de votre territoire" in words(refused)
    assert await status_of(offer) == "published"


async def test_nor_by_the_link_of_an_email_without_the_role(browser, anne):
    offer = await an_offer(await correspondent(anne, "29"), published_at=datetime.now(UTC) - timedelta(days=340))
    await remind_authors()
    row = await database.row("SELECT renewals, reminded_at, expires_at FROM listing WHERE id = $1", offer.id)
    assert row["reminded_at"] is not None, "asked a month before"
    await run_jobs()
    letter = letters_to(anne.email)[-1].get_content()
    assert "se termine dans un mois" in letter and "Piscine" not in letter
    await database.execute("DELETE FROM role WHERE member = $1", anne.id)
    link = f"/lien/annonce/{ending_link(offer.id, row['renewals'], row['reminded_at'], Action.renew)}"
    assert "C’est réglé" not in words(await browser.get(link))
    assert (await browser.submit(link)).status_code == 409
    assert await database.value("SELECT expires_at FROM listing WHERE id = $1", offer.id) == row["expires_at"]


async def test_an_ad_is_still_asked_about_a_week_before(anne):
    await published(anne, published_at=datetime.now(UTC) - timedelta(days=45))
    assert await remind_authors() == 0


async def test_an_offer_ends_with_its_last_day(browser, anne):
    offer = await an_offer(
        await correspondent(anne, "29"),
        published_at=datetime.now(UTC) - timedelta(days=5),
        wanted_by=(datetime.now(UTC) - timedelta(days=2)).date(),
    )
    assert (await browser.get(f"/offres/{offer.id}")).status_code == 404
    await expire_ads()
    assert await database.value("SELECT outcome FROM listing WHERE id = $1", offer.id) == "expired"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("url", "javascript:alert(1)", "Écrivez l’adresse d’une page"),
        ("url", "https://impots.gouv.fr@mechant.exemple/", "Écrivez l’adresse d’une page"),
        ("ends_on", "2020-01-01", "Cette date est passée"),
        ("agreed_on", "2099-01-01", "ne peut pas être daté de demain"),
        ("departments", "29, 999", "Aucun département"),
        ("readers", "nobody", "Choisissez une des réponses"),
        ("offer_kind", "<script>", "Choisissez une des réponses"),
        ("title", "x" * 101, "Écrivez au plus 100"),
        ("commune", "Nullepart-sur-Rien", "Aucune commune de ce nom"),
        ("starts_on", "demain", "Écrivez une date"),
    ],
)
async def test_a_hostile_value_is_said_beside_its_field(browser, anne, field, typed, said):
    await browser.sign_in(await correspondent(anne, "29"))
    form = await begun(browser)
    refused = await browser.submit(form, **{**FORM, field: typed})
    assert refused.status_code == 422 and said in words(refused)
    assert f'id="{field}-error"' in refused.text and await status_of(form.split("/")[2]) == "draft"


async def test_offers_stay_out_of_ones_own_ads(browser, anne):
    await offer_draft(await correspondent(anne, "29"))
    await browser.sign_in(anne)
    assert "Piscine" not in words(await browser.get("/mes-annonces"))
    assert "Offres locales" not in words(await browser.get("/annonces/nouvelle"))


async def test_an_approval_puts_it_online(browser, another_browser, anne, chloe):
    offer = await waiting_offer(await correspondent(anne, "29"))
    case = await database.value("SELECT id FROM moderation_case WHERE listing = $1", offer.id)
    await browser.sign_in(chloe)
    page = words(await browser.get(f"/moderation/dossiers/{case}"))
    assert "Convention 2026-12" in page and "Piscine municipale" in page
    assert (await take_and_decide(browser, case, "approve")).status_code == 303
    assert await status_of(offer) == "published"
    assert (await another_browser.get(f"/offres/{offer.id}")).status_code == 200


async def test_of_two_windows_the_second_to_save_an_offer_is_told_and_loses_nothing(browser, anne):
    await browser.sign_in(await correspondent(anne, "29"))
    form = await begun(browser)
    shown = stamp_in(await browser.get(form))
    assert (await browser.submit(form, **FORM | {"do": "save", "stamp": shown})).status_code == 303
    late = await browser.submit(form, **FORM | {"title": "Piscine, le dimanche", "do": "send", "stamp": shown})
    assert late.status_code == 409
    assert 'value="Piscine, le dimanche"' in late.text and "Le brouillon a changé" in late.text
    assert await status_of(form.split("/")[2]) == "draft"
    again = FORM | {"title": "Piscine, le dimanche", "do": "send", "stamp": stamp_in(late)}
    assert (await browser.submit(form, **again)).status_code == 303
    assert await status_of(form.split("/")[2]) == "pending"
