"""The only ways to a tip on someone's behalf. Not theirs and not there are the same answer."""

from uuid import UUID

from litestar import Request
from litestar.params import FromPath

from app.refusals import NotHere, Refused
from listings.access import visible_listing
from listings.ad import Ad
from listings.kinds import Category, Status
from members.me import Me

ENDED = "Ce bon procédé n’est plus en ligne : il ne change plus."
OWN = "C’est votre bon procédé : les autres membres disent s’il est toujours vrai. Vous pouvez le modifier."


async def visible_tip(listing_id: FromPath[UUID], request: Request) -> Ad:
    """One online that the person who asks may read; for other ads, NotHere."""
    ad = await visible_listing(listing_id, request)
    if ad.content.category is not Category.tips:
        raise NotHere
    if ad.status is not Status.published:
        raise Refused(ENDED)
    return ad


async def checkable_tip(listing_id: FromPath[UUID], request: Request) -> Ad:
    """One that another member wrote."""
    ad = await visible_tip(listing_id, request)
    if ad.author == request.user.id:
        raise Refused(OWN)
    return ad


async def tip_in_hand(listing_id: FromPath[UUID], request: Request) -> Ad:
    """One the person who asks wrote, or moderates."""
    ad = await visible_tip(listing_id, request)
    if not has_in_hand(ad, request.user):
        raise NotHere
    return ad


def has_in_hand(ad: Ad, me: Me) -> bool:
    return ad.author == me.id or me.moderates(ad.content.category, ad.department or "")
