"""Writing to the social service without a name: by keyboard, live on both sides, and back by the code."""

import re
from typing import Any

from playwright.async_api import expect

from app.database import transaction
from tests.helpers.cast import belonging, person
from tests.helpers.pictures import photo
from tests.helpers.social import a_talk, taken_up, works_for


async def a_worker(cast: Any, name: str) -> Any:
    async with transaction():
        worker = await belonging(await person(name, "29019"), cast["body"])
        await works_for(worker, "29")
    return worker


async def test_who_gives_no_name_talks_with_a_worker_and_comes_back(open_window: Any, cast: Any, scripts: bool):
    worker = await a_worker(cast, "Solene" if scripts else "Tanguy")
    nobody = await open_window(scripts=scripts)
    page = await nobody.open("/service-social")
    await page.get_by_label("De quoi s’agit-il").select_option("housing")
    await page.locator("#commune").fill("Brest (29)")
    await page.get_by_label("Votre message").fill(f"Je n’arrive plus à payer mon loyer ({worker.first_name}).")
    await page.get_by_role("button", name="Envoyer au service social").press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Recopiez ce code")
    code = "".join(await page.locator(".code").all_inner_texts())
    await page.get_by_role("link", name="J’ai recopié mon code").click()
    await expect(page).to_have_title("Conversation · Entraide")

    desk = await (await open_window(worker, scripts=scripts)).open("/service-social/bureau")
    await desk.locator(f"a[href='{page.url.removeprefix(nobody.address).partition('#')[0]}']").click()
    await desk.get_by_role("button", name="Prendre en charge").click()
    await desk.get_by_label("Votre message").fill("Bonjour, regardons cela ensemble.")
    await desk.get_by_role("button", name="Envoyer", exact=True).click()
    if not scripts:
        await page.get_by_role("link", name="Actualiser").click()
    await expect(page.get_by_text("Bonjour, regardons cela ensemble.")).to_be_visible()
    await expect(page.locator("#talk-standing")).not_to_contain_text("En attente")

    await page.get_by_text("Joindre des photos").click()
    await page.get_by_label("Photos, 5 au plus").set_input_files(
        {"name": "lettre.jpg", "mimeType": "image/jpeg", "buffer": photo(80, 60)}
    )
    await page.get_by_role("button", name="Envoyer", exact=True).click()
    await expect(page.get_by_role("img", name="Photo jointe : lettre")).to_have_count(1)

    await page.get_by_role("button", name="Quitter").click()
    await page.goto(f"{nobody.address}/service-social/reprendre")
    await page.get_by_label("Votre code").fill(code.lower().replace("-", " "))
    await page.get_by_role("button", name="Ouvrir la conversation").click()
    await expect(page.get_by_text("Bonjour, regardons cela ensemble.")).to_be_visible()


async def test_who_hands_a_conversation_over_comes_back_to_the_desk(open_window: Any, cast: Any, scripts: bool):
    """The open page hears of it too, and is no longer theirs to read."""
    name, other = ("Ursule", "Violette") if scripts else ("Walter", "Yanis")
    worker, colleague = await a_worker(cast, name), await a_worker(cast, other)
    person_of_it = await person(f"Zoe{name}", "29019")
    async with transaction():
        talk = await a_talk(person_of_it)
        await taken_up(talk, worker, "Bonjour.")
    page = await (await open_window(worker, scripts=scripts)).open(f"/service-social/conversations/{talk}")
    await page.get_by_text("Confier la conversation").click()
    await page.get_by_label("À qui ?").select_option(str(colleague.id))
    await page.get_by_role("button", name="Confier").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Bureau du service social")
    await page.wait_for_timeout(400)
    await expect(page).to_have_url(re.compile("/service-social/bureau$"))
