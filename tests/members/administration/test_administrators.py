import pytest
from click.testing import CliRunner

from app import database
from app.commands import entraide
from app.refusals import Refused
from members.administrators import create, promote
from members.passwords import matches
from tests.helpers.browser import said

PASSWORD = "lampe rivage tambour"


async def test_the_first_administrator_of_an_empty_site_signs_in(browser):
    words = await create("Denis@Exemple.fr", "Denis", "Paris 12e (75)", PASSWORD)

    assert "denis@exemple.fr" in words
    assert PASSWORD not in words
    page = await browser.follow(await browser.submit("/connexion", email="denis@exemple.fr", password=PASSWORD))
    assert page.status_code == 200
    assert "Administration" in said(await browser.get("/administration"))
    member = await database.row("SELECT * FROM member")
    assert member["trusted_at"] and member["confirmed_at"]
    assert member["password_hash"].startswith("$argon2id$")
    actions = await database.rows("SELECT action FROM audit_entry ORDER BY id")
    assert [entry["action"] for entry in actions] == ["joined", "role.granted"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"email": "denis"}, "adresse e-mail"),
        ({"first_name": "Colonel Denis"}, "sans grade"),
        ({"first_name": "D3nis"}, "lettres"),
        ({"commune": "Nulle-Part"}, "commune"),
        ({"password": "court"}, "caractères"),
        ({"password": "azertyuiop123"}, "trop courant"),
    ],
)
async def test_what_does_not_fit_is_refused_in_clear_words(undo, given, words):
    right = {"email": "denis@exemple.fr", "first_name": "Denis", "commune": "Brest (29)", "password": PASSWORD}
    with pytest.raises(Refused, match=words):
        await create(**(right | given))
    assert await database.value("SELECT count(*) FROM member") == 0


async def test_an_existing_member_is_promoted_once_and_keeps_their_password(browser, anne):
    assert "administre désormais" in await promote("ANNE@exemple.test")
    assert "administre déjà" in await promote("anne@exemple.test")
    assert await database.value("SELECT password_hash FROM member WHERE id = $1", anne.id) == anne.password_hash
    await browser.sign_in(anne)
    assert (await browser.get("/administration")).status_code == 200


async def test_nobody_is_promoted_by_an_address_they_never_confirmed(emilie):
    await database.execute("UPDATE member SET confirmed_at = NULL WHERE id = $1", emilie.id)
    with pytest.raises(Refused, match="pas confirmé"):
        await promote("emilie@exemple.test")
    assert await database.value("SELECT count(*) FROM role") == 0


async def test_an_unknown_address_promotes_nobody(anne):
    assert await promote("inconnue@exemple.test") is None


async def test_an_address_taken_meanwhile_keeps_its_account(anne):
    with pytest.raises(Refused, match="vient d’être ouvert"):
        await create("anne@exemple.test", "Anna", "Brest (29)", PASSWORD)
    assert not await matches(anne.password_hash, PASSWORD)
    assert await database.value("SELECT first_name FROM member WHERE id = $1", anne.id) == "Anne"


async def test_the_command_says_what_it_wants(undo):
    words = CliRunner().invoke(entraide, ["create-admin", "--help"]).output
    assert "--first-name" in words
    assert "EMAIL" in words
