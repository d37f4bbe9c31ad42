"""Slots in words: `lundi, mardi et jeudi`, `samedi 5 décembre`."""

from collections.abc import Collection

from babel.lists import format_list

from listings.schedules.schedule import Schedule
from listings.schedules.slots import slots_of


def has_slots(schedule: Schedule | None) -> bool:
    """Whether there is something to tick: an ad without days is taken as a whole."""
    return bool(slots_of(schedule)[0].key)


def in_words(schedule: Schedule | None, slots: Collection[str]) -> str:
    """In the order of the ad; nothing for an ad without days. Slots the ad no longer has are left out."""
    names = [slot.words for slot in slots_of(schedule) if slot.key and slot.key in slots]
    return " ; ".join(names) if any("," in name for name in names) else format_list(names, locale="fr")


def for_slots(schedule: Schedule | None, slots: Collection[str]) -> str:
    """` pour lundi et mardi`, or nothing."""
    said = in_words(schedule, slots)
    return f" pour {said}" if said else ""
