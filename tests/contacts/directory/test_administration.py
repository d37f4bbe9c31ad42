"""The administrators' directory, and what whose account answers for a contact corrects themselves."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from app import database
from app.dates import today
from contacts.directory.reading import read
from contacts.kinds import ContactKind, Topic
from members.tables import Role
from tests.helpers.browser import words
from tests.helpers.contacts import a_contact

OFFICE = "/administration/contacts"
FORM = {
    "kind": "social_worker",
    "name": "Service social de Brest",
    "departments": "29 56",
    "communes": "",
    "topics": ["housing", "family"],
    "commune": "Brest",
    "line": "02 98 00 00 00",
    "mail": "Social@Exemple.test",
    "meetings": "mardis de 9h à 12h30\njeudi 14 h - 16 h sur RDV, Entrée B",
    "closures": "du 24/12/2099 au 02/01/2100, congés",
    "checked": "on",
}


@pytest.fixture
async def office(browser, denis):
    return await browser.sign_in(denis)


async def actions() -> list[str]:
    found = await database.rows("SELECT action FROM audit_entry WHERE subject_kind LIKE 'contact%' ORDER BY id")
    return [row["action"] for row in found]


async def the_contact():
    return next(iter((await read([await database.value("SELECT id FROM contact")])).values()))


async def test_a_contact_is_added_as_it_is_typed(office):
    page = await office.follow(await office.submit(OFFICE, **FORM))
    assert "Le contact est ajouté" in words(page)
    contact = await the_contact()
    assert contact.departments == ("29", "56") and contact.topics == (Topic.family, Topic.housing)
    assert (contact.commune, contact.line, contact.mail) == ("29019", "0298000000", "social@exemple.test")
    assert [one.words.replace("\u00a0", " ") for one in contact.meetings] == [
        "mardi 9 h – 12 h 30",
        "jeudi 14 h – 16 h",
    ]
    assert contact.meetings[1].by_appointment and contact.meetings[1].place == "Entrée B"
    assert contact.closures[0].why == "congés" and contact.checked_on == today()
    assert await actions() == ["contact.added"]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("kind", "king", "Choisissez parmi"),
        ("name", "x", "au moins 3"),
        ("departments", "29, 99", "Aucun département ne porte ce numéro : 99"),
        ("communes", "Brest (29)\nNulleparville", "Nulleparville"),
        ("topics", ["housing", "gossip"], "Sujet inconnu : gossip"),
        ("commune", "Atlantide", "Nous ne reconnaissons pas"),
        ("line", "12", "ne semble pas complet"),
        ("mail", "social@", "ne semble pas complète"),
        ("url", "javascript:alert(1)", "adresse d’une page"),
        ("body", "Personne", "Aucun organisme"),
        ("meetings", "mardi 12 h - 9 h", "finit avant de commencer"),
        ("meetings", "un jour", "Écrivez par exemple"),
        ("meetings", "mardi 25 h - 26 h", "Écrivez par exemple"),
        ("closures", "31/02/2027", "n’est pas une fermeture"),
        ("closures", "03/02/2027 au 01/02/2027", "finit avant de commencer"),
        ("about", "x" * 2001, "au plus 2000"),
        ("name", "Service\u202esocial", "caractères invisibles"),
    ],
)
async def test_what_does_not_fit_is_said_beside_its_field_and_stays(office, field, typed, said):
    page = await office.submit(OFFICE, **FORM | {field: typed})
    assert page.status_code == 422
    assert said in words(page).replace("\u00a0", " ") and "02 98 00 00 00" in page.text
    assert await database.value("SELECT count(*) FROM contact") == 0


async def test_a_contact_nobody_can_reach_is_refused(office):
    page = await office.submit(OFFICE, **FORM | {"line": "", "mail": ""})
    assert page.status_code == 422 and "au moins un moyen" in words(page)


async def test_of_two_who_correct_at_once_the_second_sees_it_and_decides(office):
    contact = await a_contact()
    address = f"{OFFICE}/{contact.id}"
    old = contact.changed_at.isoformat()
    await office.follow(await office.submit(address, **FORM, seen=old))
    page = await office.submit(address, **FORM | {"name": "Autre nom"}, seen=old)
    assert page.status_code == 422 and "elle a changé pendant" in words(page) and "Autre nom" in page.text
    assert (await the_contact()).name == "Service social de Brest"
    now = (await the_contact()).changed_at.isoformat()
    assert f'value="{now}"' in page.text.replace("&#43;", "+")
    await office.follow(await office.submit(address, **FORM | {"name": "Autre nom"}, seen=now))
    assert (await the_contact()).name == "Autre nom"
    for broken in ("", "yesterday", "2026-01-01T00:00:00"):
        assert (await office.submit(address, **FORM, seen=broken)).status_code == 422


async def test_what_a_form_shows_is_what_it_keeps(office):
    contact = await a_contact(
        topics=(Topic.housing,), departments=(), communes=("29019", "29232"), url="https://exemple.fr/a"
    )
    page = await office.get(f"{OFFICE}/{contact.id}")
    assert "mardi 9 h - 12 h\njeudi 14 h - 16 h 30, sur rendez-vous" in page.text.replace("\u00a0", " ")
    assert "Brest (29)\nQuimper (29)" in page.text


async def test_a_contact_is_hidden_shown_and_deleted_and_the_log_says_so(office):
    contact = await a_contact()
    address = f"{OFFICE}/{contact.id}"
    assert "masqué" in words(await office.follow(await office.submit(f"{address}/masquage")))
    await office.submit(f"{address}/masquage")
    await office.submit(f"{address}/affichage")
    assert "supprimé" in words(await office.follow(await office.submit(f"{address}/suppression")))
    assert (await office.get(address)).status_code == 404
    assert (await office.submit(f"{address}/masquage")).status_code == 404
    assert (await office.submit(f"{address}/suppression")).status_code == 303, "the second of two clicks"
    assert (await office.submit(f"{OFFICE}/{uuid4()}/suppression")).status_code == 404
    assert await actions() == ["contact.added", "contact.hidden", "contact.shown", "contact.deleted"]
    assert await database.value("SELECT count(*) FROM permanence") == 0


async def test_the_list_is_read_by_name_in_pages_and_those_to_check_the_oldest_first(office):
    for number in range(27):
        await a_contact(name=f"Contact {number:02}")
    first = words(await office.get(OFFICE))
    assert "Contact 24" in first and "Contact 25" not in first
    last = await database.value("SELECT id FROM contact WHERE name = 'Contact 24'")
    assert "Contact 26" in words(await office.get(OFFICE, params={"apres": str(last)}))
    assert "Contact 13" in words(await office.get(OFFICE, params={"q": "CONTÂCT 13"}))
    assert "Aucun contact ici" in words(await office.get(OFFICE, params={"q": "rien"}))
    assert "Aucun contact ici" in words(await office.get(OFFICE, params={"voir": "a-verifier"}))
    await database.execute(
        "UPDATE contact SET checked_on = $1 WHERE name = 'Contact 05'", today() - timedelta(days=401)
    )
    await database.execute(
        "UPDATE contact SET checked_on = $1 WHERE name = 'Contact 09'", today() - timedelta(days=500)
    )
    page = words(await office.get(OFFICE, params={"voir": "a-verifier"}))
    assert page.index("Contact 09") < page.index("Contact 05") and "Contact 06" not in page


async def role(member, kind: str) -> None:
    await Role(member=member.id, kind=kind, granted_at=datetime.now(UTC)).save()


async def test_only_who_has_the_role_answers_for_a_contact(office, anne):
    contact = await a_contact()
    page = await office.submit(f"{OFFICE}/{contact.id}/compte", email="Anne@exemple.test")
    assert page.status_code == 422 and "n’a le rôle « Service social »" in words(page).replace("\u00a0", " ")
    await role(anne, "social_worker")
    await office.submit(f"{OFFICE}/{contact.id}/compte", email="Anne@exemple.test")
    assert await database.value("SELECT member FROM contact") == anne.id
    await office.submit(f"{OFFICE}/{contact.id}/compte", email="")
    assert await database.value("SELECT member FROM contact") is None
    assert await actions() == ["contact.added", "contact.linked", "contact.unlinked"]


async def test_who_answers_for_a_contact_corrects_it_but_not_for_whom_it_is(browser, anne, bilal):
    contact = await a_contact(member=anne, kind=ContactKind.correspondent)
    await browser.sign_in(anne)
    assert "Aucune fiche" in words(await browser.get("/correspondance/contact"))
    await role(anne, "correspondent")
    page = await browser.follow(await browser.get("/correspondance/contact"))
    assert "Ma fiche de contact" in words(page)
    seen = (await the_contact()).changed_at.isoformat()
    address = f"/correspondance/contact/{contact.id}"
    await browser.follow(await browser.submit(address, **FORM | {"about": "Je vous réponds."}, seen=seen))
    now = await the_contact()
    assert (now.about, now.commune) == ("Je vous réponds.", "29019")
    assert (now.name, now.departments, now.kind) == (contact.name, ("29",), ContactKind.correspondent)
    assert now.topics == (Topic.family, Topic.housing)
    bad = await browser.submit(address, **FORM | {"line": "1"}, seen=now.changed_at.isoformat())
    assert bad.status_code == 422
    await role(bilal, "correspondent")
    await browser.sign_in(bilal)
    assert (await browser.get(address)).status_code == 404
    assert (await browser.submit(address, **FORM)).status_code == 404


async def test_what_the_rules_refuse_of_anybody_is_refused_of_who_answers_for_a_contact_too(browser, anne):
    contact = await a_contact(member=anne, kind=ContactKind.correspondent)
    await role(anne, "correspondent")
    await browser.sign_in(anne)
    page = await browser.submit(
        f"/correspondance/contact/{contact.id}",
        **FORM | {"about": "Le régiment part au Mali le 3 mars, je suis là."},
        seen=contact.changed_at.isoformat(),
    )
    assert page.status_code == 422 and "Une date de départ" in words(page) and "Mali" in page.text
    assert (await the_contact()).about == contact.about


async def test_whose_role_was_withdrawn_corrects_nothing_any_more(browser, anne):
    contact = await a_contact(member=anne)
    await role(anne, "social_worker")
    await browser.sign_in(anne)
    address = f"/correspondance/contact/{contact.id}"
    assert (await browser.get(address)).status_code == 200
    await database.execute("DELETE FROM role WHERE member = $1", anne.id)
    assert (await browser.get(address)).status_code == 404
