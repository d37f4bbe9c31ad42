"""Decisions as the desk leaves them, for tests that start after one."""

from datetime import UTC, datetime
from uuid import UUID

from app import database

DECIDE = """
INSERT INTO decision ("case", moderator, author, kind, reason, words, facts, ground, decided_at, appeal_until)
VALUES ($1, $2, $3, $4, $5::text, $6, $6, CASE WHEN $5::text = '' THEN '' ELSE 'charter' END, $7::timestamptz,
    $7::timestamptz + interval '6 months') RETURNING id
"""


async def decided(
    case: UUID, moderator: UUID, author: UUID, kind: str, reason: str = "", words: str = "", at: datetime | None = None
) -> UUID:
    """The decision of a case, which is neither closed nor applied; nobody is told."""
    return await database.value(DECIDE, case, moderator, author, kind, reason, words, at or datetime.now(UTC))
