"""An administrator makes a body, its code and its letter, gives a role, reads the figures."""

import re
from uuid import uuid4

from tests.helpers.ads import pending, published
from tests.helpers.browser import words
from tests.helpers.codes import a_request
from tests.helpers.jobs import run_jobs


async def test_a_body_gets_a_code_and_a_letter_with_which_people_join(browser, another_browser, denis):
    await browser.sign_in(denis)
    made = await browser.submit("/administration/organismes", name="Commune de Plouzané", kind="employer")
    where = made.headers["location"]
    assert "L’organisme est créé" in words(await browser.follow(made))
    assert (await browser.get(f"{where}/lettre")).status_code == 409, "no code yet"

    issued = await browser.follow(await browser.submit(f"{where}/code", months="6", most_uses="1"))
    (code,) = set(re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", words(issued)))
    letter = await browser.get(f"{where}/lettre")
    assert code in words(letter)
    assert "Commune de Plouzané" in words(letter)
    assert "<svg" in letter.text

    joined = await another_browser.submit("/rejoindre", **a_request(code))
    assert joined.headers.get("location") == "/rejoindre/courriel", words(joined)
    await run_jobs()

    old = re.search(rf"{where}/code/([0-9a-f-]+)/remplacement", (await browser.get(where)).text)
    assert old
    page = await browser.follow(await browser.submit(f"{where}/code/{old[1]}/remplacement", months="6", most_uses="5"))
    assert "l’ancien n’ouvre plus rien" in words(page)
    again = await another_browser.submit("/rejoindre", **a_request(code, email="yann@exemple.fr"))
    assert again.status_code == 422


async def test_a_role_and_its_scope_hold_from_the_next_page(browser, another_browser, denis, anne, emilie):
    hers, elsewhere = await pending(emilie, "pet_care"), await pending(emilie, "rides", title="Trajet du lundi")
    await browser.sign_in(denis)
    await another_browser.sign_in(anne)
    assert (await another_browser.get("/moderation")).status_code == 403

    given = {"email": anne.email, "kind": "moderator", "categories": ["pet_care"], "departments": "29"}
    assert "Le rôle est donné" in words(await browser.follow(await browser.submit("/administration/roles", **given)))
    desk = words(await another_browser.get("/moderation"))
    assert hers.title in desk
    assert elsewhere.title not in desk

    unknown = await browser.submit("/administration/roles", email="personne@exemple.test", kind="moderator")
    assert unknown.status_code == 422


async def test_the_figures_count_members_ads_the_queue_and_answers(browser, another_browser, denis, anne, bilal):
    ad = await published(anne)
    await pending(anne)
    await another_browser.sign_in(bilal)
    await another_browser.submit(f"/annonces/{ad.id}/candidature", text="Bonjour !", once=uuid4())
    await browser.sign_in(denis)
    page = await browser.get("/administration")
    for figure in ("dossier en attente", "membres", "en ligne", "réponses privées"):
        assert figure in words(page)
    assert page.text.count("<svg") >= 3


async def test_nobody_else_administers(browser, chloe, body):
    await browser.sign_in(chloe)
    for path in ("/administration", "/administration/organismes", f"/administration/organismes/{body.id}/lettre"):
        assert (await browser.get(path)).status_code == 403
    assert (await browser.submit("/administration/roles", email=chloe.email, kind="administrator")).status_code == 403
