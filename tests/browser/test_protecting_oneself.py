"""Reporting, blocking, signing out everywhere."""

import re
from typing import Any

from playwright.async_api import expect

from app.database import transaction
from tests.helpers.accounts import ANNES_PASSWORD, with_password
from tests.helpers.ads import published


async def test_an_ad_is_reported_and_waits_for_a_moderator(open_window: Any, cast: Any, scripts: bool):
    title = f"Vélo d’appartement {'bleu' if scripts else 'gris'}"
    async with transaction():
        ad = await published(cast["anne"], "classifieds", title=title)
    page = await (await open_window(cast["bilal"], scripts=scripts)).open(f"/annonces/{ad.id}")
    await page.get_by_role("link", name="Signaler cette annonce").click()
    await page.get_by_role("radio").first.check()
    await page.get_by_label("Voulez-vous préciser").fill("Cela me paraît étrange.")
    await page.get_by_role("button", name="Envoyer le signalement").click()
    await expect(page.get_by_role("heading", level=1)).to_be_visible()

    desk = await (await open_window(cast["chloe"], scripts=scripts)).open("/moderation")
    await desk.locator("[data-row]", has_text=title).click()
    await expect(desk.get_by_text("Cela me paraît étrange.")).to_be_visible()


async def test_who_is_blocked_is_gone_and_comes_back_when_forgiven(open_window: Any, cast: Any, scripts: bool):
    title = f"Lit de bébé {'en pin' if scripts else 'en hêtre'}"
    async with transaction():
        ad = await published(cast["farid"], "classifieds", title=title)
    emilie = await (await open_window(cast["emilie"], scripts=scripts)).open(f"/annonces/{ad.id}")
    await emilie.locator("summary", has_text="Bloquer Farid").click()
    await emilie.get_by_role("button", name="Bloquer Farid").click()
    await expect(emilie.get_by_role("status").filter(has_text="vous ne vous voyez plus")).to_have_count(1)
    await emilie.goto(emilie.url.split("/moi")[0] + "/annonces?categorie=classifieds")
    await expect(emilie.get_by_role("link", name=title)).to_have_count(0)

    await emilie.goto(emilie.url.split("/annonces")[0] + "/moi/blocages")
    await emilie.get_by_role("button", name=re.compile("Débloquer.*Farid")).click()
    await emilie.goto(emilie.url.split("/moi")[0] + "/annonces?categorie=classifieds")
    await expect(emilie.get_by_role("link", name=title)).to_have_count(1)


async def test_every_other_device_is_signed_out(open_window: Any, cast: Any, scripts: bool):
    anne = await with_password(cast["anne"])
    lost = await (await open_window(anne)).open("/moi")
    page = await (await open_window(scripts=scripts)).open("/connexion?suite=/moi/appareils")
    await page.get_by_label("Adresse e-mail").fill(anne.email)
    await page.get_by_label("Mot de passe", exact=True).fill(ANNES_PASSWORD)
    await page.get_by_role("button", name="Se connecter").click()
    await page.get_by_role("button", name="Déconnecter tous les autres appareils").click()
    await expect(page.get_by_role("status").filter(has_text="Vos autres appareils sont déconnectés")).to_have_count(1)
    await lost.reload()
    await expect(lost.get_by_role("heading", level=1)).to_have_text("Se connecter")
