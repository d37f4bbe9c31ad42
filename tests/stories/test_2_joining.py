"""A visitor reads what this is, joins with the code of a body, comes and goes."""

from tests.helpers.browser import words
from tests.helpers.codes import GOOD_PASSWORD, a_code, a_request, empty_mailbox, letters_to, link_in
from tests.helpers.jobs import run_jobs

ZOE = "zoe@exemple.fr"


async def _letter() -> str:
    """The path of the link in the last letter Zoé got."""
    await run_jobs()
    return link_in(letters_to(ZOE)[-1])


async def _join(browser, body) -> None:
    await browser.follow(await browser.submit("/rejoindre", **a_request(await a_code(body))))
    await browser.follow(await browser.submit(await _letter(), password=GOOD_PASSWORD))


async def test_zoe_reads_then_joins_and_opens_her_account_by_the_letter(browser, body):
    empty_mailbox()
    home = await browser.get("/")
    assert "/rejoindre" in home.text
    assert (await browser.get("/charte")).status_code == 200

    code = await a_code(body)
    second = await browser.submit("/rejoindre", code=code.code.lower(), first_name="Zoé", commune="29200")
    assert "Votre compte" in words(second)
    sent = await browser.follow(await browser.submit("/rejoindre", **a_request(code)))
    assert "Regardez vos e-mails" in words(sent)
    assert (await browser.get("/annonces")).status_code == 303, "not a member yet"

    path = await _letter()
    assert "Est-ce bien vous" in words(await browser.get(path))
    mistyped = await browser.submit(path, password="pas le bon mot de passe")
    assert mistyped.status_code == 422
    assert "mot de passe choisi à l’inscription" in words(mistyped)
    welcome = await browser.follow(await browser.submit(path, password=GOOD_PASSWORD))
    assert "Bienvenue" in words(welcome)
    assert (await browser.get("/annonces")).status_code == 200


async def test_a_commune_several_places_bear_is_asked_again(browser, body):
    code = await a_code(body)
    asked = await browser.submit("/rejoindre", code=code.code, first_name="Zoé", commune="Saint-Denis")
    assert asked.status_code == 422
    assert "Laquelle" in words(asked)
    assert "97411" in asked.text


async def test_a_wrong_code_a_weak_password_and_an_unread_charter_open_nothing(browser, body):
    code = await a_code(body)
    for changes, field in (
        ({"password": "motdepasse"}, "password"),
        ({"charter": ""}, "charter"),
        ({"commune": "Nulle-Part-sur-Mer"}, "commune"),
    ):
        refused = await browser.submit("/rejoindre", **a_request(code, **changes))
        assert refused.status_code == 422
        assert f'id="{field}-error"' in refused.text, field
    wrong = await browser.submit("/rejoindre", **a_request("AAAA-BBBB-CCCC"))
    assert wrong.status_code == 422
    assert 'id="code-error"' in wrong.text
    assert (await browser.get("/moi")).status_code == 303


async def test_zoe_signs_out_and_in_again_and_chooses_a_new_password(browser, body):
    await _join(browser, body)
    await browser.follow(await browser.submit("/deconnexion"))
    assert (await browser.get("/moi")).status_code == 303

    wrong = await browser.submit("/connexion", email=ZOE, password="pas le bon mot de passe")
    assert wrong.status_code == 422
    await browser.follow(await browser.submit("/connexion", email=ZOE, password=GOOD_PASSWORD, suite="/moi"))
    assert "Zoé" in words(await browser.get("/moi"))

    new = "marée lanterne cactus violon"
    await browser.submit("/deconnexion")
    await browser.follow(await browser.submit("/mot-de-passe-oublie", email=ZOE))
    await browser.follow(await browser.submit(await _letter(), password=new))
    assert (await browser.submit("/connexion", email=ZOE, password=GOOD_PASSWORD)).status_code == 422
    assert (await browser.submit("/connexion", email=ZOE, password=new)).status_code == 303


async def test_a_lost_telephone_is_signed_out_from_another_device(browser, another_browser, body):
    await _join(browser, body)
    await another_browser.submit("/connexion", email=ZOE, password=GOOD_PASSWORD)
    assert (await another_browser.get("/moi")).status_code == 200
    page = await browser.follow(await browser.submit("/moi/appareils/fermeture"))
    assert "Vos autres appareils sont déconnectés" in words(page)
    assert (await another_browser.get("/moi")).status_code == 303
    assert (await browser.get("/moi")).status_code == 200
