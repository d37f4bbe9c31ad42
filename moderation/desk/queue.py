"""What waits for this moderator: the most pressing first, then the soonest due."""

from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import msgspec

from app import database
from app.database import transaction
from app.dates import hour, in_words, now, today
from app.refusals import Refused
from app.settings import PARIS
from members.me import Me
from moderation.cases.access import IN_SCOPE, case_in_scope, scope
from moderation.cases.claiming import claim
from moderation.cases.tables import CaseKind
from moderation.desk.filters import Filters
from moderation.desk.masking import masked
from moderation.words import FAMILY, FIRST_STEPS, IN_THE_FEMININE, KIND_OF_CASE
from places.departments import department

SIZE = 30
MOST_COUNTED = 100
URGENT = 80
SOON = timedelta(hours=1)

OPEN_FOR_ME = f"""
    moderation_case c JOIN listing l ON l.id = c.listing JOIN member m ON m.id = c.author
    WHERE c.closed_at IS NULL AND {IN_SCOPE}
    AND (c.claimed_by IS NULL OR c.claimed_by = $1 OR c.claimed_until <= now())
"""


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the queue. `why` says in a few words what brought it here; `is_urgent`: of a high risk, or due within
    the hour."""

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
    is_handed_to_me: bool
    handed_to: str | None

    @property
    def path(self) -> str:
        return f"/moderation/dossiers/{self.id}"

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


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """One page. `after` is the case the next page starts after; `waiting` counts up to `MOST_COUNTED`."""

    cases: tuple[Waiting, ...]
    waiting: int
    after: UUID | None
    is_first: bool
    filters: Filters

    def beside(self, case: UUID) -> tuple[Waiting | None, Waiting | None]:
        """The one before and the one after a case; the first of the page when it does not stand there."""
        at = next((at for at, one in enumerate(self.cases) if one.id == case), None)
        if at is None:
            return None, self.cases[0] if self.cases else None
        return self.cases[at - 1] if at else None, self.cases[at + 1] if at + 1 < len(self.cases) else None


async def queue_of(me: Me, filters: Filters, after: UUID | None = None, most: int = SIZE) -> Queue:
    """A page of the queue, from the beginning or after a case (which may have been closed since)."""
    more, given = filters.condition(first=6)
    found = await database.rows(_PAGE.format(filters=more), *scope(me), after, most + 1, *given)
    shown = tuple(_line(row, me) for row in found[:most])
    return Queue(
        cases=shown,
        waiting=found[0]["waiting"] if found else 0,
        after=shown[-1].id if len(found) > most else None,
        is_first=after is None,
        filters=filters,
    )


async def claim_next(me: Me, filters: Filters) -> UUID | None:
    """Takes the case to look at now; None when nothing waits. Two moderators who ask at once get two cases."""
    more, given = filters.condition(first=4)
    async with transaction():
        case = await database.value(_NEXT.format(filters=more), *scope(me), *given)
        if case is None:
            return None
        try:
            await claim(await case_in_scope(case, me), me)
        except Refused:
            return None
        return case


def _line(row: asyncpg.Record, me: Me) -> Waiting:
    return Waiting(
        id=row["id"],
        kind=CaseKind(row["kind"]),
        title=masked(row["title"]),
        category=row["category"],
        department=department_name(row["department"]),
        why=_why(row),
        opened_at=row["opened_at"],
        due_at=row["due_at"],
        is_urgent=row["risk"] >= URGENT or row["due_at"] <= now() + SOON,
        is_late=row["due_at"] < now(),
        is_mine=row["claimed_by"] == me.id and row["claimed_until"] > now(),
        is_handed_to_me=row["handed_to"] == me.id,
        handed_to=row["handed_to_name"],
    )


def _why(row: asyncpg.Record) -> tuple[str, ...]:
    families = dict.fromkeys(rule.partition(".")[0] for rule in row["rules"])
    said = [FAMILY[family] for family in families if family in FAMILY]
    if row["is_notified"]:
        said.insert(0, "contenu illicite\u202f?")
    if reports := row["reports"]:
        reported = "signalée" if row["kind"] in IN_THE_FEMININE else "signalé"
        said.insert(0, f"{reported} {reports} fois" if reports > 1 else reported)
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
    c.handed_to, (SELECT first_name FROM member WHERE member.id = c.handed_to) AS handed_to_name,
    l.title, m.trusted_at IS NULL AS is_new,
    (SELECT count(*)::int FROM report r WHERE r."case" = c.id) AS reports,
    EXISTS (SELECT FROM notice n WHERE n."case" = c.id) AS is_notified,
    ARRAY(SELECT f->>'rule' FROM jsonb_array_elements(c.findings) f) AS rules,
    (SELECT count(*)::int FROM (SELECT FROM {OPEN_FOR_ME}{{filters}} LIMIT {MOST_COUNTED}) counted) AS waiting
FROM {OPEN_FOR_ME}{{filters}}
    AND ($4::uuid IS NULL OR (c.press_at, c.id) > (SELECT press_at, id FROM last))
ORDER BY c.press_at, c.id LIMIT $5
"""

# What was handed to somebody else waits for them until it is due.
_NEXT = f"""
SELECT c.id FROM {OPEN_FOR_ME}{{filters}} AND (c.handed_to IS NULL OR c.handed_to = $1 OR c.due_at <= now())
ORDER BY c.press_at, c.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED
"""
