"""Counts beside a list that needs no search: asked for once, then kept for half a minute at most.

They are the same for all members without blocks, so that a busy page asks the engine now and then, not each time. What
is kept never outlives a change: it holds as long as no row of `search_document` was written since, by a number of the
sequence its versions come from, and until the next ad expires. Numbers are taken before a commit: counts made while
somebody is writing, or before the index has followed, are not kept.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from app import database
from app.dates import now
from app.kept import Kept
from search.contract import Answer, Query
from search.finding import find
from search.following.handing_over import IS_PENDING
from search.postgres import MOST_RANKED

LASTS = timedelta(seconds=30)
LAST_CHANGE = "(SELECT coalesce(pg_sequence_last_value('search_change'), 0))"
"""The number of the last change: a column of any statement, so that a page that asks the database anyway asks once."""

# Of another role's sessions nothing is told: they may be writing. PostgreSQL's own cleaning changes no row.
_STATE = f"""
    SELECT {LAST_CHANGE},
        (SELECT min(expires_at) FROM search_document WHERE NOT is_gone AND expires_at > $1),
        NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
                AND backend_type IS DISTINCT FROM 'autovacuum worker' AND (backend_xid IS NOT NULL OR state IS NULL))
            AND (SELECT min(version) FROM search_document WHERE {IS_PENDING}) IS NULL
"""


class _State(NamedTuple):
    """What counts are made of: the last change, when the next ad expires, and whether that is all there is, for nobody
    is writing and the index has followed."""

    change: int
    next_end: datetime | None
    is_settled: bool


class _Counted(NamedTuple):
    """An answer, until which moment it holds, and after which change no more."""

    change: int
    until: datetime
    answer: Answer


_kept = Kept[Query, _Counted](300)


async def facets_of(query: Query, change: int | None = None) -> Answer | None:
    """The counts and total of a query; None while the engine is away and there is more than PostgreSQL goes through.

    `change` is `LAST_CHANGE` as a statement of this very page read it; without it, it is asked for.
    """
    asked = msgspec.structs.replace(query, size=1, page=1)
    if change is None:
        change = await database.value(f"SELECT {LAST_CHANGE}")
    kept = _kept.get(asked)
    if kept and kept.change == change and now() < kept.until:
        return _whole(kept.answer)
    state = await _state()
    answer = await find(asked)
    if state.is_settled:
        until = now() + LASTS
        _kept.put(asked, _Counted(state.change, min(until, state.next_end or until), answer))
    return _whole(answer)


def _whole(answer: Answer) -> Answer | None:
    return None if answer.degraded and answer.total >= MOST_RANKED else answer


def forget() -> None:
    """Between tests."""
    _kept.clear()


async def _state() -> _State:
    row = await database.row(_STATE, now())
    assert row is not None  # noqa: S101 - made of values
    return _State(*row)
