"""The searches a member keeps: every state of their pages, and a form that loses nothing without JavaScript."""

from typing import Any

from playwright.async_api import expect

from app import database
from members.tables import Member
from notifications.stopping import resume, stop_token
from notifications.topics import Topic
from search.saved.paces import Pace
from tests.helpers.axe import troubles
from tests.helpers.chromium import PHONE
from tests.search.saved.keeping import keeps

EVERYTHING = {
    "q": "garde",
    "categorie": "childcare",
    "commune": "Quimper (29)",
    "rayon": 25,
    "jours": ["0", "2"],
    "moments": ["evening"],
    "photos": "oui",
    "aide": "oui",
}


async def test_words_typed_stay_when_a_criterion_is_left(open_window: Any, cast: Any, scripts: bool):
    search = await keeps(cast["emilie"], q="poussette", departement="29", categorie="classifieds")
    page = await (await open_window(cast["emilie"], scripts=scripts)).open(f"/moi/recherches/{search}")
    await page.get_by_label("Mots cherchés").fill("landau")
    await page.get_by_label("Finistère (29)").uncheck()
    await page.get_by_label("Une fois par semaine").check()
    await page.get_by_role("button", name="Enregistrer").click()
    await expect(page.get_by_role("link", name="« landau » · Petites annonces", exact=True)).to_be_visible()
    await database.execute("DELETE FROM saved_search WHERE id = $1", search)


async def test_every_state_of_their_pages_is_accessible_and_fits(open_window: Any, cast: Any):
    farid: Member = cast["farid"]
    full = await keeps(farid, **EVERYTHING)
    dry = await keeps(farid, q="remorque", rayon=10)
    over = await keeps(farid, Pace.paused, q="covoiturage", au="2026-12-31")
    await database.execute("UPDATE saved_search SET changed_at = now() - interval '40 days' WHERE id = $1", dry)
    await database.execute(
        "UPDATE saved_search SET asked = 'q=covoiturage&au=2020-01-01', on_or_before = '2020-01-01' WHERE id = $1", over
    )
    window = await open_window(farid, viewport=PHONE, reduced_motion="reduce")
    paths = ["/moi/recherches", *(f"/moi/recherches/{one}" for one in (full, dry, over)), "/moi/recherches/nouvelle"]
    wrong = [f"{path}: {said}" for path in paths for said in await troubles(await window.open(path))]
    page = await window.open("/moi/recherches/nouvelle?categorie=rides")
    await page.get_by_label("Covoiturage").uncheck()
    await page.get_by_role("button", name="Enregistrer").click()
    await expect(page.get_by_role("alert")).to_contain_text("Choisissez au moins un critère")
    wrong += await troubles(page)
    assert not wrong, "\n".join(wrong)


async def test_the_link_of_an_e_mail_stops_them_and_takes_it_back(open_window: Any, cast: Any, scripts: bool):
    await resume(cast["farid"].id, Topic.search_found)
    window = await open_window(None, scripts=scripts, viewport=PHONE, reduced_motion="reduce")
    page = await window.open(f"/lien/courriels/{stop_token(cast['farid'].id, Topic.search_found)}")
    wrong = await troubles(page) if scripts else []
    await page.get_by_role("button", name="Ne plus les recevoir").click()
    await expect(page.get_by_role("heading", name="Vous ne recevrez plus ces e-mails")).to_be_visible()
    wrong += await troubles(page) if scripts else []
    await page.get_by_role("link", name="Changer d’avis").click()
    await page.get_by_role("button", name="Les recevoir de nouveau").click()
    await expect(page.get_by_role("heading", name="Vous recevrez de nouveau ces e-mails")).to_be_visible()
    wrong += await troubles(page) if scripts else []
    assert not wrong, "\n".join(wrong)
