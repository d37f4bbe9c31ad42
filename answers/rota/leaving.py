"""Somebody leaves a rota for good: the single days they had taken are free again, those they covered are to cover."""

from datetime import date
from uuid import UUID

from answers.rota.jobs import find_somebody
from app import database, dates
from app.jobs import defer


async def give_back_days(listing: UUID, helper: UUID, since: date) -> None:
    """From `since` on. The caller holds the ad."""
    await database.execute(
        "DELETE FROM commitment WHERE listing = $1 AND helper = $2 AND ended_at = agreed_at AND since >= $3",
        listing,
        helper,
        since,
    )
    opened = await database.rows(
        """
        UPDATE slot_release r SET covered_by = NULL, covered_at = NULL, uncovered_at = NULL, released_at = $4,
            due_at = $4
        FROM commitment k
        WHERE k.id = r.commitment AND k.listing = $1 AND r.covered_by = $2 AND r.day >= $3 RETURNING r.id
        """,
        listing,
        helper,
        since,
        dates.now(),
    )
    for one in opened:
        await database.execute("DELETE FROM slot_call WHERE release = $1 AND said IS DISTINCT FROM 'no'", one["id"])
        await defer(find_somebody, release=one["id"])
