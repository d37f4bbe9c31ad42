"""A school run that stops with the school: written, read, found; its days over the autumn holidays."""

from listings.content import Content
from listings.schedules.occurrences import occurrences
from listings.tables import Listing
from places.zones import MAINLAND
from tests.helpers.ads import BODY
from tests.helpers.autumn import AFTER, BEFORE, FIRST, LAST
from tests.helpers.browser import words
from tests.helpers.jobs import run_jobs

RUN = {
    "kind": "request",
    "title": "Trajet d’école partagé",
    "body": BODY,
    "school": "Brest (29)",
    "seats": "2",
    "commune": "29200",
    "when": "weekly",
    "days": ["0", "1", "2", "3", "4"],
    "starts": "08:10",
    "ends": "08:40",
    "except": ["school", "public"],
}


async def _published(browser) -> str:
    begun = await browser.submit("/annonces/nouvelle", category="school_run")
    where = begun.headers["location"].removesuffix("/brouillon")
    await browser.follow(await browser.submit(f"{where}/brouillon", do="preview", **RUN))
    await browser.submit(f"{where}/publication")
    return where


async def test_a_parent_asks_for_a_school_run_outside_the_holidays(browser, anne):
    await browser.sign_in(anne)
    begun = await browser.submit("/annonces/nouvelle", category="school_run")
    where = begun.headers["location"].removesuffix("/brouillon")

    form = words(await browser.get(f"{where}/brouillon"))
    assert "Pas pendant les vacances scolaires" in form
    assert "Pas les jours fériés" in form

    preview = words(await browser.follow(await browser.submit(f"{where}/brouillon", do="preview", **RUN)))
    assert "de 8 h 10 à 8 h 40, hors vacances de la zone B et hors jours fériés" in preview
    assert "Prochaines dates" in preview

    again = await browser.get(f"{where}/brouillon")
    assert again.text.count('name="except"') == 2
    assert "zone B, celle de Brest" in words(again)


async def test_neighbours_read_the_pauses_on_the_card_and_on_the_page(browser, anne, bilal, index):
    await browser.sign_in(anne)
    where = await _published(browser)
    await run_jobs()
    await browser.sign_in(bilal)

    assert "hors vacances et jours fériés" in words(await browser.get("/annonces"))
    page = words(await browser.get(where))
    assert "hors vacances de la zone B et hors jours fériés" in page
    assert "Prochaines dates" in page


async def test_who_looks_for_help_during_the_holidays_does_not_find_it(browser, anne, bilal, index):
    await browser.sign_in(anne)
    where = await _published(browser)
    await run_jobs()
    await browser.sign_in(bilal)

    assert where in (await browser.get("/annonces?q=trajet")).text
    assert where not in (await browser.get("/annonces?q=vacances")).text


async def test_its_days_over_the_autumn_holidays_and_the_change_of_clocks(browser, anne):
    """Zone B in 2026: no school from 17 October to 1 November, clocks back on 25 October, 11 November off."""
    await browser.sign_in(anne)
    where = await _published(browser)
    row = await Listing.select().where(Listing.id == where.rsplit("/", 1)[1]).first()

    days = occurrences(Content.of(row).schedule, MAINLAND, FIRST, LAST)

    assert [one.day for one in days] == BEFORE + AFTER
    assert {f"{one.starts:%H:%M}–{one.ends:%H:%M}" for one in days} == {"08:10–08:40"}
    assert {one.starts.utcoffset() for one in days if one.day in BEFORE} != {
        one.starts.utcoffset() for one in days if one.day in AFTER
    }
