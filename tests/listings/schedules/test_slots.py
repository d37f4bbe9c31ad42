"""What a helper may take of an ad."""

from datetime import date, time

from listings.schedules.schedule import Schedule, Slot, Weekly
from listings.schedules.slots import SlotName, slots_of


async def test_an_ad_without_days_is_one_slot():
    assert [slot.key for slot in slots_of(None)] == [""]
    assert [slot.key for slot in slots_of(Schedule())] == [""]


async def test_a_week_has_its_days():
    assert slots_of(Schedule(weekly=Weekly(days=(1, 3)))) == (SlotName("1", "mardi"), SlotName("3", "jeudi"))


async def test_dates_are_slots_and_two_times_of_one_day_are_one():
    day = date(2030, 12, 5)
    schedule = Schedule(
        slots=(
            Slot(on=date(2030, 12, 7)),
            Slot(on=day, starts=time(9), ends=time(12)),
            Slot(on=day, starts=time(14)),
        )
    )

    assert [(slot.key, slot.words.replace("\xa0", " ")) for slot in slots_of(schedule)] == [
        ("2030-12-05", "jeudi 5 décembre 2030, de 9 h à 12 h et 14 h"),
        ("2030-12-07", "samedi 7 décembre 2030"),
    ]
    assert len(slots_of(schedule)) == schedule.size
