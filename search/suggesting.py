"""What the index can propose to somebody who types: searches that find something, and titles."""

import asyncio
import re
from functools import cache
from time import monotonic

import msgspec
from msgspec.structs import replace

from search import finding
from search.contract import Query
from search.reached import addresses
from search.words.forms import DATA, clean, fold

WITHIN = 0.25  # seconds; who types does not wait for more
ENOUGH = 0.04  # seconds; after them no further search is tried
SEARCHES, TITLES = 3, 5
LOOKED_AT = 5
"""Known searches that are tried: some find nothing today."""
_WORD = re.compile(r"[^\W_]+")

Words = tuple[str, ...]


class Proposed(msgspec.Struct, frozen=True):
    """`searches` are words to search; `titles` come with the address of what bears them, None for several."""

    searches: list[str]
    titles: list[tuple[str, str | None]]


async def propose(query: Query) -> Proposed:
    """What completes `query.words` within the query's conditions; what comes too late is left out."""
    searches: list[str] = []
    titles: list[tuple[str, str | None]] = []
    try:
        async with asyncio.timeout(WITHIN):
            titles += await _titles(query)
            began = monotonic()
            for known in known_searches(query.words)[:LOOKED_AT]:
                if await _finds(known, query):
                    searches.append(known)
                if len(searches) == SEARCHES or monotonic() - began > ENOUGH:
                    break
    except TimeoutError:
        pass
    return Proposed(searches, titles)


def known_searches(typed: str) -> list[str]:
    """Of the searches people make, those that hold what is typed, its last word perhaps unfinished: those that begin
    so first. Not the very words typed."""
    asked = _words(clean(typed))
    if not asked:
        return []
    found = [(place, known) for known, words in _known() if (place := _place(asked, words)) is not None]
    return [known for _, known in sorted(found, key=lambda one: one[0] > 0) if _words(known) != asked]


async def _titles(query: Query) -> list[tuple[str, str | None]]:
    found = await finding.suggest(query, TITLES)
    paths = await addresses([one.id for one in found if one.id])
    return [(one.text, paths.get(one.id or "")) for one in found]


async def _finds(words: str, query: Query) -> bool:
    asked = replace(query, words=words, size=1, page=1, facets=())
    return (await finding.find(asked)).total > 0


def _place(asked: Words, words: Words) -> int | None:
    """Where in `words` they stand one after the other."""
    *whole, last = asked
    for place in range(len(words) - len(asked) + 1):
        if words[place : place + len(whole)] == tuple(whole) and words[place + len(whole)].startswith(last):
            return place
    return None


def _words(text: str) -> Words:
    return tuple(fold(word) for word in _WORD.findall(text))


@cache
def _known() -> tuple[tuple[str, Words], ...]:
    lines = (DATA / "searches.txt").read_text("utf-8").splitlines()
    return tuple((line, _words(line)) for line in lines)
