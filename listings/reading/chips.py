"""The filters in force, in words: what a list is narrowed by, and what a saved search is called."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from app.dates import DAYS
from app.french import of
from app.labels import number
from listings.kinds import CATEGORY, DEAL, KIND
from listings.reading.filters import Filters
from listings.reading.narrowing import Narrowing
from places.communes import commune
from places.departments import department, region
from search.contract import Period

PERIODS = {Period.morning: "Le matin", Period.afternoon: "L’après-midi", Period.evening: "Le soir"}
HAS_PHOTO = "Avec photo"
HAS_HELPED = "Par une personne qui a déjà aidé"

F = TypeVar("F", bound=Narrowing)
Words = Mapping[str, Callable[[Any], str]]


def chips_of(filters: Filters, address: Callable[[Filters], str] = Filters.address) -> tuple[tuple[str, str], ...]:
    """Each filter in words, with the address of the list without it, or of another page."""
    return tuple((words, address(without)) for words, without in in_words(filters))


def in_words(filters: Filters) -> Iterator[tuple[str, Filters]]:
    """Each filter in words, and the filters without it."""
    return said_with(filters, _WORDS, _EACH)


def said_with(filters: F, words: Words, each: Words) -> Iterator[tuple[str, F]]:
    """Each filter by its words, those of several values by those of `each`, and the filters without it."""
    for field in filters.__struct_fields__:
        value = getattr(filters, field)
        if value and field in words:
            yield words[field](value), filters.without(field)
        elif value and field in each:
            for one in value:
                yield each[field](one), _less(filters, field, one)


def _less(filters: F, name: str, value: object) -> F:
    return filters.changed(**{name: tuple(one for one in getattr(filters, name) if one != value)})


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


OF_A_PLACE: Words = {
    "q": lambda words: f"« {words} »",
    "region": _region,
    "departement": _department,
    "commune": _place,
    "rayon": lambda km: f"À moins de {km} km",
}
_WORDS: Words = {
    **OF_A_PLACE,
    "categorie": lambda category: CATEGORY[category],
    "type": lambda kind: KIND[kind],
    "nature": lambda deal: DEAL[deal],
    "du": lambda day: f"À partir du {_day(day)}",
    "au": lambda day: f"Jusqu’au {_day(day)}",
    "prix_max": lambda euros: f"{number(euros)} € au plus",
    "photos": lambda _: HAS_PHOTO,
    "aide": lambda _: HAS_HELPED,
}
_EACH: Words = {
    "jours": lambda day: DAYS[day].capitalize(),
    "moments": lambda period: PERIODS[period],
}
