"""What a worker of the social service sees: what waits where they act, what they follow, what is closed, how soon
people are answered."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

import asyncpg
import msgspec

from app import database, dates
from contacts.social.access import TALKS, Talk, seen_by
from contacts.social.tables import TalkState
from contacts.social.workers import Worker, who_answers, workers

MOST = 100
"""Conversations of one list; the oldest that wait, the latest of the others."""


class Line(NamedTuple):
    """`unread` are words of the person nobody of the service has read; the words themselves stand on no list."""

    talk: Talk
    unread: int
    since: str


class Desk(msgspec.Struct, frozen=True):
    """`answered_in` is the median time to the first answer over thirty days, in words; None when there was none."""

    waiting: list[Line]
    mine: list[Line]
    closed: list[Line]
    answered_in: str | None
    answered: int


async def desk_of(worker: Worker) -> Desk:
    median, answered = await _first_answers(worker)
    return Desk(
        waiting=await _waiting(worker),
        mine=await _theirs(worker, TalkState.open),
        closed=await _theirs(worker, TalkState.closed),
        answered_in=in_words(median) if median is not None else None,
        answered=answered,
    )


async def _waiting(worker: Worker) -> list[Line]:
    """Oldest first. What a colleague knows better is theirs, unless nobody does."""
    all_of_them = await workers()
    asked = await database.rows("SELECT DISTINCT department, topic FROM social_talk WHERE state = 'waiting'")
    theirs = [(code, topic) for code, topic in asked if worker in who_answers(all_of_them, code, topic)]
    found = await database.rows(
        f"SELECT t.*, {_UNREAD} FROM ({TALKS}) t"
        " JOIN unnest($2::text[], $3::text[]) AS asked (department, topic) USING (department, topic)"
        " WHERE t.state = 'waiting' AND t.member IS DISTINCT FROM $1 ORDER BY t.last_at, t.id LIMIT $4",
        worker.id,
        [code for code, _ in theirs],
        [topic for _, topic in theirs],
        MOST,
    )
    return _lines(found, worker)


async def _theirs(worker: Worker, state: TalkState) -> list[Line]:
    found = await database.rows(
        f"SELECT t.*, {_UNREAD} FROM ({TALKS}) t WHERE t.state = $2 AND t.worker = $1"
        " AND (cardinality($3::text[]) = 0 OR t.department = ANY($3)) ORDER BY t.last_at DESC, t.id LIMIT $4",
        worker.id,
        state.value,
        list(worker.departments),
        MOST,
    )
    return _lines(found, worker)


async def _first_answers(worker: Worker) -> tuple[timedelta | None, int]:
    row = await database.row(
        """
        SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY first_answered_at - opened_at) AS median, count(*) AS many
        FROM social_talk WHERE first_answered_at > now() - interval '30 days'
            AND (cardinality($1::text[]) = 0 OR department = ANY($1))
        """,
        list(worker.departments),
    )
    return (row["median"], row["many"]) if row else (None, 0)


def in_words(lapse: timedelta) -> str:
    """`12 minutes`, `1 heure`, `5 heures`, `3 jours`, never more precise than that."""
    minutes = max(1, round(lapse / timedelta(minutes=1)))
    if minutes < 60:
        return f"{minutes} minute{'s' if minutes > 1 else ''}"
    hours = round(minutes / 60)
    return f"{hours} heure{'s' if hours > 1 else ''}" if minutes < 48 * 60 else f"{round(minutes / 1440)} jours"


def _lines(found: Iterable[asyncpg.Record], worker: Worker) -> list[Line]:
    return [_line(row, worker) for row in found]


def _line(row: asyncpg.Record, worker: Worker) -> Line:
    talk = seen_by(worker.id, row, is_person=False)
    return Line(talk, row["unread"], dates.lately(talk.last_at))


_UNREAD = (
    "(SELECT count(*) FROM social_message m WHERE m.talk = t.id AND NOT m.by_worker AND m.event IS NULL"
    " AND m.read_at IS NULL) AS unread"
)
