"""From a draft to an ad people can read."""

from datetime import datetime
from typing import Any
from uuid import UUID

from answers.asking import ask_those_on_the_list
from app import database
from app.database import transaction
from app.dates import now
from app.refusals import NotHere, Refused
from listings.ad import Ad
from listings.content import Content
from listings.kinds import NAMED, Category, Status
from listings.life.setting_aside import set_aside
from listings.life.steps import Step, move
from listings.life.term import expiry
from listings.market.selling import count_sale
from listings.writing.completeness import missing
from listings.writing.screening import screened_as_new
from listings.writing.sent_back import words_of_moderator
from listings.writing.waiting_edits import withdraw_waiting_edit
from members.me import Me
from members.trust import trust_more
from moderation import audit
from moderation.cases.closing import close_case_of
from moderation.cases.opening import open_case
from moderation.cases.tables import CaseKind
from moderation.rules import Verdict
from moderation.rules.recording import record_hits
from moderation.rules.tables import Moment
from moderation.sanctions.enforcing import guard_posting
from search.saved.matching import look_for_searches

PAST = "La date est passée. Demandez une correction : l’auteur en choisira une autre."
NOT_WAITING = "La relecture est déjà faite, ou n’est plus demandée."
INCOMPLETE = "Il manque encore quelque chose. Reprenez le brouillon pour le compléter."
REFUSED = "Ce texte ne peut pas être publié tel quel. Corrigez les passages signalés, puis renvoyez-le."


async def submit(listing_id: UUID, by: Me) -> Status:
    """Screens a draft of `by`; publishes it, or makes it wait for a moderator. Sent twice, it is one publication.

    Raises Refused when it is closed or removed, when it is incomplete and when a rule refuses it.
    """
    guard_posting(by)
    async with transaction():
        became = await _sent(listing_id, by)
    if became is None:
        raise Refused(REFUSED)
    return became


async def _sent(listing_id: UUID, by: Me) -> Status | None:
    """None when a rule refuses it: nothing then changes, but that it spoke is counted."""
    row = await _locked(listing_id, by.id)
    if row["status"] in (Status.pending, Status.published):
        return Status(row["status"])
    content = Content.of(row)
    if missing(content):
        raise Refused(INCOMPLETE)
    await _one_after_the_other(by.id)
    verdict, _ = await screened_as_new(content, by.id, listing_id)
    if verdict.is_refused:
        await record_hits(verdict, Moment.submission, None)
        return None
    if await waits(Ad.of(row), by, verdict):
        await _hold(listing_id, by, verdict)
        return Status.pending
    await _put_online(listing_id, content)
    await record_hits(verdict, Moment.submission, None)
    await audit.record("listing.published", by=by.id, kind="listing", subject=listing_id)
    return Status.published


async def _one_after_the_other(author: UUID) -> None:
    """Two ads sent at once are compared, and counted, as if the second had been sent a little later."""
    await database.execute("SELECT FROM member WHERE id = $1 FOR NO KEY UPDATE", author)


async def waits(ad: Ad, by: Me, verdict: Verdict) -> bool:
    """Whether a moderator reads it first: a new member's, a held one, one that a moderator sent back, and a local
    offer, which speaks for a body."""
    if ad.content.category is Category.local_offer or not by.is_trusted or verdict.waits_for_a_person:
        return True
    return bool(await words_of_moderator(ad))


async def publish(listing_id: UUID) -> None:
    """A moderator approved it: pending → published. Counts for its author’s trust. Refused if not pending."""
    async with transaction():
        row = await database.row("SELECT * FROM listing WHERE id = $1 AND status = 'pending' FOR UPDATE", listing_id)
        if row is None:
            raise Refused(NOT_WAITING)
        if expiry(Content.of(row)) <= now():
            raise Refused(PAST)
        # One that is prolonged was away since it was held.
        await _put_online(listing_id, Content.of(row), away_since=row["published_at"] and row["submitted_at"])
        if row["published_at"] is None:  # an ad that is prolonged was counted when it was new
            await trust_more(row["author"])
        await set_aside(listing_id)  # whose author was suspended while it waited


async def send_back(listing_id: UUID) -> None:
    """A moderator asks for changes: pending, published → draft again, editable. Raises Refused otherwise."""
    async with transaction():
        if await move(listing_id, Step.send_back) is None:
            raise Refused(NOT_WAITING)
        await withdraw_waiting_edit(listing_id)


async def take_back(listing_id: UUID, by: Me) -> None:
    """The author no longer wants it read: pending → draft, its case is closed. Raises Refused if not pending."""
    async with transaction():
        await close_case_of(listing_id)  # the case first, as a moderator who decides does
        if await move(listing_id, Step.take_back, author=by.id) is None:
            raise Refused(NOT_WAITING)
        await audit.record("listing.taken_back", by=by.id, kind="listing", subject=listing_id)


async def _locked(listing_id: UUID, author: UUID) -> Any:
    row = await database.row("SELECT * FROM listing WHERE id = $1 AND author = $2 FOR UPDATE", listing_id, author)
    if row is None:
        raise NotHere
    if row["status"] in (Status.closed, Status.removed, Status.aside):
        raise Refused(f"Cette {NAMED[Category(row['category'])][0]} est terminée : elle ne se publie plus.")
    return row


async def _hold(listing_id: UUID, by: Me, verdict: Verdict) -> None:
    await move(listing_id, Step.hold)
    await record_hits(verdict, Moment.submission, await open_case_of(listing_id, verdict))
    await audit.record("listing.held", by=by.id, kind="listing", subject=listing_id, rules=",".join(verdict.rules))


async def open_case_of(listing_id: UUID, verdict: Verdict) -> UUID:
    """What a moderator has to judge of an ad that was held just now."""
    (ad,) = await database.rows("SELECT author, category, department FROM listing WHERE id = $1", listing_id)
    return await open_case(kind=CaseKind.listing, listing=listing_id, findings=verdict.findings, **ad)


async def _put_online(listing_id: UUID, content: Content, away_since: datetime | None = None) -> None:
    """Takes a locked draft or pending row."""
    await move(listing_id, Step.publish, expires_at=expiry(content))
    await count_sale(listing_id)
    await ask_those_on_the_list(listing_id)
    await look_for_searches(listing_id, away_since)
