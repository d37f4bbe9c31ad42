"""From which of a member's two places a list is read: home, or where they are moving to."""

from typing import Any

import msgspec
from litestar.datastructures import MultiDict

from listings.reading.filters import Around, Filters
from members.me import Me
from moving.places import places_of
from search.contract import Sort


def asked_by(me: Me, asked: MultiDict[Any]) -> Filters:
    """The filters of an address as they hold for this member: the sender of a link may be moving, its reader not."""
    filters = Filters.of(asked)
    return filters if len(places_of(me)) > 1 else filters.around(None)


def choices_of(me: Me, filters: Filters) -> tuple[tuple[str, str, bool], ...]:
    """Name, address and whether it is chosen, for each of their places; nothing for who has one."""
    ways = (None, Around.there)[: len(places_of(me))]
    if len(ways) == 1:
        return ()
    return tuple(
        (place.name, _turned(filters, way).address(), way == filters.autour)
        for place, way in zip(places_of(me), ways, strict=True)
    )


def _turned(filters: Filters, way: Around | None) -> Filters:
    """There the nearest come first: the latest of the whole country would say nothing of the place."""
    turned = filters.around(way)
    if way and not (filters.q or filters.rayon or filters.departement or filters.tri):
        return msgspec.structs.replace(turned, tri=Sort.nearest)
    return turned
