"""Prolonging an ad: the rules are run again, and a held one is read by a moderator before it goes on."""

import enum
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from answers.settling import begin_anew
from app import database, live
from app.database import transaction
from app.dates import now
from app.refusals import Refused
from listings.ad import Ad
from listings.kinds import Category, Outcome, Status
from listings.life.one_home import has_another_home
from listings.life.publishing import open_case_of
from listings.life.steps import Step, hold, move
from listings.life.term import TIP_LIVES, expiry
from listings.paths import changing_path_of, own_path_of
from listings.writing.screening import screened
from listings.writing.waiting_edits import withdraw_waiting_edit
from moderation import audit
from moderation.cases.locking import open_cases_of
from moderation.rules import Verdict
from moderation.rules.recording import record_hits
from moderation.rules.tables import Moment
from moderation.sanctions.enforcing import guard_posting_of
from notifications.notifying import notify
from notifications.reading import read_about
from notifications.topics import Topic
from partners.sheet import OfferSheet
from partners.territory import guard_territory
from search.keeping import keep_indexed

NOT_ONLINE = "Ce n’est plus en ligne : il n’y a rien à prolonger."
NOT_ENDED = "Ce n’est pas terminé : il n’y a rien à reprendre."
SETTLED = "Cette annonce est réglée, et ce qui a été convenu tient. Publiez-en une nouvelle."
ANOTHER_HOME = "Vous avez déjà un logement ici : on en propose un à la fois."
WITH_OPEN_CASE = "Un modérateur relit ce texte. Vous pourrez le reprendre quand il aura répondu."

ONE_CLICK = timedelta(minutes=1)
"""Less than that is nothing to gain: the same request sent again, for the term moves with the clock."""


class Prolonged(enum.Enum):
    renewed = "renewed"
    held = "held"
    refused = "refused"
    at_its_term = "at_its_term"


class Renewal(msgspec.Struct, frozen=True):
    """What came of it; `until` is when the ad ends as things are now."""

    done: Prolonged
    until: datetime


class NotOnline(Refused):
    """The ad is not there to be prolonged, or not what it was when this was asked."""


async def renew(listing: UUID, by: UUID, still: Mapping[str, Any] | None = None) -> Renewal:
    """Prolongs an ad of `by` to its term counted from today.

    `still` are columns that must hold these values, else NotOnline. Held by the rules it waits for a moderator;
    refused by them, or bounded by its own last day, it stays as it is. Raises OutsideTerritory for a local offer that
    reaches beyond its author's territory.
    """
    await guard_posting_of(by)
    while True:
        ad = await _online(listing, by, still)
        await _guard_place(ad)
        until = expiry(ad.content)
        if ad.expires_at and until <= ad.expires_at:
            return Renewal(Prolonged.at_its_term, ad.expires_at)
        verdict = await screened(ad.content, by, ad.id)
        if (
            ad.expires_at
            and until - ad.expires_at < ONE_CLICK
            and not (verdict.is_refused or verdict.waits_for_a_person)
        ):
            return Renewal(Prolonged.renewed, ad.expires_at)
        # Another change since it was screened, a place taken for instance: it is looked at again.
        if renewal := await _renew(ad, until, verdict, {**(still or {}), "version": ad.version}):
            return renewal


async def _guard_place(ad: Ad) -> None:
    """A local offer is confirmed by a correspondent of every department it reaches. Raises OutsideTerritory."""
    sheet = ad.content.particulars
    if isinstance(sheet, OfferSheet):
        await guard_territory(sheet.departments, ad.author)


async def _online(listing: UUID, by: UUID, still: Mapping[str, Any] | None) -> Ad:
    row = await database.row(
        "SELECT * FROM listing WHERE id = $1 AND author = $2 AND status = 'published' AND expires_at > now()",
        listing,
        by,
    )
    if row is None or any(row[column] != value for column, value in (still or {}).items()):
        raise NotOnline(NOT_ONLINE)
    return Ad.of(row)


async def _renew(ad: Ad, until: datetime, verdict: Verdict, still: Mapping[str, Any]) -> Renewal | None:
    async with transaction():
        if verdict.is_refused:
            return await _refused(ad, verdict)
        if verdict.waits_for_a_person:
            return await _held(ad, verdict, still)
        if await move(ad.id, Step.renew, author=ad.author, still=still, expires_at=until) is None:
            return None
        await reminder_answered(ad.id, ad.author)
        await record_hits(verdict, Moment.renewal, None)
        await audit.record("listing.renewed", by=ad.author, kind="listing", subject=ad.id)
        return Renewal(Prolonged.renewed, until)


async def _refused(ad: Ad, verdict: Verdict) -> Renewal:
    await record_hits(verdict, Moment.renewal, None)
    await audit.record("listing.renewal_refused", by=ad.author, kind="listing", subject=ad.id)
    path = changing_path_of(ad.content.category, ad.id)
    await notify(ad.author, Topic.renewal_refused, thing=ad.id, about=ad.title, path=path)
    return Renewal(Prolonged.refused, ad.expires_at or now())


async def _held(ad: Ad, verdict: Verdict, still: Mapping[str, Any]) -> Renewal | None:
    await open_cases_of(ad.id)
    if await move(ad.id, Step.hold, author=ad.author, still=still) is None:
        return None
    await withdraw_waiting_edit(ad.id)
    await record_hits(verdict, Moment.renewal, await open_case_of(ad.id, verdict))
    await reminder_answered(ad.id, ad.author)
    rules = ",".join(verdict.rules)
    await audit.record("listing.renewal_held", by=ad.author, kind="listing", subject=ad.id, rules=rules)
    path = own_path_of(ad.content.category, ad.id)
    await notify(ad.author, Topic.renewal_held, thing=ad.id, about=ad.title, path=path)
    return Renewal(Prolonged.held, ad.expires_at or now())


async def reminder_answered(listing: UUID, author: UUID) -> None:
    """Inside a transaction: the author did what the reminder asked."""
    if await read_about(author, listing, Topic.listing_ending):
        await live.tell(live.Happened(to=author, what="badge"))


async def prolong_tip(listing: UUID) -> None:
    """A tip that still holds lives a year from today. In the caller's transaction; nothing happens to other ads."""
    prolonged = await database.value(
        "UPDATE listing SET expires_at = now() + $2::interval, renewed_at = now(), reminded_at = NULL,"
        " version = version + 1 WHERE id = $1 AND category = 'tips' AND status = 'published' AND expires_at > now()"
        " RETURNING id",
        listing,
        TIP_LIVES,
    )
    if prolonged:
        await keep_indexed(listing)


async def take_up(ad: Ad) -> None:
    """Its author begins again from an ad that was withdrawn or expired: a draft, screened when it is sent. Refused
    when it is not one, while a moderator is judging it, and of a home while there is another."""
    async with transaction():
        await hold(ad.id)
        if ad.content.category is Category.home and await has_another_home(ad.author, ad.id):
            raise Refused(ANOTHER_HOME)
        if await move(ad.id, Step.take_up, author=ad.author) is None:
            raise Refused(SETTLED if ad.outcome is Outcome.fulfilled else NOT_ENDED)
        if await database.value(
            "SELECT id FROM moderation_case WHERE listing = $1 AND kind = 'listing' AND closed_at IS NULL", ad.id
        ):
            raise Refused(WITH_OPEN_CASE)
        await begin_anew(ad.id)
        await audit.record("listing.taken_up", by=ad.author, kind="listing", subject=ad.id)


def is_worth_prolonging(ad: Ad) -> bool:
    """Whether it is online, past half of its life, and prolonging would bring some of it back."""
    if ad.status is not Status.published or ad.expires_at is None:
        return False
    left, whole = ad.expires_at - now(), expiry(ad.content) - now()
    return timedelta() < left <= whole / 2
