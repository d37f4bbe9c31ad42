"""A member's own ads, each with its next step."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from app import database, paging
from app.dates import in_words, moment, since
from app.settings import PARIS
from listings.kinds import OUTCOME, STATUS, Outcome, Status
from listings.photo_files import Size, photo_url

MOST_ACTIVE = 100
TONE = {Status.published: "good", Status.closed: "still", Status.removed: "bad"}


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the page. `next_url` is where the next step is; `state_tone` is a tone of the `state_badge` macro."""

    id: UUID
    category: str
    title: str
    url: str
    photo_url: str | None
    state: Status
    state_text: str
    state_tone: str
    said: str
    next_label: str
    next_url: str
    has_page: bool
    """Nothing is to be read of a draft thrown away after a moderator asked for changes."""


class OwnAds(msgspec.Struct, frozen=True):
    active: list[Own]
    ended: list[Own]
    older: str | None
    """The address of the page of older ended ads."""


async def own_ads(author: UUID, after: paging.After | None) -> OwnAds:
    """Two queries: what lives (up to 100), and a page of what ended."""
    active = [] if after else await living_ads(author)
    ended = await database.rows(
        _ENDED,
        author,
        after.at if after else datetime.max.replace(tzinfo=PARIS),
        after.id if after else UUID(int=0),
        paging.SIZE + 1,
    )
    shown, more = ended[: paging.SIZE], len(ended) > paging.SIZE
    older = paging.address(paging.After(shown[-1]["updated_at"], shown[-1]["id"])) if more else None
    return OwnAds(active, _owns(shown), older)


async def living_ads(author: UUID, most: int = MOST_ACTIVE) -> list[Own]:
    """Drafts, ads that wait and ads online, the last changed first."""
    return _owns(await database.rows(_ACTIVE, author, most))


_COLUMNS = """
l.id, l.category, l.status, l.title, l.photos[1] AS photo, l.updated_at, l.submitted_at, l.published_at, l.expires_at,
l.closed_at, l.outcome, l.status = 'draft' AND 'ask_changes' IS NOT DISTINCT FROM (
    SELECT d.kind FROM decision d JOIN moderation_case c ON c.id = d.case
    WHERE c.listing = l.id AND c.kind = 'listing' ORDER BY d.decided_at DESC LIMIT 1
) AS is_sent_back, l.status = 'published' AND EXISTS (
    SELECT FROM listing_edit e WHERE e.listing = l.id AND e.state = 'waiting'
) AS is_being_edited
"""
_ACTIVE = f"""
SELECT {_COLUMNS} FROM listing l WHERE l.author = $1 AND l.status IN ('draft', 'pending', 'published')
ORDER BY l.updated_at DESC, l.id DESC LIMIT $2
"""
_ENDED = f"""
SELECT {_COLUMNS} FROM listing l WHERE l.author = $1 AND l.status IN ('closed', 'removed')
AND (l.updated_at, l.id) < ($2, $3) ORDER BY l.updated_at DESC, l.id DESC LIMIT $4
"""


def _owns(rows: Sequence[Any]) -> list[Own]:
    return [_own(row) for row in rows]


def _own(row: Any) -> Own:
    state, here = Status(row["status"]), f"/annonces/{row['id']}"
    label, url = _next_step(row, state, here)
    return Own(
        id=row["id"],
        category=row["category"],
        title=row["title"] or "Annonce sans titre",
        url=f"{here}/brouillon" if state is Status.draft else here,
        photo_url=photo_url(row["photo"], Size.thumb) if row["photo"] else None,
        state=state,
        state_text="À corriger" if row["is_sent_back"] else STATUS[state],
        state_tone="bad" if row["is_sent_back"] else TONE.get(state, ""),
        said=_said(row, state),
        next_label=label,
        next_url=url,
        has_page=state is not Status.closed or row["published_at"] is not None,
    )


def _next_step(row: Any, state: Status, here: str) -> tuple[str, str]:
    if state is Status.draft:
        return ("Corriger et renvoyer" if row["is_sent_back"] else "Continuer"), f"{here}/brouillon"
    return ("Modifier", f"{here}/modification") if state is Status.published else ("", "")


def _said(row: Any, state: Status) -> str:
    if state is Status.draft:
        return f"Modifié {since(row['updated_at'])}"
    if state is Status.pending:
        return f"Envoyée {since(row['submitted_at'])}, une personne de l’équipe va la lire"
    if state is Status.published:
        until = in_words(row["expires_at"].astimezone(PARIS).date())
        waits = " ; votre modification attend une relecture" if row["is_being_edited"] else ""
        return f"En ligne jusqu’au {until}{waits}"
    if state is Status.closed:
        return f"{OUTCOME[Outcome(row['outcome'])]}, {since(row['closed_at'])}"
    return f"Retirée le {moment(row['updated_at'])}"
