"""What a document says of an ad, and what it never says."""

from datetime import date, time

import pytest

from app import database
from app.dates import today
from listings.schedules.schedule import Schedule, Slot, Weekly
from search.contract import DocumentType, Period
from search.documents.ads import Ads, soonest, tells_an_absence
from tests.helpers.ads import content, in_days, published
from tests.helpers.homes import a_home

MONDAY = date(2026, 11, 23)
WEEK = Schedule(weekly=Weekly(days=(1, 3), starts=time(16, 30), ends=time(18, 30)))


async def document(listing):
    (found,) = await Ads().documents([str(listing.id)])
    return found


async def test_a_week_says_its_days_and_the_parts_of_the_day_it_reaches_into(anne):
    found = await document(await published(anne, schedule=WEEK))
    assert found.days == (1, 3)
    assert found.periods == (Period.afternoon, Period.evening)
    assert found.soonest_on is not None and found.soonest_on >= today()
    assert found.soonest_on.weekday() in (1, 3)


async def test_dates_say_their_days_of_the_week(anne):
    slots = (Slot(on=in_days(3), starts=time(8), ends=time(12)), Slot(on=in_days(10), starts=time(19)))
    found = await document(await published(anne, schedule=Schedule(slots=slots)))
    assert found.days == (in_days(3).weekday(),)
    assert found.periods == (Period.morning, Period.evening)
    assert (found.starts_on, found.ends_on, found.soonest_on) == (in_days(3), in_days(10), in_days(3))


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        (time(8), time(12), (Period.morning,)),
        (time(8), time(12, 30), (Period.morning, Period.afternoon)),
        (time(8), None, (Period.morning,)),
        (time(12), time(18), (Period.afternoon,)),
        (time(9), time(20), (Period.morning, Period.afternoon, Period.evening)),
        (time(20), time(2), (Period.evening,)),
        (None, None, ()),
    ],
)
async def test_hours_reach_into_parts_of_the_day(anne, starts, ends, said):
    slot = Slot(on=in_days(3), starts=starts, ends=ends)
    assert (await document(await published(anne, schedule=Schedule(slots=(slot,))))).periods == said


@pytest.mark.parametrize(
    ("category", "given"),
    [
        ("pet_care", {}),
        ("helping_hand", {"title": "Arroser nos plantes", "body": "Pendant notre absence, merci à vous tous."}),
        ("helping_hand", {"title": "Relever le courrier"}),
    ],
)
async def test_days_on_which_a_home_is_empty_are_in_no_filter_no_order_and_no_words(anne, category, given):
    slots = (Slot(on=date(2027, 8, 3), starts=time(8)), Slot(on=date(2027, 8, 4)))
    found = await document(await published(anne, category, schedule=Schedule(slots=slots), **given))
    assert (found.starts_on, found.ends_on, found.soonest_on, found.days, found.periods) == (None, None, None, (), ())
    assert "août" not in found.words


async def test_days_of_who_offers_to_look_after_animals_are_said(anne):
    found = await document(await published(anne, "pet_care", kind="offer", schedule=WEEK))
    assert found.days == (1, 3)


async def test_a_day_by_which_it_is_wanted_that_tells_of_an_absence_is_not_said_either(anne):
    found = await document(await published(anne, "pet_care", wanted_by=in_days(9)))
    assert found.soonest_on is None
    assert (await document(await published(anne, "childcare", wanted_by=in_days(9)))).soonest_on == in_days(9)


async def test_a_removal_van_is_no_absence():
    assert not tells_an_absence(content("helping_hand", title="Porter un canapé"))
    assert tells_an_absence(content("helping_hand", title="Fermer les volets le soir"))


async def test_the_next_day_moves_on_with_time():
    slots = Schedule(slots=(Slot(on=date(2026, 11, 20)), Slot(on=date(2026, 11, 25)), Slot(on=date(2026, 12, 2))))
    said = content(schedule=slots)
    assert soonest(said, MONDAY) == date(2026, 11, 25)
    assert soonest(said, date(2026, 11, 26)) == date(2026, 12, 2)
    assert soonest(said, date(2027, 1, 1)) == date(2026, 12, 2), "the day that was"
    assert soonest(content(schedule=WEEK), MONDAY) == date(2026, 11, 24)
    later = Schedule(weekly=Weekly(days=(0,), since=date(2027, 3, 3)))
    assert soonest(content(schedule=later), MONDAY) == date(2027, 3, 8)


async def test_where_nothing_is_planned_no_day_is_said(anne):
    found = await document(await published(anne, "classifieds"))
    assert (found.days, found.periods, found.soonest_on) == ((), (), None)
    assert (found.region, found.department, found.commune) == ("53", "29", "29019")
    assert "Brest" in found.words


async def test_a_home_says_what_it_is_and_allows(anne):
    home = await a_home(
        anne,
        home_kind="flat",
        sleeps=4,
        settings=["sea", "town"],
        amenities=["wifi", "cot"],
        access=["step_free", "lift"],
        pets_welcome=True,
        smoking=False,
        week_room=True,
        house_rules="Les chaussures restent dans l’entrée.",
    )
    found = await document(home)
    assert (found.type, found.kind, found.sleeps) == (DocumentType.home, "flat", 4)
    assert found.path == f"/logements/{home.id}"
    assert set(found.traits) == {
        *("kind_flat", "setting_sea", "setting_town", "step_free", "lift", "wifi", "cot"),
        *("pets_welcome", "no_smoking", "week_room"),
    }
    for said in ("Appartement", "mer", "de plain-pied", "lit de bébé", "animaux bienvenus", "chaussures", "Finistère"):
        assert said in found.words


async def test_a_home_is_not_found_by_what_it_refuses(anne):
    found = await document(await a_home(anne, pets_welcome=False, smoking=True, week_room=False))
    assert not {"pets_welcome", "no_smoking", "week_room"} & set(found.traits)
    assert "animaux" not in found.words.lower()
    assert "semaine" not in found.words.lower()


async def test_a_home_never_says_a_day_whatever_its_row_holds(anne):
    home = await a_home(anne)
    await database.execute(
        "UPDATE listing SET wanted_by = $2, price_cents = 500, schedule = $3::text::json WHERE id = $1",
        home.id,
        in_days(3),
        f'{{"slots": [{{"on": "{in_days(3)}"}}]}}',
    )
    found = await document(home)
    assert (found.starts_on, found.ends_on, found.soonest_on, found.price_cents) == (None, None, None, None)
    assert (found.days, found.periods) == ((), ())


async def test_a_home_whose_sheet_cannot_be_read_is_not_found_and_keeps_no_other_from_it(anne, bilal):
    home, other = await a_home(anne), await a_home(bilal)
    await database.execute("UPDATE listing SET details = '{}' WHERE id = $1", home.id)
    found = await Ads().documents([str(home.id), str(other.id)])
    assert [one.id for one in found] == [str(other.id)]
