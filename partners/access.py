"""The way to a local offer: for whoever reads, and for the correspondent who proposes it. Not theirs to read, not
there: the same answer."""

from collections.abc import Mapping
from typing import Any, Self
from uuid import UUID

import msgspec
from litestar import Request
from litestar.params import FromPath

from app import database
from app.refusals import AlreadyDone, NotHere, Refused
from listings.access import in_scope
from listings.ad import Ad
from listings.kinds import PUBLIC, Outcome, Status
from listings.life.prolonged import guard_prolonged
from listings.paths import MY_OFFERS, changing_path_of, own_path_of
from listings.writing.deleted import DELETED, guard_deleted, was_deleted
from listings.writing.given_back import giving_back
from members.me import Me
from partners.sheet import OfferSheet

AN_OFFER = "category = 'local_offer'"
FOR_EVERYONE = "details ->> 'readers' = 'everyone'"
NOT_NOW = "Cette offre a changé entre-temps : regardez où elle en est."


def online_for(me: Me | None) -> str:
    """The condition on `listing` for the offers this person may find. No block between members hides one: it speaks
    for a body."""
    return f"{AN_OFFER} AND {PUBLIC}" + ("" if me else f" AND {FOR_EVERYONE}")


class VisibleOffer(msgspec.Struct, frozen=True):
    """An offer somebody may read: its row of `listing` and what it says of itself."""

    ad: Ad
    sheet: OfferSheet

    @classmethod
    def of(cls, row: Mapping[str, Any] | None) -> Self:
        """From a record of `SELECT listing.*`. Raises NotHere without one, and for a draft that is no offer yet."""
        ad = Ad.of(row) if row else None
        sheet = ad.content.particulars if ad else None
        if ad is None or not isinstance(sheet, OfferSheet):
            raise NotHere
        return cls(ad, sheet)


async def visible_offer(listing_id: FromPath[UUID], request: Request) -> VisibleOffer:
    """One online for this visitor or member, any of one's own, or one that waits for or went by the moderators in
    scope."""
    user: Me | None = request.scope.get("user")
    me = user and user.as_reader
    condition, given = online_for(me), tuple[Any, ...]()
    if me:
        scoped = in_scope("$3", "$4", "$5")
        condition = f"(({condition}) OR author = $2 OR (status <> 'draft' AND {scoped}))"
        given = (me.id, me.is_moderator, list(me.categories), list(me.departments))
    return VisibleOffer.of(
        await database.row(f"SELECT * FROM listing WHERE id = $1 AND {AN_OFFER} AND {condition}", listing_id, *given)
    )


class NotSoNow(Refused):
    """The offer is not in the state this needs."""

    leads_to = (MY_OFFERS, "Mes offres locales")


async def own_offer(listing_id: FromPath[UUID], request: Request) -> Ad:
    """An offer of the correspondent who asks, in any state but removed with nothing left of it."""
    row = await database.row(
        f"SELECT * FROM listing WHERE id = $1 AND author = $2 AND {AN_OFFER}", listing_id, request.user.id
    )
    if row is None:
        raise NotHere
    return Ad.of(row)


async def own_draft(listing_id: FromPath[UUID], request: Request) -> Ad:
    return await _own(listing_id, request, Status.draft)


async def draft_to_delete(listing_id: FromPath[UUID], request: Request) -> Ad:
    """Raises AlreadyDone once they deleted it."""
    await guard_deleted(listing_id, request.user.id, MY_OFFERS)
    return await own_draft(listing_id, request)


async def own_online(listing_id: FromPath[UUID], request: Request) -> Ad:
    return await _own(listing_id, request, Status.published)


async def offer_to_write(listing_id: FromPath[UUID], request: Request) -> Ad:
    """What was sent for a draft that another window deleted is given back."""
    return await giving_back(request, _undeleted(listing_id, request))


async def _undeleted(listing_id: UUID, request: Request) -> Ad:
    if await was_deleted(listing_id, request.user.id):
        raise NotSoNow(DELETED)
    return await own_offer(listing_id, request)


async def online_to_withdraw(listing_id: FromPath[UUID], request: Request) -> Ad:
    """Raises AlreadyDone once it is withdrawn."""
    ad = await own_offer(listing_id, request)
    if ad.status is Status.closed and ad.outcome is Outcome.withdrawn:
        raise AlreadyDone(own_path_of(ad.content.category, ad.id))
    return await own_online(listing_id, request)


async def online_to_confirm(listing_id: FromPath[UUID], request: Request) -> Ad:
    """Raises AlreadyDone when it was confirmed, and is read over before it goes on."""
    ad = await own_offer(listing_id, request)
    guard_prolonged(ad, own_path_of(ad.content.category, ad.id))
    return await own_online(listing_id, request)


async def offer_to_write_again(listing_id: FromPath[UUID], request: Request) -> Ad:
    """One that waits or ended. Raises AlreadyDone once it is a draft again."""
    ad = await own_offer(listing_id, request)
    if ad.status is Status.draft:
        raise AlreadyDone(changing_path_of(ad.content.category, ad.id))
    if ad.status is Status.published:
        raise NotSoNow(NOT_NOW)
    return ad


async def _own(listing_id: UUID, request: Request, status: Status) -> Ad:
    ad = await own_offer(listing_id, request)
    if ad.status is not status:
        raise NotSoNow(NOT_NOW)
    return ad
