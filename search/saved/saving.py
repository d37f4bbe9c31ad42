"""Keeping a search to hear of what it will find, changing it, letting it go. Its words are its member's alone: they
stand in no log."""

from uuid import UUID

from app import database
from app.database import transaction
from app.dates import now
from app.refusals import NotHere, Refused
from listings.reading.filters import Filters
from members.me import Me
from search.saved.deriving import as_kept, derive
from search.saved.paces import Pace, due

MOST = 20
TOO_MANY = f"Vous gardez déjà {MOST} recherches. Supprimez-en une qui ne vous sert plus, puis recommencez."
ASKS_NOTHING = "Choisissez au moins un critère : un mot, une catégorie ou un endroit."
THE_SAME = "Vous gardez déjà une recherche avec ces critères. Supprimez celle-ci, ou cherchez autre chose."


async def save(me: Me, filters: Filters, pace: Pace, *, both_places: bool = False) -> UUID:
    """One that asks for the same is changed instead. Raises Refused when nothing is asked for or there are too many."""
    asked = _asking(filters)
    async with transaction():
        await database.execute("SELECT FROM member WHERE id = $1 FOR NO KEY UPDATE", me.id)
        kept = await database.value("SELECT id FROM saved_search WHERE member = $1 AND asked = $2", me.id, asked)
        if kept:
            await _change(me, kept, asked, pace, both_places)
            return kept
        if await database.value("SELECT count(*) FROM saved_search WHERE member = $1", me.id) >= MOST:
            raise Refused(TOO_MANY)
        saved = await database.value(
            "INSERT INTO saved_search (member, asked, both_places, pace, saved_at, changed_at)"
            " VALUES ($1, $2, $3, $4, $5, $5) RETURNING id",
            me.id,
            asked,
            both_places,
            pace.value,
            now(),
        )
        await derive(saved)
    return saved


async def change(me: Me, search: UUID, filters: Filters, pace: Pace, *, both_places: bool = False) -> None:
    """Raises NotHere when it is not theirs, Refused when nothing is asked for or another one asks the same."""
    asked = _asking(filters)
    async with transaction():
        await database.execute("SELECT FROM member WHERE id = $1 FOR NO KEY UPDATE", me.id)
        other = await database.value(
            "SELECT id FROM saved_search WHERE member = $1 AND asked = $2 AND id <> $3", me.id, asked, search
        )
        if other:
            raise Refused(THE_SAME)
        await _change(me, search, asked, pace, both_places)


async def delete(me: Me, search: UUID) -> bool:
    """Whether it was there, and theirs. What it told is not told again; what waits is told by another that found
    it."""
    async with transaction():
        gone = await database.value(
            "DELETE FROM saved_search WHERE id = $1 AND member = $2 RETURNING id", search, me.id
        )
        if gone:
            await _due_again(me.id, search)
            # After what it found, as telling does: neither waits for the other then, and no line is told too late.
            await database.execute("DELETE FROM notification WHERE member = $1 AND thing = $2", me.id, search)
    return gone is not None


def narrows(filters: Filters) -> bool:
    """Whether they leave anything out: an order does not, nor does a place without a distance."""
    return filters.without("tri", "autour", "commune") != Filters()


def _asking(filters: Filters) -> str:
    if not narrows(filters):
        raise Refused(ASKS_NOTHING)
    return as_kept(filters)


async def _change(me: Me, search: UUID, asked: str, pace: Pace, both_places: bool) -> None:
    changed = await database.row(
        """
        UPDATE saved_search s SET asked = $3, both_places = $4, pace = $5, widen_told_at = CASE WHEN same THEN
            s.widen_told_at END, changed_at = CASE WHEN same THEN s.changed_at ELSE $6 END
        FROM (SELECT asked = $3 AND both_places = $4 AS same FROM saved_search WHERE id = $1) AS before
        WHERE s.id = $1 AND s.member = $2 RETURNING s.id
        """,
        search,
        me.id,
        asked,
        both_places,
        pace.value,
        now(),
    )
    if changed is None:
        raise NotHere
    await derive(search)
    await _due_again(me.id, search)


async def _due_again(member: UUID, search: UUID) -> None:
    """What it found and nobody told yet follows the paces of those that found it and are left."""
    paces = (due(pace, now()) for pace in (Pace.at_once, Pace.daily, Pace.weekly))
    await database.execute(_DUE_AGAIN, member, search, *paces)


# Locked in the order in which telling takes them.
_DUE_AGAIN = """
WITH waiting AS (
    SELECT id, searches FROM search_alert
    WHERE member = $1 AND told_at IS NULL AND due_at IS NOT NULL AND $2 = ANY(searches) ORDER BY id FOR UPDATE
)
UPDATE search_alert a SET due_at = (
    SELECT min(CASE s.pace WHEN 'at_once' THEN $3::timestamptz WHEN 'daily' THEN $4 WHEN 'weekly' THEN $5 END)
    FROM saved_search s WHERE s.id = ANY(waiting.searches)
)
FROM waiting WHERE a.id = waiting.id
"""
