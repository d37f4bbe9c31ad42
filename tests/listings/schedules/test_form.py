"""The two pauses of a weekly need in the form of an ad: whose holidays, kept as typed, read back."""

import pytest

from app.dates import in_words
from listings.content import Content
from listings.schedules.next_dates import next_dates
from listings.schedules.occurrences import kept_days
from listings.schedules.schedule import Schedule, Slot
from listings.tables import Listing
from places.school_zones import SchoolZone
from places.zones import today_in
from tests.helpers.ads import BODY, draft, in_days, published
from tests.helpers.browser import words

HERE = "/annonces/{}/brouillon"
WEEK = {"when": "weekly", "days": ["1", "3"], "starts": "16:30"}
RUN = {"kind": "request", "title": "Trajet partagé", "body": BODY, "seats": "2"}
BOTH = {"except": ["school", "public"]}


async def weekly_of(ad):
    row = await Listing.select().where(Listing.id == ad.id).first()
    schedule = Content.of(row).schedule
    return schedule and schedule.weekly


def ticked(page, value: str) -> bool:
    return f'name="except" id="except{"-2" if value == "public" else ""}" value="{value}" checked' in page.text


@pytest.mark.parametrize(
    ("school", "commune", "zone", "department"),
    [
        ("Quimper (29)", "Brest (29)", SchoolZone.b, "29"),
        ("Bordeaux (33)", "Brest (29)", SchoolZone.a, "33"),
        ("Ajaccio (2A)", "Brest (29)", SchoolZone.corse, "2A"),
        ("Saint-Denis (974)", "Paris (75)", SchoolZone.reunion, "974"),
        ("", "Toulouse (31)", SchoolZone.c, "31"),
    ],
)
async def test_the_holidays_are_those_of_the_school_else_of_the_ad(browser, anne, school, commune, zone, department):
    ad = await draft(anne, "school_run", details={})
    await browser.sign_in(anne)

    await browser.submit(HERE.format(ad.id), do="save", school=school, commune=commune, **RUN, **WEEK, **BOTH)

    weekly = await weekly_of(ad)
    assert (weekly.except_holidays, weekly.except_public_holidays, weekly.department) == (zone, True, department)


async def test_what_was_ticked_is_there_when_one_comes_back(browser, anne):
    ad = await draft(anne, "childcare")
    await browser.sign_in(anne)
    where = HERE.format(ad.id)

    for asked in (["school"], ["public"], ["school", "public"], []):
        await browser.submit(where, do="save", commune="29200", title="Garde", **WEEK, **{"except": asked})
        page = await browser.get(where)
        assert [ticked(page, "school"), ticked(page, "public")] == ["school" in asked, "public" in asked], asked


async def test_what_was_ticked_stays_when_another_field_is_wrong(browser, anne):
    ad = await draft(anne, "school_run")
    await browser.sign_in(anne)

    page = await browser.submit(
        HERE.format(ad.id), do="save", school="Brest (29)", commune="Brest (29)", **RUN, **WEEK, **BOTH, ends="15:00"
    )

    assert page.status_code == 422
    assert 'id="ends-error"' in page.text
    assert ticked(page, "school") and ticked(page, "public")
    assert "zone B, celle de Brest" in words(page)


async def test_the_zone_follows_the_commune_when_it_changes(browser, anne):
    ad = await published(anne, "childcare")
    await browser.sign_in(anne)
    same = {"kind": "request", "title": ad.title, "body": BODY, "children": "2", "ages": ["toddler"], "home": "theirs"}
    where = f"/annonces/{ad.id}/modification"

    for commune, zone in (("Brest (29)", SchoolZone.b), ("Lyon (69)", SchoolZone.a)):
        answer = await browser.submit(where, do="send", commune=commune, **same, **WEEK, **BOTH)
        assert answer.status_code == 303, words(answer)
        assert (await weekly_of(ad)).except_holidays is zone


async def test_without_a_commune_the_form_asks_for_one(browser, anne):
    ad = await draft(anne, "childcare", commune=None)
    await browser.sign_in(anne)

    page = await browser.submit(HERE.format(ad.id), do="save", commune="", title="Garde du soir", **WEEK, **BOTH)

    assert page.status_code == 422
    assert 'id="except-error"' in page.text
    assert "les dates des vacances en dépendent" in words(page)
    assert ticked(page, "school")
    assert await weekly_of(ad) is None


async def test_public_holidays_alone_need_no_commune_to_be_kept(browser, anne):
    ad = await draft(anne, "childcare", commune=None)
    await browser.sign_in(anne)

    await browser.submit(HERE.format(ad.id), do="save", commune="", **WEEK, **{"except": ["public"]})

    assert (await weekly_of(ad)).except_public_holidays


@pytest.mark.parametrize("sent", ["zone-b", "", "<script>", "school\x00"])
async def test_an_unknown_pause_is_none(browser, anne, sent):
    ad = await draft(anne, "childcare")
    await browser.sign_in(anne)

    await browser.submit(HERE.format(ad.id), do="save", commune="29200", **WEEK, **{"except": [sent]})

    weekly = await weekly_of(ad)
    assert (weekly.except_holidays, weekly.except_public_holidays) == (None, False)


async def test_a_new_school_run_pauses_with_the_school_unless_one_says_otherwise(browser, anne):
    run, care = await draft(anne, "school_run"), await draft(anne, "childcare")
    await browser.sign_in(anne)

    page = await browser.get(HERE.format(run.id))
    assert ticked(page, "school") and ticked(page, "public")
    assert not ticked(await browser.get(HERE.format(care.id)), "school")

    await browser.submit(HERE.format(run.id), do="save", school="Brest (29)", commune="29200", **RUN, **WEEK)
    assert not ticked(await browser.get(HERE.format(run.id)), "school")


@pytest.mark.parametrize(
    ("category", "given", "said"),
    [
        ("childcare", {}, "zone B, celle de Brest"),
        ("school_run", {"details": {"school": "33063"}}, "zone A, celle de Bordeaux"),
        ("school_run", {"details": {}}, "celles de la commune de l’école"),
        ("childcare", {"commune": None}, "celles de la commune de l’annonce"),
        ("childcare", {"commune": "97411"}, "calendrier de La Réunion"),
        ("childcare", {"commune": "97105"}, "calendrier de Guadeloupe : pas encore connu"),
    ],
)
async def test_the_form_says_whose_holidays_they_are(browser, anne, category, given, said):
    ad = await draft(anne, category, **given)
    await browser.sign_in(anne)

    assert said in words(await browser.get(HERE.format(ad.id)))


async def test_single_dates_have_no_pauses(browser, anne):
    ad = await draft(anne, "childcare")
    await browser.sign_in(anne)

    await browser.submit(
        HERE.format(ad.id), do="save", commune="29200", when="dates", **{"on-1": in_days(3).isoformat()}, **BOTH
    )

    row = await Listing.select().where(Listing.id == ad.id).first()
    schedule = Content.of(row).schedule
    assert schedule.weekly is None
    assert len(schedule.slots) == 1


async def test_the_page_of_the_ad_says_the_next_dates(browser, anne, bilal):
    ad = await draft(anne, "school_run")
    await browser.sign_in(anne)
    await browser.submit(
        HERE.format(ad.id), do="save", school="Brest (29)", commune="Brest (29)", **RUN, **WEEK, **BOTH
    )
    weekly = await weekly_of(ad)
    online = await published(anne, "school_run", schedule=Content.of(await _row(ad)).schedule)
    await browser.sign_in(bilal)

    said = words(await browser.get(f"/annonces/{online.id}"))

    today = today_in("29")
    first, *_ = kept_days(weekly, today, in_days(120))
    assert "Chaque mardi et jeudi, 16 h 30, hors vacances de la zone B et hors jours fériés" in said
    assert "Prochaines dates" in said
    assert in_words(first) in said.lower()
    for _, value in next_dates(Content.of(await _row(online)), today):
        assert value.lower().replace("\xa0", " ") in said.lower()


async def _row(ad):
    return await Listing.select().where(Listing.id == ad.id).first()


async def test_many_dates_are_counted_then_named(browser, anne, bilal):
    slots = tuple(Slot(on=in_days(day)) for day in (2, 4, 6, 8))
    ad = await published(anne, "helping_hand", schedule=Schedule(slots=slots))
    await browser.sign_in(bilal)

    said = words(await browser.get(f"/annonces/{ad.id}")).lower()

    assert "quand 4 dates, à partir du" in said
    assert "autres dates" not in said
    assert all(in_words(slot.on) in said.split("dates à venir")[1] for slot in slots)
