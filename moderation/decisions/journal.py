"""What was decided in a moderator's scope, the latest first."""

from typing import Any

import msgspec

from app import database
from app.paging import SIZE, After, address
from members.me import Me
from moderation.cases.access import IN_SCOPE, scope
from moderation.desk.masking import masked_in


class Journal(msgspec.Struct, frozen=True):
    """One page; `older` is the address of the next one."""

    decisions: list[dict[str, Any]]
    older: str | None


async def journal(me: Me, after: After | None = None) -> Journal:
    found = await database.rows(
        f"""
        SELECT d.id, d.reference, d.kind, d.reason, d.law, d.facts, d.words, d.decided_at,
            d.overturned_at IS NOT NULL AS is_overturned, c.id AS "case", c.kind AS of, c.category, c.department,
            l.title, judge.first_name AS by,
            ARRAY(SELECT DISTINCT s.kind FROM sanction s WHERE s.decision = d.id AND s.state IN ('active', 'ended')
                ORDER BY s.kind) AS measures
        FROM decision d JOIN moderation_case c ON c.id = d."case" JOIN listing l ON l.id = c.listing
        JOIN member judge ON judge.id = d.moderator
        WHERE {IN_SCOPE} AND ($4::timestamptz IS NULL OR (d.decided_at, d.id) < ($4, $5::uuid))
        ORDER BY d.decided_at DESC, d.id DESC LIMIT {SIZE + 1}
        """,
        *scope(me),
        after and after.at,
        after and after.id,
    )
    shown = [masked_in(row, "title", "facts", "words") for row in found[:SIZE]]
    last = shown[-1] if len(found) > SIZE else None
    return Journal(shown, address(After(last["decided_at"], last["id"])) if last else None)
