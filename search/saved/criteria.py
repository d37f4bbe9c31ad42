"""What a saved search asks of an ad, in a form in which one ad is compared with a hundred thousand searches.

Words and facets are one tsquery. Trying all of them would take a second: so each search stands in an index under a few
keys, one of which every ad it can find has too. A key joins a place (a department, a region or none) and one thing the
ad must say or be: of what is asked for, the one that has the fewest names.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import product

import msgspec

from places.communes import Place
from places.departments import department_of
from places.distance import within
from search.contract import CUMULATIVE, FACETS, Document, Near, Query
from search.postgres.wording import all_of, quoted
from search.words.forms import SHORT, clean, is_exact, is_short
from search.words.synonyms import Unit, units

MOST_KEYS = 80
"""Of one search. Beyond, the place is left out of them: the circle is compared anyway."""
TELLING = ("category", "deal", "kind", "type")
"""Facets that make a key where there are no words, the most telling first."""
ANYWHERE, ANYTHING = "", ""


class Criteria(msgspec.Struct, frozen=True, kw_only=True):
    """The derived columns of a saved search; `wanted` is a tsquery, empty without words or facets."""

    keys: tuple[str, ...]
    wanted: str
    lats: tuple[float, ...] = ()
    lons: tuple[float, ...] = ()
    kms: tuple[float, ...] = ()
    on_or_after: date | None = None
    on_or_before: date | None = None
    price_max_cents: int | None = None

    @classmethod
    def of(cls, query: Query, circles: Sequence[Near]) -> "Criteria":
        """`circles` stand for `query.near`: any of them will do. Sort, page and what is hidden are left aside."""
        asked = units(clean(query.words))
        return cls(
            keys=_keys(query, asked, circles),
            wanted=" & ".join([*_words(asked), *_facets(query)]),
            lats=tuple(circle.lat for circle in circles),
            lons=tuple(circle.lon for circle in circles),
            kms=tuple(circle.km or 0.0 for circle in circles),
            on_or_after=query.on_or_after,
            on_or_before=query.on_or_before,
            price_max_cents=query.price_max_cents,
        )


def facets_said(document: Document) -> list[str]:
    """What stands beside the words of an ad for `wanted` to be compared with."""
    return [f"{facet}:{value}" for facet in FACETS for value in document.values_of(facet)]


def keys_of(document: Document, stems: Iterable[str]) -> list[str]:
    """All the keys under which a search that finds this ad may stand. `stems` are those of its words."""
    said = {*stems}
    things = {
        ANYTHING,
        *map(_word, said),
        *(_beginning(stem) for stem in said if not is_short(stem)),
        *(f"{facet}:{value}" for facet in TELLING for value in document.values_of(facet)),
    }
    return [_key(place, thing) for place, thing in product(_places(document), things)]


def _places(document: Document) -> list[str]:
    named = [f"d{document.department}"] if document.department else []
    return [ANYWHERE, *named, *([f"r{document.region}"] if document.region else [])]


def _words(asked: Sequence[Unit]) -> list[str]:
    return [f"({all_of(asked)})"] if asked else []


def _facets(query: Query) -> Iterator[str]:
    for facet in FACETS:
        if values := query.chosen(facet):
            joined = " & " if facet in CUMULATIVE else " | "
            yield f"({joined.join(quoted(f'{facet}:{clean(value)}') for value in values)})"


def _keys(query: Query, asked: Sequence[Unit], circles: Sequence[Near]) -> tuple[str, ...]:
    things, places = _things(query, asked), _asked_places(query, circles)
    if len(things) * len(places) > MOST_KEYS:
        places = {ANYWHERE}
    return tuple(sorted(_key(place, thing) for place, thing in product(places, things)))


def _things(query: Query, asked: Sequence[Unit]) -> set[str]:
    if asked:
        return min(
            (_names(unit, is_last=unit is asked[-1]) for unit in asked), key=lambda names: (len(names), sorted(names))
        )
    chosen = ({f"{facet}:{value}" for value in query.chosen(facet)} for facet in TELLING)
    return next(filter(None, chosen), {ANYTHING})


def _names(unit: Unit, *, is_last: bool) -> set[str]:
    """One word of each name, of which an ad that has the name has that word too."""
    names = {_word(max(unit.stems, key=len)), *(_word(max(other, key=len)) for other in unit.others)}
    last = unit.words[-1]
    # The last word may be unfinished: then an ad has only its beginning.
    if is_last and not is_short(last) and not is_exact(last):
        names.add(_beginning(last))
    return names


def _asked_places(query: Query, circles: Sequence[Near]) -> set[str]:
    if query.department:
        return {f"d{query.department}"}
    if circles:
        return {f"d{code}" for circle in circles for code in _departments(circle)}
    return {f"r{query.region}"} if query.region else {ANYWHERE}


@lru_cache(maxsize=4096)
def _departments(circle: Near) -> frozenset[str]:
    """Those a circle touches, a kilometre more so that no rounding leaves one out."""
    centre = Place(code="", name="", department="", region="", postcodes=(), lat=circle.lat, lon=circle.lon)
    return frozenset(department_of(code).code for code in within(centre, (circle.km or 0) + 1) if code)


def _key(place: str, thing: str) -> str:
    return f"{place}|{thing}"


def _word(stem: str) -> str:
    return f"w{stem}"


def _beginning(word: str) -> str:
    return f"b{word[:SHORT]}"
