"""What a helper may take of an ad: the whole of it, certain days of every week, or certain dates."""

import msgspec

from app.dates import DAYS, in_words
from listings.schedules.schedule import Schedule, Slot, hours_in_words


class SlotName(msgspec.Struct, frozen=True):
    """`key` is `""` for the whole ad, `"0"`–`"6"` for a day of the week (0 is Monday), or a date, `"2026-12-05"`."""

    key: str
    words: str


def slots_of(schedule: Schedule | None) -> tuple[SlotName, ...]:
    """In the order of the week or of the dates. Never empty: an ad without days is one slot."""
    if schedule and schedule.weekly:
        return tuple(SlotName(str(day), DAYS[day]) for day in schedule.weekly.days)
    if schedule and schedule.slots:
        return tuple(SlotName(key, _in_words(of_day)) for key, of_day in _by_day(schedule).items())
    return (SlotName("", "à convenir ensemble"),)


def _by_day(schedule: Schedule) -> dict[str, list[Slot]]:
    days: dict[str, list[Slot]] = {}
    for slot in schedule.slots:
        days.setdefault(slot.on.isoformat(), []).append(slot)
    return dict(sorted(days.items()))


def _in_words(of_day: list[Slot]) -> str:
    hours = " et".join(hours_in_words(slot.starts, slot.ends).removeprefix(",") for slot in of_day if slot.starts)
    return in_words(of_day[0].on) + (f",{hours}" if hours else "")
