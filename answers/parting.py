"""What a block does to answers: between these two people they are over, without a word to either in a conversation.

Only what somebody counts on is told: a helper who is no longer expected, an author nobody comes to any more.
"""

from datetime import timedelta
from uuid import UUID

from answers.asking import ask_next
from answers.committing import locked, uncommit
from app import database, dates
from app.database import transaction
from moderation.decisions.telling import Told, tell
from notifications.topics import Topic


async def part_for_good(by: UUID, other: UUID) -> None:
    """Again changes nothing, and so does a block lifted meanwhile: what is over stays over."""
    between = await database.rows(
        "SELECT a.listing, a.helper FROM answer a JOIN listing l ON l.id = a.listing"
        " WHERE (a.helper, l.author) IN (($1, $2), ($2, $1)) AND a.state IN ('waiting', 'listed', 'asked', 'chosen')"
        " UNION SELECT k.listing, k.helper FROM commitment k JOIN listing l ON l.id = k.listing"
        " WHERE (k.helper, l.author) IN (($1, $2), ($2, $1)) AND k.last_day >= $3"
        " UNION SELECT k.listing, r.covered_by FROM slot_release r JOIN commitment k ON k.id = r.commitment"
        " JOIN listing l ON l.id = k.listing"
        " WHERE (r.covered_by, l.author) IN (($1, $2), ($2, $1)) AND r.day >= $3"
        " ORDER BY listing",
        by,
        other,
        dates.now().date() - timedelta(days=1),
    )
    for one in between:
        await _part(one["listing"], one["helper"], by)


async def step_back(helper: UUID) -> None:
    """Somebody can come to nobody any more: who counted on them is told that they no longer come, and not why. Again
    changes nothing."""
    theirs = await database.rows(
        "SELECT a.listing FROM answer a WHERE a.helper = $1 AND a.state IN ('waiting', 'listed', 'asked', 'chosen')"
        " UNION SELECT k.listing FROM commitment k JOIN listing l ON l.id = k.listing"
        " WHERE k.helper = $1 AND l.author <> $1 AND (k.ended_at IS NULL OR k.last_day >= $2)"
        " UNION SELECT k.listing FROM slot_release r JOIN commitment k ON k.id = r.commitment"
        " JOIN listing l ON l.id = k.listing WHERE r.covered_by = $1 AND l.author <> $1 AND r.day >= $2"
        " ORDER BY listing",
        helper,
        dates.now().date() - timedelta(days=1),
    )
    for one in theirs:
        await _part(one["listing"], helper, helper)


async def _part(listing: UUID, helper: UUID, by: UUID) -> None:
    async with transaction():
        ad = await locked(listing)
        was = await database.value(
            "SELECT state FROM answer WHERE listing = $1 AND helper = $2 FOR UPDATE", listing, helper
        )
        freed = await uncommit(listing, helper, None, None)
        await database.execute(
            "UPDATE answer SET state = 'withdrawn', turn = NULL, asked_until = NULL, courtesy = NULL"
            " WHERE listing = $1 AND helper = $2 AND state <> 'declined'",
            listing,
            helper,
        )
        news = [_for_the_one_left(listing, helper if by == ad.author else ad.author, helper, ad.title)] if freed else []
        await tell([*news, *(await ask_next(ad) if was in ("chosen", "asked") else [])])


def _for_the_one_left(listing: UUID, member: UUID, helper: UUID, title: str) -> Told:
    is_helper = member == helper
    topic = Topic.answer_closed if is_helper else Topic.helper_withdrew
    path = "/annonces" if is_helper else f"/annonces/{listing}/candidatures"
    return Told(member=member, topic=topic, thing=listing, about=title, path=path)
