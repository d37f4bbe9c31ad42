"""One's contact card: written once, kept as it should be, read by the others of a confirmed exchange only."""

import html

import pytest

from app import database
from exchanges.stays.confirmed import confirmed_of
from exchanges.stays.contact_card import Card, number_of
from members.blocking import block
from tests.helpers.ads import in_days
from tests.helpers.browser import words
from tests.helpers.stays import gives_card, on_days, swapped
from tests.helpers.swaps import accepted, host
from tests.moderation.cases.people import as_me


async def test_a_card_is_kept_and_shown_again(browser, anne):
    page = await browser.follow(await gives_card(browser, anne, telephone="+33 (0)6-12.34.56.78"))
    assert "Vos coordonnées sont enregistrées" in words(page)
    assert 'value="Anne Le Bris"' in page.text and "12 rue des Embruns" in page.text
    row = await database.row("SELECT telephone, mail FROM contact_card")
    assert tuple(row) == ("+33612345678", "anne@exemple.test")


async def test_writing_it_again_replaces_it(browser, anne):
    await gives_card(browser, anne)
    await gives_card(browser, anne, telephone="", door="")
    row = await database.row("SELECT telephone, door, (SELECT count(*) FROM contact_card) AS cards FROM contact_card")
    assert tuple(row) == ("", "", 1)


@pytest.mark.parametrize(
    ("typed", "kept", "read"),
    [
        ("06.12.34.56.78", "+33612345678", "06 12 34 56 78"),
        ("0033 6 12 34 56 78", "+33612345678", "06 12 34 56 78"),
        ("+687 75 12 34", "+687751234", "+687 75.12.34"),
        ("+49 30 901820", "+4930901820", "+49 30 901820"),
    ],
)
async def test_a_telephone_is_kept_as_it_is_dialled_and_shown_as_it_is_read(typed: str, kept: str, read: str):
    assert number_of(typed) == kept
    card = Card(full_name="", telephone=kept, mail="", other_way="", door="", way_in="")
    assert card.telephone_text.replace("\u00a0", " ") == read and repr(card) == "Card"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"telephone": "", "mail": "", "other_way": ""}, "Indiquez au moins un moyen de vous joindre"),
        ({"telephone": "pas le soir"}, "Ce numéro ne semble pas complet"),
        ({"telephone": "06"}, "Ce numéro ne semble pas complet"),
        ({"mail": "anne chez exemple"}, "Cette adresse de courriel ne semble pas complète"),
        ({"full_name": "Capitaine Anne Le Bris"}, "sans grade ni fonction"),
        ({"full_name": "Anne <b>"}, "en lettres"),
        ({"full_name": "安妮"}, "en lettres"),
        ({"door": "x" * 401}, "Écrivez au plus 400 caractères"),
        ({"way_in": "Le fusil est derrière la porte, je vends aussi des armes."}, "arme"),
    ],
)
async def test_what_does_not_fit_is_said_beside_its_field_and_nothing_typed_is_lost(browser, anne, given, said):
    page = await gives_card(browser, anne, **given)
    assert page.status_code == 422 and said in words(page)
    assert given.get("full_name", "Anne Le Bris") in html.unescape(page.text)
    assert await database.value("SELECT count(*) FROM contact_card") == 0


@pytest.mark.parametrize(
    "name", ["Anne Le Bris", "Jean-Paul d’Estrées", "Anne Maréchal", "ngô thị ánh", "Łukasz Ğören"]
)
async def test_names_of_people_are_names(browser, anne, name: str):
    assert (await gives_card(browser, anne, full_name=name)).status_code == 303


async def test_the_others_read_it_once_the_exchange_is_confirmed_and_the_door_is_not_part_of_it(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await gives_card(browser, anne)
    (contact,) = (await confirmed_of(swap.id, as_me(bilal))).contacts
    assert contact.card and contact.card.mail == "anne@exemple.test"
    assert contact.card.telephone_text == "06\u00a012\u00a034\u00a056\u00a078"
    assert (contact.card.door, contact.card.way_in) == ("", "")


async def test_nobody_reads_it_before_all_agreed(browser, anne, bilal):
    swap = await accepted(await host(anne, 6), await host(bilal, 6, commune="83137"))
    await gives_card(browser, anne)
    await browser.sign_in(bilal)
    page = await browser.get(f"/echanges/{swap}")
    assert page.status_code == 200 and "anne@exemple.test" not in page.text
    assert (await browser.get(f"/echanges/{swap}/convention")).status_code == 404


async def test_who_is_not_in_the_exchange_finds_nothing(browser, anne, bilal, emilie):
    swap = await swapped(anne, bilal)
    await browser.sign_in(emilie)
    for address in ("/convention", "/convention.pdf", "/dates.ics", f"/sejours/{swap.at_hers}/adresse"):
        assert (await browser.get(swap.path + address)).status_code == 404
    for address in ("/preparatifs", "/partage"):
        assert (await browser.submit(swap.path + address, part="door")).status_code == 404


async def test_once_one_blocked_the_other_neither_reads_anything(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await gives_card(browser, anne)
    await block(anne.id, bilal.id)
    for member in (anne, bilal):
        await browser.sign_in(member)
        assert (await browser.get(swap.path + "/convention")).status_code == 404
    assert (await browser.get(swap.her_door)).status_code == 404


async def test_it_is_taken_back_from_one_exchange_and_shared_again(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await gives_card(browser, anne)
    answer = await browser.submit(swap.path + "/partage", part="ways")
    assert answer.status_code == 303
    (contact,) = (await confirmed_of(swap.id, as_me(bilal))).contacts
    assert contact.card is None
    assert (await browser.submit(swap.path + "/partage", part="ways")).status_code == 303  # twice is once
    await browser.submit(swap.path + "/partage", part="ways", shared="on")
    (contact,) = (await confirmed_of(swap.id, as_me(bilal))).contacts
    assert contact.card is not None


async def test_an_odd_part_changes_nothing(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await browser.sign_in(anne)
    assert (await browser.submit(swap.path + "/partage", part="everything")).status_code == 409
    assert await database.value("SELECT count(*) FROM contact_withheld") == 0


async def test_two_weeks_after_the_last_day_it_is_no_longer_there(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await gives_card(browser, anne)
    await on_days(swap.id, in_days(-21), in_days(-14))
    assert (await confirmed_of(swap.id, as_me(bilal))).contacts[0].card is not None
    await on_days(swap.id, in_days(-22), in_days(-15))
    assert (await confirmed_of(swap.id, as_me(bilal))).contacts[0].card is None


async def test_erasing_it_closes_everything(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await gives_card(browser, anne)
    page = await browser.follow(await browser.submit("/moi/echanges/coordonnees/suppression"))
    assert "Vos coordonnées sont effacées" in words(page)
    assert (await confirmed_of(swap.id, as_me(bilal))).contacts[0].card is None
    await browser.sign_in(bilal)
    assert (await browser.get(swap.her_door)).status_code == 409
