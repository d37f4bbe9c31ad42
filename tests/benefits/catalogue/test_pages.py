"""The pages of rights, as a visitor and as a member read them."""

import html
import re
from datetime import date, timedelta

import pytest

from benefits.catalogue import pages
from benefits.catalogue.reading import guides, sheets
from benefits.kinds import RUBRIC, Rubric
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.budget import Asked
from tests.helpers.catalogue import LINK, forget_catalogue, write_catalogue

GARDE = "/droits/prestations/garde-test"


@pytest.fixture
def on(monkeypatch):
    """`on(day)` is the day the pages are read."""

    def set_day(day: date) -> None:
        monkeypatch.setattr(pages, "today", lambda: day)

    return set_day


async def test_the_first_page_tells_what_this_is_and_leads_everywhere(browser, catalogue):
    home = await browser.get("/droits")
    assert home.status_code == 200
    for rubric in Rubric:
        assert f'href="/droits/rubriques/{rubric}"' in home.text
    for way in ("mes-droits", "simulateurs", "evenements/naissance"):
        assert f'href="/droits/{way}"' in home.text
    assert 'href="/contacts"' in home.text
    assert "2 prestations" in words(home)
    assert "Rien de ce que vous lisez ou saisissez ici n’est gardé" in words(home)


async def test_a_rubric_says_for_whom_each_benefit_is(browser, catalogue):
    rubric = await browser.get("/droits/rubriques/soutien-financier")
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", rubric.text)
    assert headings[:2] == ["Tout le monde", "Militaires"]
    assert f'href="{GARDE}"' in rubric.text
    assert RUBRIC[Rubric.finances] in words(rubric)


async def test_a_rubric_with_nothing_leads_on(browser, catalogue):
    assert "Rien dans cette rubrique" in words(await browser.get("/droits/rubriques/habitat"))


@pytest.mark.parametrize(
    "path", ["/droits/rubriques/autre", "/droits/prestations/autre", "/droits/evenements/mutation"]
)
async def test_what_does_not_exist_is_not_there(browser, catalogue, path):
    assert (await browser.get(path)).status_code == 404


async def test_a_sheet_says_everything_with_its_date_and_sources(browser, catalogue, on):
    on(date(2026, 11, 2))
    sheet = await browser.get(GARDE)
    said = words(sheet).replace("\u00a0", " ")
    for part in (
        "Aide à la garde de test", "À quoi ça sert", "Un enfant de moins de 6 ans", "La caisse verse 300 € par mois",
        "Le contrat de travail", "dès la première heure", "Vérifié le 1er novembre 2026", "La circulaire",
        "Caisse d’allocations familiales", "Tout le monde",
    ):  # fmt: skip
        assert part in said, part
    assert 'href="https://example.fr/demande"' in sheet.text
    assert 'href="/contacts?sujet=family"' in sheet.text
    assert 'href="/droits/evenements/naissance"' in sheet.text
    assert "<script>alert" not in sheet.text
    assert "https://site.test" + GARDE in sheet.text


@pytest.mark.parametrize(
    ("day", "is_shown"),
    [
        (date(2026, 11, 2), True),
        (date(2026, 11, 1) + timedelta(days=400), True),
        (date(2026, 11, 1) + timedelta(days=401), False),
        (date(2026, 3, 31), False),
    ],
)
async def test_a_figure_too_old_or_not_of_today_is_not_shown(browser, catalogue, on, day, is_shown):
    on(day)
    sheet = await browser.get(GARDE)
    assert ("€" in sheet.text) is is_shown
    assert ("Nous ne montrons pas de montant" in words(sheet)) is not is_shown
    assert ("La circulaire" in sheet.text) is is_shown
    assert "Le contrat de travail" in sheet.text


async def test_a_benefit_without_figure_has_no_heading_for_it(browser, catalogue):
    sheet = await browser.get("/droits/prestations/secours-test")
    assert "Combien" not in sheet.text


async def test_an_event_leads_through_its_steps_and_leaves_out_what_leads_nowhere(browser, catalogue):
    event = await browser.get("/droits/evenements/naissance")
    said = words(event)
    assert "Chercher qui garde" in said
    assert "dès le quatrième mois" in said
    assert f'href="{GARDE}"' in event.text
    assert 'href="/annonces?categorie=childcare&amp;type=offer"' in event.text
    assert 'href="/contacts?sujet=family"' in event.text
    assert "nowhere" not in event.text


async def test_an_event_shows_the_benefits_its_steps_do_not_name(browser, catalogue):
    write_catalogue(catalogue, secours_test=LINK.replace("checked_on", 'events = ["naissance"]\nchecked_on'))
    forget_catalogue()
    assert "/droits/prestations/secours-test" in (await browser.get("/droits/evenements/naissance")).text


async def test_the_site_s_own_guides_lead_somewhere_for_members_and_visitors(browser, anne):
    """Every link of every guide and sheet to a page of this site, followed."""
    found = set[str]()
    for path in (*(one.path for one in guides().values()), *(one.path for one in sheets().values())):
        main = (await browser.get(path)).text.split("<main", 1)[1].split("</main>", 1)[0]
        found |= {html.unescape(one) for one in re.findall(r'href="(/[^"#]*)', main)}
    await browser.sign_in(anne)
    answers = {path: (await browser.get(path)).status_code for path in sorted(found)}
    assert not {path: status for path, status in answers.items() if status != 200 and path != "/rejoindre"}


async def test_a_visitor_hears_how_many_neighbours_help_from_three(browser, catalogue, bilal):
    for number in range(2):
        await published(bilal, "childcare", kind="offer", title=f"Je garde le mercredi, {number}")
    page = words(await browser.get(GARDE))
    assert "avec ou sans aide officielle" in page
    await published(bilal, "childcare", kind="offer", title="Je garde le soir")
    forget_catalogue()
    page = await browser.get(GARDE)
    assert "3 annonces de membres" in words(page)
    assert "Je garde le soir" not in page.text


async def test_a_member_sees_ads_near_them_but_not_their_own_nor_of_who_blocked_them(browser, catalogue, anne, bilal):
    await published(bilal, "childcare", kind="offer", title="Je garde le soir")
    await published(anne, "childcare", kind="offer", title="Je garde à midi")
    await published(bilal, "childcare", kind="request", title="Je cherche le lundi")
    await browser.sign_in(anne)
    page = words(await browser.get(GARDE))
    assert "Je garde le soir" in page
    assert "Je garde à midi" not in page
    assert "Je cherche le lundi" not in page


async def test_visitors_cost_the_database_nothing(browser, catalogue):
    paths = ["/droits", "/droits/rubriques/enfants", GARDE, "/droits/evenements/naissance"]
    for path in paths:
        await browser.get(path)
    with Asked() as asked:
        for path in paths:
            await browser.get(path)
    assert asked.queries == 0


async def test_a_visitor_gets_no_cookie_and_a_page_that_may_be_kept(browser, catalogue):
    first = await browser.get(GARDE)
    assert "set-cookie" not in first.headers
    assert first.headers["cache-control"] == "public, max-age=60"
    again = await browser.get(GARDE, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304


async def test_a_page_and_its_styles_weigh_less_than_100_kb(browser):
    home = await browser.get("/droits")
    styles = re.search(r'href="(/static/[^"]+site\.css)"', home.text)
    assert styles
    weights = []
    for path in ("/droits", "/droits/rubriques/enfants", "/droits/prestations/cmg", styles[1]):
        async with browser.stream("GET", path, headers={"accept-encoding": "br"}) as answer:
            assert answer.headers["content-encoding"] == "br"
            weights.append(sum([len(chunk) async for chunk in answer.aiter_raw()]))
    assert max(weights[:-1]) + weights[-1] < 100 * 1024, weights
    assert "//fonts." not in home.text
    assert not re.findall(r'(?:src|href)="https?://[^"]+\.(?:js|css|woff2|png|jpg)"', home.text)
