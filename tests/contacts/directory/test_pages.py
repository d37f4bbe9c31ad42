"""Whom to ask, as anybody reads it: no cookie, nothing typed is kept, what is hidden is not there."""

import re
from urllib.parse import parse_qsl

import pytest
from litestar.datastructures import MultiDict

from app import database
from contacts.directory import asking
from contacts.directory.finding import MOST
from contacts.kinds import ContactKind, Topic
from places.communes import commune
from tests.helpers.browser import words
from tests.helpers.budget import Asked
from tests.helpers.contacts import a_contact
from tests.helpers.jobs import run_jobs


async def test_a_visitor_finds_who_can_be_asked_by_their_commune_and_gets_no_cookie(browser):
    contact = await a_contact(topics=(Topic.housing,))
    page = await browser.get("/contacts", params={"commune": "Brest"})
    assert page.status_code == 200 and "set-cookie" not in page.headers
    assert page.headers["cache-control"] == "public, max-age=60" and page.headers["etag"]
    again = await browser.get("/contacts", params={"commune": "Brest"}, headers={"if-none-match": page.headers["etag"]})
    assert again.status_code == 304
    said = words(page)
    assert "Service social du Finistère" in said and "Prochaine permanence" in said and "dans votre commune" in said
    assert 'href="tel:0298000000"' in page.text and "02\u00a098\u00a000\u00a000\u00a000" in page.text
    assert 'href="mailto:service.social@exemple.test"' in page.text
    assert 'href="/service-social?departement=29&amp;commune=Brest+%2829%29"' in page.text
    assert f'href="{contact.path}"' in page.text


async def test_a_question_narrows_the_answer_and_goes_with_who_writes(browser):
    await a_contact(name="Logement seulement", topics=(Topic.housing,))
    await a_contact(name="Deuil seulement", topics=(Topic.bereavement,))
    page = await browser.get("/contacts", params={"commune": "29200 Brest", "sujet": "housing"})
    assert "Logement seulement" in words(page) and "Deuil seulement" not in words(page)
    address = re.search(r'href="(/service-social[^"]*)"', page.text)[1].replace("&amp;", "&")
    form = (await browser.get(address)).text
    assert 'value="Brest (29)"' in form and re.search(r'value="housing"[^>]* (checked|selected)', form)
    assert 'aria-current="true">Logement' in page.text


async def test_a_sheet_leads_to_one_kind_of_contact_which_may_be_taken_back(browser):
    await a_contact()
    await a_contact(name="Délégation", kind=ContactKind.delegation)
    page = await browser.get("/contacts", params={"commune": "Brest", "type": "delegation"})
    assert "Service social du Finistère" not in words(page) and "retirer ce filtre" in words(page)
    assert 'href="/contacts?commune=Brest"' in page.text and 'name="type" value="delegation"' in page.text


async def test_the_address_made_for_a_place_is_read_back_as_that_very_place():
    for code in ("29019", "29120", "97411", "75115", "2A004"):
        place = commune(code)
        assert asking.Asked.of(MultiDict(parse_qsl(asking.contacts_near(place).partition("?")[2]))).place == place


async def test_where_nobody_fits_others_are_named(browser):
    await a_contact()
    page = await browser.get("/contacts", params={"commune": "Rennes"})
    said = words(page)
    assert "Personne n’est encore inscrit ici" in said and "Aide et écoute" in said and "39 39" in said
    assert "Service social du Finistère" not in said


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("Saint-Denis", "Plusieurs communes"), ("xqzw", "Nous ne trouvons pas"), ("\x00", "À quel sujet")],
)
async def test_a_commune_in_doubt_is_asked_again(browser, typed, expected):
    page = await browser.get("/contacts", params={"commune": typed, "sujet": "nothing"})
    assert page.status_code == 200 and expected in words(page)


async def test_a_base_is_found_by_its_name(browser):
    await a_contact(name="Délégation", communes=("29042",), departments=(), kind=ContactKind.delegation)
    assert "Délégation" in words(await browser.get("/contacts", params={"commune": "Île Longue"}))


async def test_a_member_reads_theirs_without_typing_and_when_moving_both(browser, anne):
    await a_contact()
    await a_contact(name="Service social d’Ille-et-Vilaine", departments=("35",), commune="35238")
    await browser.sign_in(anne)
    page = words(await browser.get("/contacts"))
    assert "Pour Brest (29)" in page and "Ille-et-Vilaine" not in page
    await database.execute(
        "INSERT INTO moving (member, commune, year, season, declared_at) VALUES ($1, '35238', 2027, 'summer', now())",
        anne.id,
    )
    page = words(await browser.get("/contacts"))
    assert "Pour Brest (29)" in page and "Pour Rennes (35)" in page and "Ille-et-Vilaine" in page


async def test_a_contact_has_a_page_with_all_it_says(browser):
    contact = await a_contact(about="Un mot <b>simple</b>")
    page = await browser.get(contact.path)
    said = words(page)
    assert page.status_code == 200 and "set-cookie" not in page.headers
    assert "mardi 9 h – 12 h" in said.replace("\u00a0", " ") and "sur rendez-vous" in said
    assert "Finistère (29)" in said and "Coordonnées vérifiées le" in said and "<b>simple" not in page.text


async def test_what_was_not_checked_for_long_says_so(browser):
    contact = await a_contact()
    await database.execute("UPDATE contact SET checked_on = current_date - 401")
    assert "n’ont pas été vérifiées depuis" in words(await browser.get(contact.path))


async def test_a_hidden_contact_is_nowhere(browser):
    contact = await a_contact(is_shown=False)
    assert (await browser.get(contact.path)).status_code == 404
    assert "Service social du Finistère" not in words(await browser.get("/contacts?commune=Brest"))


async def test_contacts_are_found_in_the_one_box_and_forgotten_with_them(browser, index, anne, denis):
    contact = await a_contact()
    await browser.sign_in(anne)
    await run_jobs()
    page = await browser.get("/recherche", params={"q": "service social finistère"})
    assert f'href="{contact.path}"' in page.text and "Contacts" in words(page)
    await browser.sign_in(denis)
    await browser.submit(f"/administration/contacts/{contact.id}/masquage")
    await run_jobs()
    page = await browser.get("/recherche", params={"q": "service social finistère"})
    assert contact.path not in page.text


async def test_a_full_answer_is_light_and_asks_little(browser, anne):
    for number in range(30):
        await a_contact(
            name=f"Service social numéro {number}, un titre d’une longueur ordinaire",
            about="Un entretien au téléphone ou sur place, sans que votre employeur le sache. " * 4,
            topics=tuple(Topic)[:6],
        )
    with Asked() as asked:
        page = await browser.get("/contacts", params={"commune": "Brest"})
    assert page.text.count('class="contact panel"') == MOST and asked.queries == 2
    assert "30 contacts" in words(page)
    following = await browser.get(re.search(r'href="([^"]*page=2)"', page.text)[1].replace("&amp;", "&"))
    assert following.text.count('class="contact panel"') == MOST and "Les précédents" in words(following)
    beyond = await browser.get("/contacts", params={"commune": "Brest", "page": "99"})
    assert beyond.status_code == 200 and "Les précédents" in words(beyond)
    assert len(page.content) < 40 * 1024, len(page.content)
    styles = await browser.get(re.search(r'href="(/static/[^"]*site\.css)"', page.text)[1])
    packed = int(page.headers.get("content-length", 0)) + int(styles.headers.get("content-length", 0))
    assert packed < 100_000, packed
