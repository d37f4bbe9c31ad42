"""From which place a list is read: a member's home, where they are moving to, or any commune they name."""

from typing import Any, NamedTuple, TypeVar

from litestar.datastructures import MultiDict

from listings.reading.narrowing import Around, Narrowing
from members.me import Me
from moving.places import places_of
from places.finding import suggest
from search.contract import Sort

LONGEST = 80
F = TypeVar("F", bound=Narrowing)


class Doubt(NamedTuple):
    """What was typed for a commune and fits none, or several: (label, address) of each."""

    typed: str
    places: tuple[tuple[str, str], ...]


def asked_by(me: Me, filters: F) -> F:
    """The filters of an address as they hold for this member: the sender of a link may be moving, its reader not."""
    return filters if len(places_of(me)) > 1 else filters.without("autour")


def choices_of(me: Me, filters: Narrowing) -> tuple[tuple[str, str, bool], ...]:
    """Name, address and whether it is chosen, for each of their places and the commune named; nothing for only one."""
    ways = (None, Around.there)[: len(places_of(me))]
    own = tuple(
        (place.name, _turned(filters, way).address(), not filters.commune and way == filters.autour)
        for place, way in zip(places_of(me), ways, strict=True)
    )
    named = ((filters.place.name, filters.address(), True),) if filters.place else ()
    return (*own, *named) if len(own) + len(named) > 1 else ()


def doubt_of(asked: MultiDict[Any], filters: Narrowing) -> Doubt | None:
    """None when the commune that was typed is understood, or none was."""
    typed = str(asked.get("commune") or "").strip()[:LONGEST]
    if not typed or filters.commune:
        return None
    meant = [filters.changed(commune=place.code, autour=None) for place in suggest(typed)]
    return Doubt(typed, tuple((one.place.label, one.address()) for one in meant if one.place))


def _turned(filters: F, way: Around | None) -> F:
    """There the nearest come first: the latest of the whole country would say nothing of the place."""
    turned = filters.around(way)
    if way and not (filters.q or filters.rayon or filters.departement or filters.region or filters.tri):
        return turned.changed(tri=Sort.nearest)
    return turned
