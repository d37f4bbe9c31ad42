"""The whole way, in a browser: joining, a first ad, a moderator, a search, an answer, the end."""

import re
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Page, expect

from tests.helpers.chromium import DESK
from tests.helpers.codes import GOOD_PASSWORD
from tests.helpers.pictures import photo

PHOTO = {"name": "poussette.jpg", "mimeType": "image/jpeg", "buffer": photo()}


async def _press(page: Page, name: str) -> None:
    await page.locator("main").get_by_role("button", name=name, exact=True).click()


async def _join(page: Page, code: str, email: str) -> None:
    """From the public home page to an open account."""
    await page.locator("main").get_by_role("link", name="Rejoindre").first.click()
    await page.get_by_label("Code de votre organisme").fill(code)
    await page.get_by_label("Prénom").fill("Zoé")
    await page.locator("input[name=commune]").fill("Brest (29)")
    await _press(page, "Continuer")
    await page.get_by_label("Adresse e-mail").fill(email)
    await page.get_by_label("Mot de passe", exact=True).fill(GOOD_PASSWORD)
    await page.get_by_label("J’accepte la charte").check()
    await _press(page, "Rejoindre Entraide")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Regardez vos e-mails")


async def _confirm(page: Page, email: str) -> None:
    """The letter is a file, which the demo's mailbox shows; the queue writes it in a moment."""
    letter = page.locator("article", has_text=f"À {email}")
    for _ in range(100):
        await page.goto(page.url.split("/rejoindre")[0].removesuffix("/courriels") + "/courriels")
        if await letter.count():
            break
        await page.wait_for_timeout(100)
    await letter.get_by_role("link").first.click()
    await page.get_by_label("Mot de passe", exact=True).fill("pas le bon mot de passe")
    await _press(page, "Oui, ouvrir mon compte")
    await expect(page.get_by_role("alert")).to_contain_text("Ce n’est pas le mot de passe choisi")
    await expect(page.locator("main").get_by_role("link", name="Recommencer l’inscription")).to_be_visible()
    await page.get_by_label("Mot de passe", exact=True).fill(GOOD_PASSWORD)
    await _press(page, "Oui, ouvrir mon compte")
    await expect(page.get_by_role("status").filter(has_text="Bienvenue")).to_have_count(1)


async def _write(page: Page, title: str) -> None:
    """A draft with a photo, seen, then sent."""
    await page.get_by_role("link", name="Publier", exact=True).first.click()
    await page.get_by_role("radio", name="Petites annonces").check()
    await _press(page, "Continuer")
    await page.get_by_role("radio", name="Je donne").check()
    await page.get_by_label("Titre").fill(title)
    await page.get_by_label("Description").fill("Elle a deux ans, elle roule bien, à venir chercher le soir.")
    await page.locator("input[name=commune]").fill("29200")
    await page.get_by_label("Ajouter des photos").set_input_files([PHOTO])
    await _press(page, "Voir avant d’envoyer")
    preview = page.get_by_role("region", name="Votre annonce telle que les autres la verront")
    await expect(preview.get_by_role("heading", name=title)).to_be_visible()
    await expect(preview.get_by_role("img").first).to_have_js_property("complete", True)
    await _press(page, "Envoyer à la relecture")
    await expect(page.get_by_role("status").filter(has_text="Une personne de l’équipe la lit")).to_have_count(1)


async def _approve(page: Page, title: str) -> None:
    await page.get_by_role("link", name="Modération").click()
    await page.locator("[data-row]", has_text=title).click()
    await _press(page, "Prendre ce dossier")
    await _press(page, "Approuver l’annonce")
    await expect(page.get_by_role("status").filter(has_text="C’est décidé")).to_have_count(1)


async def _find(page: Page, words: str, title: str) -> None:
    """By the search box, a moment after the approval; on a busy machine the moment is longer."""
    for _ in range(100):
        await page.get_by_role("searchbox").or_(page.get_by_role("combobox")).locator("visible=true").first.fill(words)
        await page.keyboard.press("Enter")
        await page.wait_for_load_state()
        if await page.get_by_role("link", name=title).count():
            break
        await page.wait_for_timeout(100)
    await page.get_by_role("link", name=title).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(title)


async def test_from_joining_to_an_answered_ad(open_window: Any, cast: Any, code: Any, site: Any, scripts: bool):
    word = "poussette" if scripts else "trottinette"
    title = f"{word.title()} rouge à donner"
    email = f"zoe-{uuid4().hex[:6]}@exemple.fr"
    zoe = await open_window(scripts=scripts)
    hers = await zoe.open("/")
    await _join(hers, code.code, email)
    await _confirm(hers, email)
    await _write(hers, title)

    chloe = await (await open_window(cast["chloe"], scripts=scripts, viewport=DESK)).open("/")
    await _approve(chloe, title)

    bilal = await (await open_window(cast["bilal"], scripts=scripts)).open("/annonces")
    await _find(bilal, word, title)
    await bilal.get_by_label("Un mot pour Zoé").fill("Bonjour, elle m’intéresse beaucoup.")
    await _press(bilal, "Envoyer ma réponse")
    await expect(bilal.locator("#thread")).to_contain_text("elle m’intéresse beaucoup")

    await hers.goto(site.address + "/messages")
    await hers.get_by_role("link", name=re.compile("Bilal")).click()
    await expect(hers.locator("#thread")).to_contain_text("elle m’intéresse beaucoup")
    await hers.get_by_label("Votre message").fill("Avec plaisir, demain soir ?")
    await _press(hers, "Envoyer")
    if not scripts:
        await bilal.reload()
    await expect(bilal.locator("#thread")).to_contain_text("demain soir")  # in the open page, by itself with scripts

    await hers.get_by_role("link", name=title).click()
    await hers.get_by_role("link", name="Terminer l’annonce").click()
    await hers.get_by_role("radio", name="Le besoin est réglé").check()
    await _press(hers, "Terminer l’annonce")
    await expect(hers.get_by_role("status").filter(has_text="Votre annonce est terminée")).to_have_count(1)
    for _ in range(100):
        await bilal.goto(f"{site.address}/annonces?q={word}")
        if not await bilal.get_by_role("link", name=title).count():
            break
        await bilal.wait_for_timeout(100)
    await expect(bilal.get_by_role("link", name=title)).to_have_count(0)


@pytest.mark.parametrize("width", [390])
async def test_a_sheet_of_wrongs_leads_to_each_field(open_window: Any, cast: Any, scripts: bool, width: int):
    page = await (await open_window(cast["anne"], scripts=scripts)).open("/annonces/nouvelle")
    await page.get_by_role("radio", name="Garde d’animaux").check()
    await _press(page, "Continuer")
    await _press(page, "Voir avant d’envoyer")
    wrongs = page.get_by_role("alert")
    await expect(wrongs).to_be_visible()
    await expect(wrongs).to_be_focused()
    await wrongs.get_by_role("link", name=re.compile("^Titre")).click()
    await expect(page.get_by_label("Titre")).to_be_focused()
