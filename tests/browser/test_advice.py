"""Advice while one types, with scripts; the same advice once it is sent, without."""

from typing import Any

from playwright.async_api import expect

from app.database import transaction
from tests.helpers.ads import draft, published
from tests.helpers.cases import said_under
from tests.helpers.talks import answered
from tests.moderation.rules_in_use.people import DISTRESS, MISSION, PHONE


async def test_an_ad_is_advised_while_it_is_written_or_before_it_is_sent(open_window: Any, cast: Any, scripts: bool):
    async with transaction():
        ad = await draft(cast["anne"], "tips")
    page = await (await open_window(cast["anne"], scripts=scripts)).open(f"/annonces/{ad.id}/brouillon")
    await page.get_by_label("Description").fill(f"Bonjour à tous. {PHONE}")
    if not scripts:
        await page.get_by_role("button", name="Voir avant d’envoyer").click()
    await expect(page.get_by_text("Gardez votre numéro pour la messagerie")).to_be_visible()
    await expect(page.get_by_text("06 12 34 56 78").last).to_be_visible()


async def test_a_doubtful_message_is_said_before_it_leaves(open_window: Any, cast: Any, scripts: bool):
    async with transaction():
        listing = await published(cast["anne"], title=f"Garde {'rapide' if scripts else 'lente'}")
        talk = await answered(listing.id, cast["bilal"].id)
    page = await (await open_window(cast["bilal"], scripts=scripts)).open(f"/messages/{talk}")
    box = page.get_by_label("Votre message")
    await box.fill(MISSION)
    if scripts:
        await expect(page.locator(".advice-live .notice")).to_be_visible()
    await page.get_by_role("button", name="Envoyer").click()
    await expect(page.get_by_text("c’est vous qui décidez")).to_be_visible()
    await expect(box).to_have_value(MISSION)
    await page.get_by_role("button", name="Envoyer").click()
    await expect(page.locator(".bubble.is-mine", has_text="rentre du Mali")).to_be_visible()
    await expect(box).to_have_value("")


async def test_a_reply_written_in_its_place_is_advised_there(open_window: Any, cast: Any):
    async with transaction():
        ad = await published(cast["anne"], "tips", title="Où réparer un vélo")
        await said_under(ad.id, cast["anne"], "Dites-moi vos adresses.")
    page = await (await open_window(cast["bilal"])).open(f"/annonces/{ad.id}")
    await page.get_by_role("link", name="Répondre à Anne").click()
    words = page.get_by_label("Votre réponse à Anne")
    await words.fill(DISTRESS)
    await expect(page.get_by_role("link", name="3114")).to_be_visible()
    await expect(words).to_have_value(DISTRESS)
    await words.fill("Un vélo se répare à l’atelier du samedi.")
    await expect(page.get_by_role("link", name="3114")).to_have_count(0)
