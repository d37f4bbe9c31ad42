"""Pages stay light: queries and weight of every page the site has, shown with a populated world."""

from datetime import UTC, datetime, timedelta

import pytest

from app import database
from exchanges.homes.reading.list_page import MARKED, SIZE
from tests.conventions.test_authorisation import EXPECTED
from tests.helpers.ads import published
from tests.helpers.budget import Asked
from tests.helpers.cast import belonging, person
from tests.helpers.homes import a_home
from tests.helpers.jobs import run_jobs
from tests.helpers.routes import ask
from tests.helpers.world import World

QUERIES = {
    "GET /annonces": 4,
    "GET /annonces/{published}": 6,
    "GET /logements": 4,
    "GET /logements/{home}": 3,
    "GET /annonces/{published}/candidatures": 6,
    "GET /moderation": 6,
}
ANY_PAGE = 10
ON_THE_DESK = 12
"""All that is known of a case stands on its page."""
HEAVIEST = 40 * 1024
"""Bytes of HTML before compression."""
NOT_A_PAGE = (
    "GET /transparence.csv",
    "GET /transparence.json",
    "GET /transparence/{frozen_year}/rapport.csv",
    "GET /transparence/{frozen_year}/rapport.json",
    "GET /echanges/{confirmed}/convention.pdf",
    "GET /administration/echanges/chiffres.csv",
    "GET /administration/contacts/import/modele.csv",
    "GET /administration/contacts/import/{contact_import}/rapport.csv",
    "GET /static/{fingerprint}/{name}",
    "GET /photos/{photo}/{size}",
    "GET /moderation/dossiers/{evidence_case}/photos/{evidence}/{size}",
)


def reader_of(line: str, answers: dict[str, str]) -> str:
    """Someone whom the door lets in; the owner when it does, who has most to see, or when it lets nobody in."""
    let_in = [who for who, answer in answers.items() if answer == "in"]
    return "owner" if "owner" in let_in or not let_in else let_in[0]


PAGES = [line for line, answers in EXPECTED.items() if line.startswith("GET") and "in" in answers.values()]


async def test_every_page_keeps_to_its_queries_and_its_weight(app, browser, world: World):
    over = []
    for line in PAGES:
        browser.cookies.clear()
        if member := world.people[reader_of(line, EXPECTED[line])]:
            await browser.sign_in(member)
        path = world.path(line.split(" ", 1)[1])
        await ask(app, browser, "GET", path)  # what a process keeps after the first time (templates, counts) is kept
        with Asked() as asked:
            page = await ask(app, browser, "GET", path)
        assert page.status_code < 500
        most = QUERIES.get(line, ON_THE_DESK if "/moderation/dossiers/" in line else ANY_PAGE)
        if asked.queries > most:
            over.append(f"{line}: {asked.queries} queries, {most} allowed")
        if line not in NOT_A_PAGE and len(page.content) > HEAVIEST:
            over.append(f"{line}: {len(page.content)} bytes, {HEAVIEST} allowed")
    assert not over, "\n".join(over)


@pytest.fixture
async def many_ads(anne, bilal) -> None:
    now = datetime.now(UTC)
    categories = ("childcare", "school_run", "pet_care", "classifieds", "helping_hand", "rides", "tips")
    for number in range(40):
        author, category = (anne, bilal)[number % 2], categories[number % 7]
        title = f"Aide n° {number}, un titre d’une longueur tout à fait ordinaire pour une annonce"
        await published(author, category, title=title, published_at=now - timedelta(minutes=number))


@pytest.mark.parametrize("address", ["/annonces", "/annonces?categorie=rides", "/annonces?departement=29"])
async def test_a_full_list_weighs_and_asks_no_more(address: str, browser, emilie, many_ads):
    await browser.sign_in(emilie)
    await browser.get(address)
    with Asked() as asked:
        page = await browser.get(address)
    assert page.text.count("Aide n°") >= (25 if address == "/annonces" else 5)
    assert asked.queries <= 4, asked.queries
    assert len(page.content) <= HEAVIEST, len(page.content)


@pytest.fixture
async def many_homes(body) -> None:
    """As full as a sheet gets: every trait, a photo, a long title."""
    now = datetime.now(UTC)
    for number in range(30):
        host = await belonging(await person(f"Hote{number}", "29019"), body)
        home = await a_home(
            host,
            title=f"Maison n° {number}, un titre d’une longueur tout à fait ordinaire pour un logement à échanger",
            settings=["sea", "countryside", "town"],
            access=["step_free"],
            pets_welcome=True,
            week_room=True,
            published_at=now - timedelta(minutes=number),
        )
        await database.execute("UPDATE listing SET photos = ARRAY[gen_random_uuid()] WHERE id = $1", home.id)


@pytest.mark.parametrize("address", ["/logements", "/logements?departement=29", "/logements?cadre=sea&q=maison"])
async def test_a_full_list_of_homes_weighs_and_asks_no_more(address: str, browser, index, emilie, many_homes):
    await run_jobs()
    await browser.sign_in(emilie)
    await browser.get(address)
    with Asked() as asked:
        page = await browser.get(address)
    assert page.text.count('class="home-card"') == (MARKED if "q=" in address else SIZE)
    assert asked.queries <= 4, asked.queries
    assert len(page.content) <= HEAVIEST, len(page.content)


async def test_a_list_never_shown_before_asks_no_more(browser, emilie, many_ads):
    await browser.sign_in(emilie)
    with Asked() as asked:
        await browser.get("/annonces")
    assert asked.queries <= 4 + 1, asked.queries  # the cards' words, once per version of an ad
