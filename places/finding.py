"""From what a person types to a place: a name, a postcode, both, a former name, with a slip of the finger or not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from places.areas import Area, area_at_end, area_named, rows_in
from places.communes import Place, table
from places.folding import fold
from places.names import ARTICLES, names, searchable
from places.postcodes import rows_with

_LONGEST = 80
_VILLAGE = 2_000
_NOISE = re.compile(r"\bcedex\b.*|\b(?:arrondissement|arrdt|ardt|arr|armees|naval)\b")
_LABEL = re.compile(r"^(?P<name>.+)\((?:(?P<now>.+), *)?(?P<department>\w{2,3})\)$")


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed, taken apart: folded words, and a postcode (or its beginning) if there was one."""

    words: str
    postcode: str


def suggest(typed: str, limit: int = 8) -> list[Place]:
    """The places a person may mean, the likeliest first; a former or familiar name shows in the place's label.

    Empty when nothing looks like it. A few milliseconds at most, whatever is typed.
    """
    labelled = _labelled(typed)
    if labelled:
        return labelled[:limit]
    asked = _take_apart(typed)
    if not asked.words:
        return _distinct(_by_postcode(asked.postcode), limit) if asked.postcode else []
    found: list[Place] = []
    for wanted, words in _readings(asked):
        found = found or _distinct(_named(words, wanted), limit)
    return _distinct(chain(found, _misspelt(asked)), limit) if _looks_misspelt(asked, found) else found


def resolve(text: str) -> Place | None:
    """The one place meant by "Brest", "29200 Brest", "Brest (29)", "97400" or a label; None if none or in doubt."""
    labelled = _labelled(text)
    if labelled:
        return _only(labelled)
    asked = _take_apart(text)
    if not asked.words:
        return _only(map(names().place, rows_with(asked.postcode))) if len(asked.postcode) == 5 else None
    for wanted, words in _readings(asked):
        exact = [entry for entry in _exactly(words) if wanted(names().row(entry))]
        exact = exact or [entry for entry in names().beginning(words) if wanted(names().row(entry))]
        if exact:
            return _beyond_doubt(words, exact)
    return None


def prepare() -> None:
    """Reads the data and builds the indexes now rather than at the first search (about a tenth of a second)."""
    names()
    rows_with("0")


def _beyond_doubt(words: str, entries: list[int]) -> Place | None:
    """The place of the only name of today among the entries, unless a bigger place or a department is known by it."""
    index = names()
    own = [entry for entry in entries if entry < index.own] or entries
    place = _only(map(index.place, own))
    row = index.row(own[0])
    bigger = any(index.row(entry) < row for entry in entries)
    village_or_area = area_named(words) and table().populations[row] < _VILLAGE
    return None if bigger or village_or_area else place


def _take_apart(typed: str) -> _Typed:
    words = _NOISE.sub("", searchable(typed[:_LONGEST].replace("\n", " "))).split()
    for at in (0, -1):
        if words and words[at].isdigit() and (len(words[at]) == 5 or (at == 0 and len(words[at]) < 5)):
            postcode = words.pop(at)
            return _Typed(" ".join(words), postcode)
    return _Typed(" ".join(words), "")


def _readings(asked: _Typed) -> Iterator[tuple[Callable[[int], bool], str]]:
    """Ways to understand it, the strictest first: a test that a row must pass, and the words of the name."""
    codes = table().codes
    if asked.postcode:
        rows = frozenset(rows_with(asked.postcode))
        yield rows.__contains__, asked.words
        # A postcode of a post office or of a big organisation (cedex) still tells the department.
        area: Area = (asked.postcode[:3] if asked.postcode.startswith(("97", "98")) else asked.postcode[:2],)
        yield (lambda row: codes[row].startswith(area)), asked.words
    else:
        yield (lambda row: True), asked.words
    parts = area_at_end(asked.words)
    if parts:
        name, named_area = parts
        yield (lambda row: codes[row].startswith(named_area)), name


def _by_postcode(postcode: str) -> Iterator[Place]:
    rows: Iterable[int] = rows_with(postcode)
    if not rows:
        rows = rows_in((postcode[:3] if postcode.startswith(("97", "98")) else postcode[:2],))
    return map(names().place, rows)


def _named(words: str, wanted: Callable[[int], bool]) -> Iterator[Place]:
    index = names()
    return (index.place(entry) for entry in _ranked(words) if wanted(index.row(entry)))


def _ranked(words: str) -> Iterator[int]:
    """Entries by how well they match: the name itself, a department of that name, a beginning, words of it."""
    index, populations = names(), table().populations
    exact = _exactly(words)
    towns = [entry for entry in exact if entry < index.own and populations[entry] >= _VILLAGE]
    yield from towns
    area = area_named(words)
    if area:
        yield from islice(rows_in(area), 5)
    yield from sorted(exact, key=index.row)
    yield from index.beginning(words)
    for article in ARTICLES:
        yield from index.beginning(article + words)
    yield from index.holding(words.split())


def _exactly(words: str) -> list[int]:
    index = names()
    return index.exactly(words) or sorted(entry for article in ARTICLES for entry in index.exactly(article + words))


def _looks_misspelt(asked: _Typed, found: list[Place]) -> bool:
    if len(asked.words) < 4 or any(letter.isdigit() for letter in asked.words):
        return False
    return not found or (len(found) < 3 and not asked.postcode and not _exactly(asked.words))


def _misspelt(asked: _Typed) -> Iterator[Place]:
    index = names()
    for wanted, words in _readings(asked):
        yield from (index.place(entry) for entry in index.one_letter_away(words) if wanted(index.row(entry)))


def _labelled(text: str) -> list[Place]:
    """ "Coëtquidan (Guer, 56)" and "Marseille (13)" read back: the latter is not the thirteenth arrondissement."""
    parts = _LABEL.match(text.strip()[: 2 * _LONGEST])
    if not parts:
        return []
    places = [names().place(entry) for entry in names().exactly(searchable(parts["name"]))]
    here = [place for place in places if place.department == parts["department"].upper()]
    if parts["now"]:
        return [place for place in here if place.called and fold(place.name) == fold(parts["now"])]
    return [place for place in here if not place.called]


def _distinct(places: Iterable[Place], limit: int) -> list[Place]:
    found: dict[str, Place] = {}
    for place in places:
        found.setdefault(place.code, place)
        if len(found) == limit:
            break
    return list(found.values())


def _only(places: Iterable[Place]) -> Place | None:
    found = _distinct(places, 2)
    return found[0] if len(found) == 1 else None
