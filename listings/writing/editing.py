"""Changing a published ad: at once when nothing speaks against it, otherwise after a moderator has read it."""

import enum
from uuid import UUID

import asyncpg
import msgspec

from app import database
from app.database import transaction
from app.refusals import Refused
from listings.content import Content
from listings.kinds import Category
from listings.life.following_homes import follow_home
from listings.life.promised_places import PlacesPromised, keep_promises
from listings.life.publishing import INCOMPLETE, REFUSED
from listings.life.term import expiry
from listings.market.selling import count_sale
from listings.writing.changed import CHANGED, ChangedMeanwhile
from listings.writing.completeness import missing
from listings.writing.screening import screened
from listings.writing.waiting_edits import waiting_edit, withdraw_waiting_edit
from listings.writing.writing_down import write_down
from members.me import Me
from moderation import audit
from moderation.cases.opening import open_case
from moderation.cases.tables import CaseKind
from moderation.rules import Verdict
from moderation.rules.recording import record_hits
from moderation.rules.tables import Moment
from moderation.sanctions.enforcing import guard_posting
from search.keeping import keep_indexed
from search.saved.matching import known_before, look_for_searches

NOT_ONLINE = "Ce n’est plus en ligne : la modification n’a pas été faite."
PROMISED = "Depuis, quelqu’un a été retenu pour une place que cette modification enlève. Demandez une correction."
NOT_WAITING = "Cette modification n’attend plus de relecture."


class Edited(enum.Enum):
    applied = "applied"
    waiting = "waiting"


async def edit(listing_id: UUID, by: Me, content: Content, shown: int | None = None) -> Edited:
    """Screens the new content of a published ad of `by`. A held one replaces the edit that was waiting, if any.

    `shown` is the stamp of the content the form was filled from. Raises ChangedMeanwhile when the ad has another one
    by now, unless it already says just this (the same form sent twice); Refused when the ad is not online any more,
    when something is missing and when a rule refuses it; PlacesPromised when it takes away what was promised.
    """
    guard_posting(by)
    if missing(content):
        raise Refused(INCOMPLETE)
    verdict = await screened(content, by.id, listing_id)
    if verdict.is_refused:
        await record_hits(verdict, Moment.edit, None)
        raise Refused(REFUSED)
    async with transaction():
        await withdraw_waiting_edit(listing_id)
        row = await _locked(listing_id, by.id)
        # Not the version: that grows with a place taken, too, which changes nothing of what is written.
        if shown not in (None, Content.of(row).stamp):
            return _same_or_changed(row, content)
        # Cases are locked before their ad everywhere: an edit held since the first line cannot be withdrawn here.
        if await waiting_edit(listing_id) not in (None, content):
            raise ChangedMeanwhile(CHANGED)
        await keep_promises(listing_id, content)
        is_read_first = not by.is_trusted or content.category is Category.local_offer
        if not (is_read_first or verdict.waits_for_a_person):
            await _apply(listing_id, content)
            await record_hits(verdict, Moment.edit, None)
            await audit.record("listing.edited", by=by.id, kind="listing", subject=listing_id)
            return Edited.applied
        await _hold(listing_id, by, content, verdict, row["department"])
        return Edited.waiting


async def withdraw_edit(listing_id: UUID, by: Me) -> None:
    """The author keeps the ad as it is. Without a waiting edit nothing happens."""
    async with transaction():
        if await withdraw_waiting_edit(listing_id):
            await audit.record("edit.withdrawn", by=by.id, kind="listing", subject=listing_id)


async def accept_edit(edit_id: UUID) -> None:
    """A moderator approved it: the ad says the new text. Raises Refused when edit or ad are not there to change."""
    async with transaction():
        listing, content = await _leave_waiting(edit_id, "accepted")
        if not await database.value(
            "SELECT id FROM listing WHERE id = $1 AND status = 'published' FOR UPDATE", listing
        ):
            raise Refused(NOT_ONLINE)
        try:
            await keep_promises(listing, content)
        except PlacesPromised:
            raise Refused(PROMISED) from None
        await _apply(listing, content)


async def refuse_edit(edit_id: UUID) -> None:
    """A moderator asks for changes: the old text stays. Raises Refused when the edit is not waiting."""
    async with transaction():
        await _leave_waiting(edit_id, "refused")


async def _leave_waiting(edit_id: UUID, state: str) -> tuple[UUID, Content]:
    row = await database.row(
        "UPDATE listing_edit SET state = $2 WHERE id = $1 AND state = 'waiting' RETURNING listing, content",
        edit_id,
        state,
    )
    if row is None:
        raise Refused(NOT_WAITING)
    return row["listing"], msgspec.json.decode(row["content"], type=Content)


async def _locked(listing_id: UUID, author: UUID) -> asyncpg.Record:
    row = await database.row(
        "SELECT * FROM listing WHERE id = $1 AND author = $2 AND status = 'published' FOR UPDATE", listing_id, author
    )
    if row is None:
        raise Refused(NOT_ONLINE)
    return row


def _same_or_changed(row: asyncpg.Record, content: Content) -> Edited:
    if Content.of(row) == content:
        return Edited.applied
    raise ChangedMeanwhile(CHANGED)


async def _apply(listing_id: UUID, content: Content) -> None:
    """Takes a locked, published row."""
    await known_before(listing_id)
    await write_down(listing_id, content)
    since = await database.value("SELECT coalesce(renewed_at, published_at) FROM listing WHERE id = $1", listing_id)
    await database.execute(
        "UPDATE listing SET expires_at = $2, reminded_at = CASE WHEN expires_at = $2 THEN reminded_at END"
        " WHERE id = $1",
        listing_id,
        expiry(content, since),
    )
    await count_sale(listing_id)
    await keep_indexed(listing_id)
    await look_for_searches(listing_id)
    (listing,) = await database.rows("SELECT id, author, category, status FROM listing WHERE id = $1", listing_id)
    await follow_home(listing)


async def _same_or_refused(listing_id: UUID, content: Content) -> None:
    if await waiting_edit(listing_id) != content:
        raise Refused("Une autre modification vient d’être envoyée. Relisez-la avant de recommencer.")


async def _hold(listing_id: UUID, by: Me, content: Content, verdict: Verdict, department: str) -> None:
    edit_id = await database.value(
        "INSERT INTO listing_edit (listing, content, made_at, state) VALUES ($1, $2::text::jsonb, now(), 'waiting')"
        " ON CONFLICT (listing) WHERE state = 'waiting' DO NOTHING RETURNING id",
        listing_id,
        msgspec.json.encode(content).decode(),
    )
    if edit_id is None:  # sent from another window since the one that waited was withdrawn
        await _same_or_refused(listing_id, content)
        return
    case = await open_case(
        kind=CaseKind.edit,
        listing=listing_id,
        edit=edit_id,
        author=by.id,
        category=content.category.value,
        department=department,
        findings=verdict.findings,
    )
    await record_hits(verdict, Moment.edit, case)
    await audit.record("edit.held", by=by.id, kind="listing", subject=listing_id, rules=",".join(verdict.rules))
