"""What waits for this moderator: the most pressing first, then the soonest due."""

from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import msgspec

from app import database
from app.dates import hour, in_words, now, today
from app.settings import PARIS
from members.me import Me
from moderation.cases.access import IN_SCOPE, scope
from moderation.cases.tables import CaseKind
from moderation.words import FAMILY, FIRST_STEPS, KIND_OF_CASE
from places.departments import department

SIZE = 30
MOST_COUNTED = 100
URGENT = 80

OPEN_FOR_ME = f"""
    moderation_case c JOIN listing l ON l.id = c.listing JOIN member m ON m.id = c.author
    WHERE c.closed_at IS NULL AND {IN_SCOPE}
    AND (c.claimed_by IS NULL OR c.claimed_by = $1 OR c.claimed_until <= now())
"""


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the queue. `why` says in a few words what brought it here."""

    id: UUID
    kind: CaseKind
    title: str
    category: str
    department: str
    why: tuple[str, ...]
    opened_at: datetime
    due_at: datetime
    is_urgent: bool
    is_late: bool
    is_mine: bool

    @property
    def waits(self) -> str:
        """`depuis 40 min`, `depuis 5 h`, `depuis 2 jours`."""
        minutes = max(1, (now() - self.opened_at) // timedelta(minutes=1))
        if minutes < 60:
            return f"depuis {minutes} min"
        hours = minutes // 60
        return f"depuis {hours} h" if hours < 48 else f"depuis {hours // 24} jours"

    @property
    def due(self) -> str:
        """`avant 18 h 30`, `avant demain 8 h`, `en retard`."""
        if self.is_late:
            return "en retard"
        at = self.due_at.astimezone(PARIS)
        if at.date() == today():
            return f"avant {hour(at.time())}"
        is_tomorrow = at.date() == today() + timedelta(days=1)
        return f"avant {'demain' if is_tomorrow else in_words(at.date())} {hour(at.time())}"


class Queue(msgspec.Struct, frozen=True):
    """One page. `after` is the case the next page starts after; `waiting` counts up to `MOST_COUNTED`."""

    cases: tuple[Waiting, ...]
    waiting: int
    after: UUID | None
    is_first: bool


async def queue_of(me: Me, after: UUID | None = None) -> Queue:
    """A page of the queue, from the beginning or after a case (which may have been closed since)."""
    found = await database.rows(_PAGE, *scope(me), after, SIZE + 1)
    waiting = await database.value(
        f"SELECT count(*) FROM (SELECT FROM {OPEN_FOR_ME} LIMIT {MOST_COUNTED}) counted", *scope(me)
    )
    shown = tuple(_line(row, me) for row in found[:SIZE])
    return Queue(shown, waiting, shown[-1].id if len(found) > SIZE else None, after is None)


async def next_case(me: Me) -> UUID | None:
    """The case to look at now; None when nothing waits."""
    return await database.value(f"SELECT c.id FROM {OPEN_FOR_ME} ORDER BY c.press_at, c.id LIMIT 1", *scope(me))


def _line(row: asyncpg.Record, me: Me) -> Waiting:
    return Waiting(
        id=row["id"],
        kind=CaseKind(row["kind"]),
        title=row["title"],
        category=row["category"],
        department=department_name(row["department"]),
        why=_why(row),
        opened_at=row["opened_at"],
        due_at=row["due_at"],
        is_urgent=row["risk"] >= URGENT,
        is_late=row["due_at"] < now(),
        is_mine=row["claimed_by"] == me.id and row["claimed_until"] > now(),
    )


def _why(row: asyncpg.Record) -> tuple[str, ...]:
    families = dict.fromkeys(rule.partition(".")[0] for rule in row["rules"])
    said = [FAMILY[family] for family in families if family in FAMILY]
    if reports := row["reports"]:
        said.insert(0, f"signalée {reports} fois" if reports > 1 else "signalée")
    if row["kind"] != CaseKind.listing:
        said.insert(0, KIND_OF_CASE[CaseKind(row["kind"])])
    return tuple(said) or ((FIRST_STEPS,) if row["is_new"] else ("à relire",))


def department_name(code: str) -> str:
    known = department(code)
    return known.name if known else code


# The page starts after a row, not after a number of rows: page 300 costs what page 1 does.
_PAGE = f"""
WITH last AS (SELECT press_at, id FROM moderation_case WHERE id = $4)
SELECT c.id, c.kind, c.category, c.department, c.risk, c.due_at, c.opened_at, c.claimed_by, c.claimed_until,
    l.title, m.trusted_at IS NULL AS is_new,
    (SELECT count(*)::int FROM report r WHERE r."case" = c.id) AS reports,
    ARRAY(SELECT f->>'rule' FROM jsonb_array_elements(c.findings) f) AS rules
FROM {OPEN_FOR_ME}
    AND ($4::uuid IS NULL OR (c.press_at, c.id) > (SELECT press_at, id FROM last))
ORDER BY c.press_at, c.id LIMIT $5
"""
