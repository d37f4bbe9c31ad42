"""A correspondent's own offers, each with where it stands."""

from typing import Any
from uuid import UUID

import msgspec

from app import database
from app.dates import in_words
from listings.kinds import OUTCOME, STATUS, Outcome, Status
from listings.life.term import last_day
from listings.own_ads import IS_SENT_BACK

TONE = {Status.published: "good", Status.removed: "bad", Status.closed: "still", Status.aside: "still"}
MOST = 200


class OwnOffer(msgspec.Struct, frozen=True, kw_only=True):
    """`tone` is one of the `state_badge` macro."""

    id: UUID
    title: str
    partner: str
    state_text: str
    tone: str
    said: str
    is_draft: bool
    may_confirm: bool


async def own_offers(correspondent: UUID) -> list[OwnOffer]:
    """Those that live first, then the others, the last changed first; 200 at most. One query."""
    return [_own(row) for row in await database.rows(_OWN, correspondent, MOST)]


def _own(row: Any) -> OwnOffer:
    status = Status(row["status"])
    state = (
        "À corriger" if row["is_sent_back"] else "Envoyée, en relecture" if status is Status.pending else STATUS[status]
    )
    return OwnOffer(
        id=row["id"],
        title=row["title"] or "Offre sans titre",
        partner=row["partner"] or "",
        state_text=state,
        tone="bad" if row["is_sent_back"] else TONE.get(status, ""),
        said=_said(row, status),
        is_draft=status is Status.draft,
        may_confirm=status is Status.published and row["was_reminded"],
    )


def _said(row: Any, status: Status) -> str:
    if status is Status.published:
        waits = ", votre modification attend une relecture" if row["is_being_edited"] else ""
        return f"visible jusqu’au {in_words(last_day(row['expires_at'], row['department']))}{waits}"
    if status is Status.closed:
        return OUTCOME[Outcome(row["outcome"])].lower()
    return ""


_OWN = f"""
SELECT l.id, l.status, l.title, l.details ->> 'partner' AS partner, l.department, l.expires_at, l.outcome,
    l.reminded_at IS NOT NULL AS was_reminded, l.status = 'draft' AND {IS_SENT_BACK} AS is_sent_back,
    EXISTS (SELECT FROM listing_edit e WHERE e.listing = l.id AND e.state = 'waiting') AS is_being_edited
FROM listing l WHERE l.author = $1 AND l.category = 'local_offer' AND (l.status <> 'removed' OR l.body <> '')
ORDER BY l.status IN ('closed', 'removed'), l.updated_at DESC, l.id LIMIT $2
"""
