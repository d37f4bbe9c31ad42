"""What the past of an author says: counts, and what members told the moderators alone. Never a body, an e-mail, a unit:
none is read here."""

from collections.abc import Sequence
from datetime import datetime

import asyncpg
import msgspec

from app import database
from members.me import Me
from moderation.cases.access import scope
from moderation.desk.masking import Veil
from places.communes import commune

LAST_LINES = 5


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What one member told the moderators alone after an exchange with another."""

    private_line: str
    is_problem: bool
    written_at: datetime
    by: str
    about: str
    title: str


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """`place` is the author's commune."""

    first_name: str
    place: str
    joined_at: datetime
    is_trusted: bool
    approved: int
    published: int
    sent_back: int
    removed: int
    helped: int
    lines: Sequence[Line]


async def read_record(case: asyncpg.Record, me: Me, veil: Veil) -> Record:
    found = await database.row(_COUNTS, case["author"])
    if found is None:
        raise LookupError(case["author"])
    counts = dict(found)
    place = commune(counts.pop("commune"))
    return Record(**counts, place=place.label if place else "", lines=await _lines(case, me, veil))


async def _lines(case: asyncpg.Record, me: Me, veil: Veil) -> list[Line]:
    """What was told to the moderators alone about this member, or about this ad, in the scope of who reads
    it; the lines of the exchange that is judged stand beside its words."""
    found = await database.rows(_LINES, *scope(me), case["author"], case["listing"], case["help"])
    return [
        Line(**dict(row) | {"private_line": veil(row["private_line"]), "title": veil(row["title"])}) for row in found
    ]


_COUNTS = """
SELECT first_name, commune, joined_at, trusted_at IS NOT NULL AS is_trusted, approved_publications AS approved,
    (SELECT count(*)::int FROM listing WHERE author = m.id AND status IN ('published', 'closed')) AS published,
    (SELECT count(*)::int FROM decision WHERE author = m.id AND kind = 'ask_changes' AND overturned_at IS NULL)
        AS sent_back,
    (SELECT count(*)::int FROM decision WHERE author = m.id AND kind = 'remove' AND overturned_at IS NULL) AS removed,
    families_helped AS helped
FROM member m WHERE id = $1
"""
_LINES = f"""
SELECT t.private_line, t.is_problem, t.written_at, writer.first_name AS by, about.first_name AS about, l.title
FROM thanks t JOIN help h ON h.id = t.help JOIN listing l ON l.id = h.listing
JOIN member writer ON writer.id = t.from_member JOIN member about ON about.id = t.to_member
WHERE t.private_line <> ''
    AND (t.to_member = $4 OR t.help = ANY(ARRAY(SELECT id FROM help WHERE help.listing = $5)))  -- by indexes
    AND $1 NOT IN (t.to_member, t.from_member) AND t.help IS DISTINCT FROM $6
    AND (cardinality($2::text[]) = 0 OR l.category = ANY($2))
    AND (cardinality($3::text[]) = 0 OR l.department = ANY($3))
ORDER BY t.written_at DESC, t.id LIMIT {LAST_LINES}
"""
