"""Somebody leaves a rota for good: the single days they had taken are free again, those they covered are to cover."""

from datetime import date, timedelta
from uuid import UUID

from answers.rota.jobs import find_somebody
from answers.rota.paths import week_path
from app import database, dates
from app.dates import in_words
from app.jobs import defer
from moderation.decisions.telling import Told, tell
from notifications.topics import Topic


async def give_back_days(listing: UUID, helper: UUID, since: date) -> None:
    """From `since` on; who counted on them for a day is told. The caller holds the ad."""
    await database.execute(
        "DELETE FROM commitment WHERE listing = $1 AND helper = $2 AND ended_at = agreed_at AND since >= $3",
        listing,
        helper,
        since,
    )
    await database.execute(
        "UPDATE commitment SET last_day = $3 WHERE listing = $1 AND helper = $2 AND ended_at <> agreed_at"
        " AND last_day > $3",
        listing,
        helper,
        since - timedelta(days=1),
    )
    opened = await database.rows(
        """
        UPDATE slot_release r SET covered_by = NULL, covered_at = NULL, uncovered_at = NULL, released_at = $4,
            due_at = $4
        FROM commitment k JOIN listing l ON l.id = k.listing
        WHERE k.id = r.commitment AND k.listing = $1 AND r.covered_by = $2 AND r.day >= $3
        RETURNING r.id, r.day, l.author, k.helper, l.title
        """,
        listing,
        helper,
        since,
        dates.now(),
    )
    for one in opened:
        await database.execute("DELETE FROM slot_call WHERE release = $1 AND said IS DISTINCT FROM 'no'", one["id"])
        await defer(find_somebody, release=one["id"])
    await tell(
        Told(
            member=member,
            topic=Topic.slot_released,
            thing=one["id"],
            about=f"{one['title']} · {in_words(one['day'])}",
            path=week_path(listing, one["day"]),
        )
        for one in opened
        for member in {one["author"], one["helper"]} - {helper}
    )
