"""Browsing and searching: what is there is found at once, narrowed, counted, shared; what is over is gone."""

from datetime import UTC, datetime, timedelta
from time import monotonic

from listings.schedules.schedule import Schedule, Slot
from tests.helpers.ads import in_days, pending, published
from tests.helpers.browser import words
from tests.helpers.finding import found, marked, numbers, search, suggested


async def test_what_is_published_is_found_within_two_seconds_and_lost_when_closed(
    browser, another_browser, index, anne, bilal
):
    ad = await published(anne, "classifieds", title="Poussette pliante")
    await browser.sign_in(bilal)
    began = monotonic()
    assert found(await search(browser, q="poussette")) == ["Poussette pliante"]
    assert monotonic() - began < 2

    await another_browser.sign_in(anne)
    await another_browser.submit(f"/annonces/{ad.id}/cloture", outcome="fulfilled")
    page = await search(browser, q="poussette")
    assert found(page) == []
    assert "Publier une annonce" in words(page)
    assert "Poussette" not in await suggested(browser, "pouss")


async def test_what_waits_is_not_found_not_even_by_its_author(browser, index, anne):
    await pending(anne, title="Nounou du mercredi")
    await browser.sign_in(anne)
    assert found(await search(browser, q="nounou")) == []


async def test_accents_typos_and_other_words_find_too(browser, index, anne, bilal):
    await published(anne, "childcare", title="Garde d’enfants le mercredi")
    await published(anne, "classifieds", title="Vélo électrique", body="Presque neuf, freins changés cet été.")
    await browser.sign_in(bilal)
    for typed, title in (
        ("velos electriques", "Vélo électrique"),
        ("vélo électriqe", "Vélo électrique"),
        ("nounou", "Garde d’enfants le mercredi"),
        ("baby-sitter", "Garde d’enfants le mercredi"),
    ):
        page = await search(browser, q=typed)
        assert found(page)[:1] == [title], typed
    page = await search(browser, q="velos")
    assert "Vélo" in marked(page)


async def test_ads_are_narrowed_by_category_kind_department_distance_and_day(browser, index, anne, bilal):
    day = Schedule(slots=(Slot(on=in_days(10)),))
    await published(anne, "childcare", title="Garde à Brest", schedule=day)
    await published(anne, "rides", title="Trajet de Quimper", commune="29232", kind="offer")
    await published(anne, "pet_care", title="Chat à Rennes", commune="35238")
    await browser.sign_in(bilal)  # lives in Quimper

    everything = await search(browser)
    assert len(found(everything)) == 3
    for asked, titles in (
        ({"categorie": "rides"}, {"Trajet de Quimper"}),
        ({"type": "request"}, {"Garde à Brest", "Chat à Rennes"}),
        ({"departement": "35"}, {"Chat à Rennes"}),
        ({"rayon": 10}, {"Trajet de Quimper"}),
        ({"rayon": 100}, {"Trajet de Quimper", "Garde à Brest"}),
        ({"du": in_days(9).isoformat(), "au": in_days(11).isoformat(), "categorie": "childcare"}, {"Garde à Brest"}),
        ({"du": in_days(20).isoformat(), "categorie": "childcare"}, set()),
    ):
        assert set(found(await search(browser, **asked))) == titles, asked
    nearest = await search(browser, tri="nearest")
    assert found(nearest) == ["Trajet de Quimper", "Garde à Brest", "Chat à Rennes"]


async def test_each_filter_says_how_many_it_would_leave(browser, index, anne, bilal):
    for _ in range(3):
        await published(anne, "childcare")
    await published(anne, "pet_care", commune="35238", kind="offer")
    await browser.sign_in(bilal)

    counts = numbers(await search(browser))
    assert (counts["childcare"], counts["pet_care"], counts["rides"]) == (3, 1, 0)
    assert (counts["request"], counts["offer"]) == (3, 1)
    assert (counts["29"], counts["35"]) == (3, 1)
    there = numbers(await search(browser, departement="35"))
    assert (there["childcare"], there["pet_care"]) == (0, 1)


async def test_results_are_paged_and_every_page_has_its_address(browser, another_browser, index, anne, bilal):
    now = datetime.now(UTC)
    for number in range(30):
        await published(anne, "tips", title=f"Astuce numéro {number:02}", published_at=now - timedelta(minutes=number))
    await browser.sign_in(bilal)

    first = await search(browser, q="astuce", tri="newest")
    assert "30 annonces" in words(first)
    second = await search(browser, q="astuce", tri="newest", page=2)
    assert found(first)[0] == "Astuce numéro 00"
    assert len(set(found(first)) | set(found(second))) == 30
    assert not set(found(first)) & set(found(second))

    await another_browser.sign_in(anne)  # who is sent the address sees the same
    assert found(await search(another_browser, q="astuce", tri="newest", page=2)) == found(second)


async def test_suggestions_come_from_categories_titles_and_places(browser, index, anne, bilal):
    await published(anne, "classifieds", title="Tondeuse à gazon")
    await browser.sign_in(bilal)
    await search(browser)
    assert "Tondeuse à gazon" in await suggested(browser, "tond")
    assert "Covoiturage" in await suggested(browser, "covoit")
    assert "Brest" in await suggested(browser, "brest")
    assert "Tondeuse" not in await suggested(browser, "t")


async def test_a_visitor_reads_no_ads(browser, anne):
    await published(anne)
    for path in ("/annonces", "/annonces?q=garde", "/suggestions?q=garde"):
        assert (await browser.get(path)).headers["location"].startswith("/connexion")
