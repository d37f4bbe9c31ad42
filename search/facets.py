"""Counts beside a list that needs no search: asked of the engine, then kept for half a minute.

They are the same for all members without blocks, so that a busy page asks the engine twice a minute, not each time.
"""

from time import monotonic

import msgspec

from app.kept import Kept
from search.contract import Answer, EngineUnavailable, Query
from search.engine import engine

LASTS = 30.0  # seconds
_kept = Kept[Query, tuple[float, Answer]](300)


async def facets_of(query: Query) -> Answer | None:
    """The counts and total of a query; None while the engine is away, the list then shows none."""
    asked = msgspec.structs.replace(query, size=1, page=1)
    kept = _kept.get(asked)
    if kept and monotonic() - kept[0] < LASTS:
        return kept[1]
    try:
        answer = await engine().search(asked)
    except EngineUnavailable:
        return kept[1] if kept else None
    _kept.put(asked, (monotonic(), answer))
    return answer


def forget() -> None:
    """Between tests."""
    _kept.clear()
