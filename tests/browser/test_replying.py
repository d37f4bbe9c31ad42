"""Answering, quoting, correcting and deleting in public, with scripts in place and without on small pages."""

from typing import Any

from playwright.async_api import expect

from app.database import transaction
from tests.helpers.ads import published
from tests.helpers.cases import said_under


async def test_a_reply_is_answered_corrected_and_deleted(open_window: Any, cast: Any, scripts: bool):
    async with transaction():
        ad = await published(cast["anne"], title=f"Garde du soir {'en ville' if scripts else 'à la campagne'}")
        await said_under(ad.id, cast["anne"], "Chaque mercredi.")
    page = await (await open_window(cast["bilal"], scripts=scripts)).open(f"/annonces/{ad.id}")

    await page.get_by_role("link", name="Citer le message d’Anne").click()
    words = page.get_by_label("Votre réponse à Anne")
    await expect(words).to_be_focused()
    assert (f"/annonces/{ad.id}" in page.url) == scripts
    await words.fill("Parfai, je peux venir.")
    await page.get_by_role("button", name="Publier ma réponse").click()
    await expect(page.get_by_role("status").filter(has_text="Votre message est publié")).to_have_count(1)
    own = page.locator(".reply", has_text="je peux venir")
    await expect(own.locator("blockquote")).to_contain_text("Chaque mercredi.")

    await page.get_by_role("link", name="Modifier votre message").click()
    words = page.get_by_label("Votre message")
    await expect(words).to_have_value("Parfai, je peux venir.")
    await words.fill("Parfait, je peux venir.")
    await page.get_by_role("button", name="Enregistrer").click()
    await expect(page.locator(".reply", has_text="Parfait, je peux venir.")).to_be_visible()

    await page.get_by_role("link", name="Supprimer votre message").click()
    await expect(page.get_by_text("Supprimer ce message\u202f?")).to_be_focused()
    await page.get_by_role("button", name="Supprimer mon message").click()
    await expect(page.get_by_text("Message supprimé par son auteur.")).to_be_visible()


async def test_the_best_answer_of_a_tip_is_marked(open_window: Any, cast: Any, scripts: bool):
    async with transaction():
        tip = await published(cast["anne"], "tips", title=f"Bon réparateur {'rapide' if scripts else 'patient'}")
        await said_under(tip.id, cast["bilal"], "L’atelier du samedi répare tout.")
    page = await (await open_window(cast["anne"], scripts=scripts)).open(f"/annonces/{tip.id}")
    await page.get_by_role("button", name="Meilleure réponse").click()
    await expect(page.get_by_role("heading", name="La meilleure réponse")).to_be_visible()
    await page.get_by_role("button", name="Ne plus mettre en avant").click()
    await expect(page.get_by_role("heading", name="La meilleure réponse")).to_have_count(0)
