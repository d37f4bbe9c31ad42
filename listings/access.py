"""The only ways to an ad on someone's behalf. Not theirs and not there are the same answer."""

from typing import Any
from uuid import UUID

from litestar import Request
from litestar.params import FromPath

from app import database
from app.refusals import AlreadyDone, NotHere, Refused
from listings.ad import Ad
from listings.kinds import IS_AN_AD, Outcome, Status
from listings.life.prolonged import guard_prolonged
from listings.paths import MY_ADS, own_path_of, writing_path_of
from listings.writing.deleted import DELETED, guard_deleted, was_deleted
from listings.writing.given_back import giving_back
from members.me import Me
from members.visibility import not_blocked
from moderation import audit

NOT_A_DRAFT = {
    Status.pending: "Cette annonce est en relecture. Pour la corriger, reprenez-la depuis « Mes annonces ».",
    Status.published: "Cette annonce est en ligne. Choisissez « Modifier » pour la changer.",
    Status.closed: "Cette annonce est terminée : elle ne se modifie plus.",
    Status.removed: "Cette annonce a été retirée par la modération : elle ne se modifie plus.",
    Status.aside: "Cette annonce est mise de côté, elle ne se modifie pas pour l’instant.",
}
NOT_ONLINE = {
    Status.draft: "Cette annonce n’est pas encore en ligne. Reprenez-la depuis « Mes annonces ».",
    Status.pending: "Cette annonce est en relecture. Pour la corriger, reprenez-la depuis « Mes annonces ».",
    Status.closed: "Cette annonce est déjà terminée.",
    Status.removed: "Cette annonce a été retirée par la modération.",
    Status.aside: "Cette annonce est mise de côté pour l’instant.",
}


class NotSoNow(Refused):
    """The ad is not in the state this needs."""

    leads_to = (MY_ADS, "Mes annonces")


async def own_listing(listing_id: FromPath[UUID], request: Request) -> Ad:
    """An ad of the person who asks, in any state. Homes and local offers have doors of their own:
    exchanges/homes/own.py, partners/access.py."""
    row = await database.row(
        f"SELECT * FROM listing WHERE id = $1 AND author = $2 AND {IS_AN_AD}", listing_id, request.user.id
    )
    if row is None:
        raise NotHere
    return Ad.of(row)


async def own_draft(listing_id: FromPath[UUID], request: Request) -> Ad:
    ad = await own_listing(listing_id, request)
    if ad.status is not Status.draft:
        raise NotSoNow(NOT_A_DRAFT[ad.status])
    return ad


async def draft_to_write(listing_id: FromPath[UUID], request: Request) -> Ad:
    """What was sent for one that another window sent or deleted is given back."""
    return await giving_back(request, _undeleted_draft(listing_id, request))


async def _undeleted_draft(listing_id: UUID, request: Request) -> Ad:
    if await was_deleted(listing_id, request.user.id):
        raise NotSoNow(DELETED)
    return await own_draft(listing_id, request)


async def draft_to_delete(listing_id: FromPath[UUID], request: Request) -> Ad:
    """Raises AlreadyDone once they deleted it."""
    await guard_deleted(listing_id, request.user.id, MY_ADS)
    return await own_draft(listing_id, request)


async def own_published(listing_id: FromPath[UUID], request: Request) -> Ad:
    ad = await own_listing(listing_id, request)
    if ad.status is not Status.published:
        raise NotSoNow(NOT_ONLINE[ad.status])
    return ad


async def published_to_change(listing_id: FromPath[UUID], request: Request) -> Ad:
    """What was sent for one that has ended meanwhile is given back."""
    return await giving_back(request, own_published(listing_id, request))


async def ad_to_end(listing_id: FromPath[UUID], request: Request) -> Ad:
    """Raises AlreadyDone once it has ended in the way that is asked, with all of those who are said to have helped."""
    ad = await own_listing(listing_id, request)
    sent = await request.form()
    if ad.status is Status.closed and ad.outcome == sent.get("outcome"):
        helped = sent.getall("helped", []) if ad.outcome is Outcome.fulfilled else []
        known = await database.rows("SELECT helper, helped FROM help WHERE listing = $1", ad.id)
        if set(map(str, helped)) <= {str(one) for row in known for one in row}:
            raise AlreadyDone(MY_ADS)
    return await own_published(listing_id, request)


async def ad_to_prolong(listing_id: FromPath[UUID], request: Request) -> Ad:
    """Raises AlreadyDone when it was prolonged, and is read over before it goes on."""
    ad = await own_listing(listing_id, request)
    guard_prolonged(ad, own_path_of(ad.content.category, ad.id))
    return await own_published(listing_id, request)


async def ad_to_write_again(listing_id: FromPath[UUID], request: Request) -> Ad:
    """Raises AlreadyDone once they made it a draft again."""
    ad = await own_listing(listing_id, request)
    for step in ("listing.taken_up", "listing.taken_back"):
        if ad.status is Status.draft and await audit.has_done(step, by=ad.author, kind="listing", subject=ad.id):
            raise AlreadyDone(writing_path_of(ad.content.category, ad.id))
    return ad


async def visible_listing(listing_id: FromPath[UUID], request: Request) -> Ad:
    """An ad the person who asks may read, no home and no local offer."""
    condition, given = visible_to(request.user, first=2)
    row = await database.row(f"SELECT * FROM listing WHERE id = $1 AND {IS_AN_AD} AND {condition}", listing_id, *given)
    if row is None:
        raise NotHere
    return Ad.of(row)


def visible_to(me: Me, first: int) -> tuple[str, tuple[Any, ...]]:
    """A condition on `listing` and its parameters, numbered from `first`.

    Online for every member no block stands between (a local offer speaks for a body: none does); once closed, for who
    talked about it; drafts for their author alone, also what was sent back; all else for the author and the moderators
    in whose scope it is.
    """
    me_, moderates, categories, departments = (f"${first + n}" for n in range(4))
    condition = f"""(
        listing.author = {me_}
        OR (listing.status <> 'draft' AND {in_scope(moderates, categories, departments)})
        OR ({was_online("listing")} AND (listing.status = 'published' OR EXISTS (
                SELECT FROM conversation WHERE conversation.listing = listing.id AND conversation.helper = {me_}))
            AND (listing.category = 'local_offer' OR {not_blocked("listing.author", me_)})))"""
    return condition, (me.id, me.is_moderator, list(me.categories), list(me.departments))


def was_online(listing: str) -> str:
    """A condition on an ad: it is online, or ended as it was. One that was taken out of sight to be corrected and ended
    as a draft says what nobody has read over."""
    return f"({listing}.status = 'published' OR ({listing}.status = 'closed' AND {listing}.published_at IS NOT NULL))"


def in_scope(moderates: str, categories: str, departments: str) -> str:
    """`Me.moderates` in SQL: parameters that tell whether one moderates, and where (empty: everywhere)."""
    return (
        f"({moderates}::bool"
        f" AND (cardinality({categories}::text[]) = 0 OR listing.category = ANY({categories}::text[]))"
        f" AND (cardinality({departments}::text[]) = 0 OR listing.department = ANY({departments}::text[])))"
    )
