"""Looking something up in the log: who, what, which thing, when. Page 1,000 costs what page 1 does."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from app import database
from app.database import LARGEST_ID
from app.settings import PARIS
from moderation.audit.words import fact_in_words, in_words, thing_in_words

SIZE = 50
NAMESAKES = 50
SKEW = 1_000
"""Entries are numbered in the order of their moments, but for those written at the same instant."""
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)
_THING = re.compile(r"(?:(\w+)[ /:])?([\w-]{1,40})")


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for; empty fields say nothing. `who` is a first name or an id, `site` for what nobody asked for;
    `thing` an id, or a kind and an id."""

    who: str = ""
    action: str = ""
    thing: str = ""
    first: date | None = None
    last: date | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """`by` is the first name of who did it, as it is now; empty for the site itself and for those who left. `to` is
    that of who a case was handed to."""

    id: int
    at: datetime
    actor: UUID | None
    by: str
    to: str
    action: str
    subject_kind: str
    subject: str
    facts: dict[str, Any]
    position: int | None

    @property
    def said(self) -> str:
        return in_words(self.action)

    @property
    def thing(self) -> str:
        return thing_in_words(self.subject_kind)

    @property
    def details(self) -> list[tuple[str, str]]:
        """What is known of it, in words, without what says nothing."""
        facts = {**self.facts, "to": self.to} if self.to else self.facts
        return [fact_in_words(name, value) for name, value in facts.items() if value not in (None, "")]


class Found(msgspec.Struct, frozen=True):
    """A page of the log; `older` is the entry the next one starts before."""

    entries: Sequence[Entry]
    older: int | None


async def look_up(search: Search, before: int | None = None) -> Found:
    where, given = await condition(search, first=3)
    found = await database.rows(_FOUND.format(where=where), before or LARGEST_ID, SIZE + 1, *given)
    shown = [_entry(row) for row in found[:SIZE]]
    return Found(shown, shown[-1].id if len(found) > SIZE else None)


async def condition(search: Search, first: int) -> tuple[str, list[Any]]:
    """What is looked for as a condition on `audit_entry e` and its parameters, numbered from `first`."""
    given: list[Any] = []
    asked: list[str] = []

    def ask(sql: str, value: Any) -> None:
        given.append(value)
        asked.append(sql.format(f"${first + len(given) - 1}"))

    if search.who == "site":
        asked.append("e.actor IS NULL")
    elif search.who:
        ask("e.actor = ANY({}::uuid[])", await _people(search.who))
    if search.action:
        ask("e.action = {}", search.action)
    kind, thing = _read_thing(search.thing)
    if kind:
        ask("e.subject_kind = {}", kind)
    if thing:
        ask("e.subject = {}", thing)
    for sql, moment in zip(_BOUNDS, moments(search), strict=True):
        if moment:
            ask(sql, moment)
    return " AND ".join(asked) or "TRUE", given


async def actions() -> list[str]:
    """Every action the log knows, each found by one step in its index."""
    found = await database.rows(
        "WITH RECURSIVE known AS (SELECT min(action) AS action FROM audit_entry UNION ALL"
        " SELECT (SELECT min(action) FROM audit_entry WHERE action > known.action) FROM known"
        " WHERE known.action IS NOT NULL) SELECT action FROM known WHERE action IS NOT NULL"
    )
    return [row["action"] for row in found]


def moments(search: Search) -> tuple[datetime | None, datetime | None]:
    """From the beginning of the first day to the end of the last, in Paris."""
    since = datetime.combine(_possible(search.first), time(), PARIS) if search.first else None
    until = datetime.combine(_possible(search.last) + timedelta(days=1), time(), PARIS) if search.last else None
    return since, until


def _possible(day: date) -> date:
    """The nearest day of a log; around the year 1 and 9999 a moment of Paris has no UTC."""
    return min(max(day, _FIRST_DAY), _LAST_DAY)


async def _people(typed: str) -> list[UUID]:
    """Those of that first name, or of that id, whether they still are members or not."""
    try:
        return [UUID(typed)]
    except ValueError:
        found = await database.rows(
            f"SELECT id FROM member WHERE lower(first_name) = lower($1) ORDER BY id LIMIT {NAMESAKES}", typed
        )
        return [row["id"] for row in found]


def _read_thing(typed: str) -> tuple[str, str]:
    """`case 3f…`, `3f…` or `case` as kind and id, either of them empty."""
    read = _THING.fullmatch(typed.strip())
    if read is None:
        return "", typed.strip()
    kind, rest = read[1] or "", read[2]
    return (kind, rest) if kind or any(sign.isdigit() for sign in rest) else (rest, "")


def _entry(row: asyncpg.Record) -> Entry:
    read = dict(row.items())
    return Entry(**{**read, "facts": _facts(read["facts"]), "by": read["by"] or "", "to": read["to"] or ""})


def _facts(kept: str) -> dict[str, Any]:
    """By name; what does not read so is shown as it is: one odd entry must not close the log."""
    try:
        return msgspec.json.decode(kept, type=dict[str, Any])
    except msgspec.DecodeError:
        return {"facts": kept}


_FOUND = """
SELECT e.id, e.at, e.actor, m.first_name AS by, e.action, e.subject_kind, e.subject, e.facts, s.position,
    CASE WHEN e.action = 'case.handed_over' AND e.facts->>'to' ~ '^[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$'
        THEN (SELECT first_name FROM member WHERE member.id = (e.facts->>'to')::uuid) END AS to
FROM audit_entry e LEFT JOIN member m ON m.id = e.actor LEFT JOIN audit_seal s ON s.entry = e.id
WHERE e.id < $1 AND {where} ORDER BY e.id DESC LIMIT $2
"""
# By moment through its index, and by number through the other: whichever the planner takes reads little.
_BOUNDS = (
    "e.at >= {0} AND e.id > coalesce((SELECT id FROM audit_entry WHERE at >= {0} ORDER BY at, id LIMIT 1), 0)"
    f" - {SKEW}",
    "e.at < {0} AND e.id < coalesce((SELECT id FROM audit_entry WHERE at < {0} ORDER BY at DESC, id DESC LIMIT 1), 0)"
    f" + {SKEW}",
)
