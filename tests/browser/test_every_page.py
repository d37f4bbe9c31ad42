"""Every page of the site, for the person it is for: axe finds nothing, nothing overflows, the console stays empty.

The addresses are those of the authorisation matrix, which no route can be missing from.
"""

import asyncio
from typing import Any, NamedTuple

import pytest
from playwright.async_api import expect

from exchanges.homes.writing.asked import Part
from tests.conventions.test_authorisation import EVERYONE, EXPECTED, IN
from tests.helpers.axe import troubles
from tests.helpers.chromium import Window
from tests.helpers.world import World

NO_PAGE = (
    "/static/",
    "/direct",
    "/communes",
    "/suggestions",
    "/messages/{conversation}/nouveaux",
    "/service-social/conversations/{social_talk}/nouveaux",
    "/service-social/conversations/{social_talk}/fichiers",
    "/flux/",
    "/agenda/{agreed}",
    "/moderation/mots-prets",
)
"""Files, events, and fragments that only stand inside other pages."""
AT_ONCE = 3


class Look(NamedTuple):
    who: str
    path: str


def pages() -> list[Look]:
    """Each address as the first person it opens for; the home page for everyone, an ad also for its readers."""
    looks = [Look(who, "/") for who in EVERYONE]
    looks += [Look("stranger", "/annonces/{published}"), Look("stranger", "/annonces?q=garde"), Look("visitor", "/x")]
    looks += [Look("moderator", "/moderation"), Look("moderator", "/moderation/journal")]
    looks += [Look("owner", path) for path in ("/mes-annonces", "/messages", "/notifications", "/moi/appareils")]
    looks += [Look("visitor", "/courriels"), Look("owner", "/annonces?categorie=childcare&departement=29&rayon=50")]
    looks += [Look("owner", "/mutation"), Look("owner", "/annonces?autour=la-bas&rayon=50")]
    looks += [Look("owner", f"/recherche?q={words}") for words in ("garde", "suicide", "trombone")]
    looks += [Look("owner", "/annonces?q=trombone&rayon=5&commune=Lille+(59)"), Look("owner", "/annonces?commune=zz")]
    looks += [Look("stranger", f"/logements{rest}") for rest in ("/{home}", "?semaine=oui&q=maison", "?couchages=12")]
    mine = [f"/moi/logement{rest}" for rest in ("", "/modification", "/retrait")]
    steps = [f"/moi/logement/etape/{part}" for part in Part]
    steps += [f"/moi/logement{rest}" for rest in ("", "/accord", "/apercu")]
    looks += [*(Look("owner", path) for path in mine), *(Look("moderator out of scope", path) for path in steps)]
    looks += [Look("owner", "/logements/{home}")]
    looks += [Look("owner", "/moi/decisions"), Look("moderator", "/moderation/sanctions")]
    for line, answers in EXPECTED.items():
        method, path = line.split(" ", 1)
        opens = [who for who in EVERYONE if answers[who] == IN]
        is_file = path.startswith(NO_PAGE) or path.endswith((".csv", ".json", ".pdf", ".ics")) or "/photos/" in path
        if method == "GET" and opens and path != "/" and not is_file:
            looks.append(Look(opens[0], path))
    return looks


@pytest.mark.parametrize("who", EVERYONE)
async def test_pages_are_accessible_fit_and_make_no_noise(who: str, open_window: Any, world: World):
    own = await open_window(world.people[who], reduced_motion="reduce")
    turns, wrong = asyncio.Semaphore(AT_ONCE), list[str]()

    async def look(path: str, own: Window) -> None:
        async with turns:
            page = await own.context.new_page()
            try:
                answer = await page.goto(own.address + path, wait_until="load")
                assert answer and (answer.status in (200, 409) or path == "/x"), f"{path}: {answer and answer.status}"
                wrong.extend(f"{path}\n  {said}" for said in await troubles(page))
            finally:
                await page.close()

    await asyncio.gather(*(look(world.path(path), own) for name, path in pages() if name == who))
    assert not wrong, "\n".join(wrong)


SENT_EMPTY = {
    "visitor": (
        "/rejoindre",
        "/connexion",
        "/mot-de-passe-oublie",
        "/confirmation/{confirmation}",
        "/signaler-un-contenu-illicite",
    ),
    "owner": (
        "/annonces/{draft}/brouillon",
        "/annonces/{published}/modification",
        "/annonces/{published}/cloture",
        "/decisions/{decision}/recours",
        "/recours/{appeal}",
        "/moi/echanges/souhaits",
        "/moi/logement/modification",
    ),
    "stranger": ("/annonces/nouvelle", "/annonces/{published}/candidature", "/annonces/{published}/signalement"),
    "bilal": ("/moi/profil", "/moi/mot-de-passe", "/mutation"),
    "administrator": ("/administration/organismes/nouveau", "/administration/roles"),
}
EMPTY = """async () => {
    const form = document.querySelector("main form[method=post]");
    const kept = ["hidden", "radio", "checkbox", "file", "submit", "button", "fieldset"];
    for (const field of form.elements) if (!kept.includes(field.type)) field.value = "";
    form.noValidate = true;
    form.requestSubmit(form.querySelector("[name=do][value=preview], [name=do][value=send]") ?? undefined);
}"""


@pytest.mark.parametrize("who", SENT_EMPTY)
async def test_forms_sent_empty_say_what_is_wrong_to_everyone(who: str, open_window: Any, world: World, cast: Any):
    own = await open_window(cast["bilal"] if who == "bilal" else world.people[who], reduced_motion="reduce")
    wrong = []
    for door in SENT_EMPTY[who]:
        page = await own.open(world.path(door))
        async with page.expect_navigation() as answered:
            await page.evaluate(EMPTY)
        assert (await answered.value).status == 422, door
        await expect(page.locator("[aria-invalid=true], .is-wrong").first).to_be_visible()
        wrong += [f"{door}\n  {said}" for said in await troubles(page)]
        await page.close()
    assert not wrong, "\n".join(wrong)
