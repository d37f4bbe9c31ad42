"""The filters in force, in words: what a list is narrowed by, and what a saved search is called."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import msgspec

from app.dates import DAYS
from app.french import of
from app.labels import number
from listings.kinds import CATEGORY, DEAL, KIND
from listings.reading.filters import Filters
from places.communes import commune
from places.departments import department, region
from search.contract import Period

PERIODS = {Period.morning: "Le matin", Period.afternoon: "L’après-midi", Period.evening: "Le soir"}
HAS_PHOTO = "Avec photo"
HAS_HELPED = "Par une personne qui a déjà aidé"


def chips_of(filters: Filters, address: Callable[[Filters], str] = Filters.address) -> tuple[tuple[str, str], ...]:
    """Each filter in words, with the address of the list without it, or of another page."""
    return tuple((words, address(without)) for words, without in in_words(filters))


def in_words(filters: Filters) -> Iterator[tuple[str, Filters]]:
    """Each filter in words, and the filters without it."""
    for field in filters.__struct_fields__:
        value = getattr(filters, field)
        if value and field in _WORDS:
            yield _WORDS[field](value), filters.without(field)
        elif value and field in _EACH:
            for one in value:
                yield _EACH[field](one), _less(filters, field, one)


def _less(filters: Filters, name: str, value: object) -> Filters:
    return msgspec.structs.replace(filters, **{name: tuple(one for one in getattr(filters, name) if one != value)})


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _place(code: str) -> str:
    found = commune(code)
    return f"Autour {of(found.name)}" if found else code


def _department(code: str) -> str:
    found = department(code)
    return found.label if found else code


def _region(code: str) -> str:
    found = region(code)
    return found.name if found else code


_WORDS: dict[str, Callable[[Any], str]] = {
    "q": lambda words: f"« {words} »",
    "categorie": lambda category: CATEGORY[category],
    "type": lambda kind: KIND[kind],
    "nature": lambda deal: DEAL[deal],
    "region": _region,
    "departement": _department,
    "commune": _place,
    "rayon": lambda km: f"À moins de {km} km",
    "du": lambda day: f"À partir du {_day(day)}",
    "au": lambda day: f"Jusqu’au {_day(day)}",
    "prix_max": lambda euros: f"{number(euros)} € au plus",
    "photos": lambda _: HAS_PHOTO,
    "aide": lambda _: HAS_HELPED,
}
_EACH: dict[str, Callable[[Any], str]] = {
    "jours": lambda day: DAYS[day].capitalize(),
    "moments": lambda period: PERIODS[period],
}
