"""A member's own ads, each with its next steps."""

import enum
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from app import database, paging
from app.dates import in_words, moment, now, since
from app.settings import PARIS
from listings.kinds import OUTCOME, Category, Outcome, Status
from listings.life.steps import state_of
from listings.life.term import last_day
from listings.paths import own_path_of, writing_path_of
from listings.photos.files import Size, photo_url

MOST_ACTIVE = 100
ON_SHELF = 10
ENDS_SOON = timedelta(days=7)


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """One line. `next_url` is where the next step is, `here` where the others begin; `state_tone` is a tone of the
    `state_badge` macro; `answers` wait for a decision, `answered` counts all there were."""

    id: UUID
    category: str
    title: str
    url: str
    here: str
    photo_url: str | None
    state: Status
    state_text: str
    state_tone: str
    said: str
    next_label: str
    next_url: str
    answers: int
    answered: int
    ends_soon: bool
    can_come_back: bool
    is_home: bool
    has_page: bool
    """Nothing is to be read of a draft thrown away after a moderator asked for changes."""


class OwnAds(msgspec.Struct, frozen=True):
    active: list[Own]
    ended: list[Own]
    older: str | None
    """The address of the page of older ended ads."""


class Shelf(enum.StrEnum):
    """Where an ad of one's own is found, as addresses name it."""

    online = "en-ligne"
    reserved = "reservees"
    waiting = "relecture"
    drafts = "brouillons"
    ended = "terminees"


SHELF = {
    Shelf.online: "En ligne",
    Shelf.reserved: "Réservées",
    Shelf.waiting: "En relecture",
    Shelf.drafts: "Brouillons",
    Shelf.ended: "Terminées",
}
IS_ENDED = "(l.status IN ('closed', 'aside') OR (l.status = 'removed' AND l.body <> ''))"
"""Of one that moderation removed long ago nothing is left to read."""
_ON = {
    Shelf.online: "l.status = 'published' AND l.reserved = 0",
    Shelf.reserved: "l.status = 'published' AND l.reserved > 0",
    Shelf.waiting: "l.status = 'pending'",
    Shelf.drafts: "l.status = 'draft'",
    Shelf.ended: IS_ENDED,
}


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


async def ads_on(author: UUID, shelf: Shelf, most: int = ON_SHELF) -> list[Own]:
    """Those of one shelf, the last changed first."""
    return _owns(await database.rows(_SHELVED.format(shelf=_ON[shelf]), author, most))


async def shelves_of(author: UUID) -> dict[Shelf, int]:
    """How many ads stand on each shelf. One query."""
    found = await database.row(_COUNTED, author)
    return {shelf: found[shelf.name] for shelf in Shelf} if found else dict.fromkeys(Shelf, 0)


RUNS_ITS_COURSE = "(l.expires_at >= coalesce(l.renewed_at, l.published_at) + interval '59 days')"
"""It ends because its time is over, and not for a last day of its own: it can be prolonged."""
IS_SENT_BACK = """'ask_changes' IS NOT DISTINCT FROM (
    SELECT d.kind FROM decision d JOIN moderation_case c ON c.id = d.case
    WHERE c.listing = l.id AND c.kind = 'listing' ORDER BY d.decided_at DESC LIMIT 1)"""
"""A moderator asked for changes, and nobody has decided anything since."""
IS_ONES_OWN = "l.category <> 'local_offer'"
"""What a correspondent proposes for their body stands apart: partners/own.py."""
_COLUMNS = f"""
l.id, l.category, l.status, l.title, l.photos[1] AS photo, l.department, l.updated_at, l.submitted_at, l.published_at,
l.expires_at, l.closed_at, l.outcome, l.places, l.reserved,
l.status = 'draft' AND {IS_SENT_BACK} AS is_sent_back, l.status = 'published' AND EXISTS (
    SELECT FROM listing_edit e WHERE e.listing = l.id AND e.state = 'waiting'
) AS is_being_edited, {RUNS_ITS_COURSE} AS runs_its_course, answered.*
"""
_FROM = """
FROM listing l CROSS JOIN LATERAL (
    SELECT count(*)::int AS answered, (count(*) FILTER (WHERE a.state = 'waiting'))::int AS answers
    FROM answer a WHERE a.listing = l.id AND l.status = 'published'
) answered
"""
_ACTIVE = f"""
SELECT {_COLUMNS} {_FROM} WHERE l.author = $1 AND {IS_ONES_OWN} AND l.status IN ('draft', 'pending', 'published')
ORDER BY l.updated_at DESC, l.id DESC LIMIT $2
"""
_SHELVED = f"""
SELECT {_COLUMNS} {_FROM} WHERE l.author = $1 AND {IS_ONES_OWN} AND {{shelf}}
ORDER BY l.updated_at DESC, l.id DESC LIMIT $2
"""
_ENDED = f"""
SELECT {_COLUMNS} {_FROM} WHERE l.author = $1 AND {IS_ONES_OWN} AND {IS_ENDED}
AND (l.updated_at, l.id) < ($2, $3) ORDER BY l.updated_at DESC, l.id DESC LIMIT $4
"""
_COUNTED = (
    "SELECT "
    + ", ".join(f"count(*) FILTER (WHERE {on})::int AS {shelf.name}" for shelf, on in _ON.items())
    + f" FROM listing l WHERE l.author = $1 AND {IS_ONES_OWN}"
)


def _owns(rows: Sequence[Any]) -> list[Own]:
    return [_own(row) for row in rows]


def _own(row: Any) -> Own:
    status, state, here = Status(row["status"]), state_of(row), own_path_of(row["category"], row["id"])
    is_home = row["category"] == Category.home
    label, url = _next_step(row, status, here)
    return Own(
        id=row["id"],
        category=row["category"],
        title=row["title"] or ("Logement sans titre" if is_home else "Annonce sans titre"),
        url=writing_path_of(row["category"], row["id"]) if status is Status.draft else here,
        here=here,
        photo_url=photo_url(row["photo"], Size.thumb) if row["photo"] else None,
        state=status,
        state_text="À corriger" if row["is_sent_back"] else state.words,
        state_tone="bad" if row["is_sent_back"] else state.tone,
        said=_said(row, status),
        next_label=label,
        next_url=url,
        answers=row["answers"],
        answered=row["answered"],
        ends_soon=status is Status.published and row["runs_its_course"] and row["expires_at"] - now() < ENDS_SOON,
        can_come_back=status is Status.closed and row["outcome"] != Outcome.fulfilled and not is_home,
        is_home=is_home,
        has_page=status is not Status.closed or row["published_at"] is not None,
    )


def _next_step(row: Any, status: Status, here: str) -> tuple[str, str]:
    if status is Status.draft:
        url = writing_path_of(row["category"], row["id"])
        return ("Corriger et renvoyer" if row["is_sent_back"] else "Continuer"), url
    return ("Modifier", f"{here}/modification") if status is Status.published else ("", "")


def _said(row: Any, status: Status) -> str:
    if status is Status.draft:
        return f"Modifié {since(row['updated_at'])}"
    if status is Status.pending:
        return f"Envoyée {since(row['submitted_at'])}, une personne de l’équipe va la lire"
    if status is Status.published:
        waits = " ; votre modification attend une relecture" if row["is_being_edited"] else ""
        return f"Jusqu’au {in_words(last_day(row['expires_at'], row['department']))}{waits}"
    if status is Status.closed:
        return f"{OUTCOME[Outcome(row['outcome'])]}, {since(row['closed_at'])}"
    if status is Status.aside:
        return f"Mise de côté {since(row['updated_at'])}"
    return f"Retirée le {moment(row['updated_at'])}"
