"""Counts beside a list that needs no search: asked for once, then kept for half a minute at most.

They are the same for all members without blocks, so that a busy page asks the engine now and then, not each time. What
is kept never outlives a change: it holds as long as no row of `search_document` was written since, by a number of the
sequence its versions come from, and until the next ad expires. Numbers are taken before a commit: counts made while
somebody is writing, or before the index has followed, are not kept.
"""

from datetime import datetime
from time import monotonic
from typing import NamedTuple

import msgspec

from app import database
from app.dates import now
from app.kept import Kept
from search.contract import Answer, Query
from search.finding import find
from search.postgres import MOST_RANKED

LASTS = 30.0  # seconds

# Of another role's sessions nothing is told: they may be writing.
_STATE = """
    SELECT last_value, is_called, (SELECT min(expires_at) FROM search_document WHERE NOT is_gone AND expires_at > $1),
        NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
                AND (backend_xid IS NOT NULL OR state IS NULL))
            AND (SELECT min(version) FROM search_document WHERE indexed IS DISTINCT FROM version) IS NULL
    FROM search_change
"""

State = tuple[int, bool, datetime | None]
"""The number of the last change, whether there was one, and when the next ad expires."""


class _Counted(NamedTuple):
    at: float
    when: State
    answer: Answer


_kept = Kept[Query, _Counted](300)


async def facets_of(query: Query) -> Answer | None:
    """The counts and total of a query; None while the engine is away and there is more than PostgreSQL goes through."""
    asked = msgspec.structs.replace(query, size=1, page=1)
    state, is_settled = await _state()
    kept = _kept.get(asked)
    if kept and kept.when == state and monotonic() - kept.at < LASTS:
        return _whole(kept.answer)
    answer = await find(asked)
    if is_settled:
        _kept.put(asked, _Counted(monotonic(), state, answer))
    return _whole(answer)


def _whole(answer: Answer) -> Answer | None:
    return None if answer.degraded and answer.total >= MOST_RANKED else answer


def forget() -> None:
    """Between tests."""
    _kept.clear()


async def _state() -> tuple[State, bool]:
    """And whether it is all there is: nobody is writing, and the index has followed."""
    row = await database.row(_STATE, now())
    assert row is not None  # noqa: S101 - a sequence has one row
    *state, is_settled = row
    return tuple(state), is_settled
