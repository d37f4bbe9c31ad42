"""The home of a member, whatever its state: one at a time."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request

from app import database
from app.refusals import AlreadyDone, Refused
from exchanges.homes.sheet import Sheet
from listings.ad import Ad
from listings.kinds import Status
from listings.life.prolonged import guard_prolonged
from listings.paths import MY_HOME
from listings.writing.given_back import giving_back
from moderation import audit
from places.communes import Place, commune


class OwnHome(msgspec.Struct, frozen=True):
    """`sheet` is None while a draft lacks what every home says."""

    ad: Ad

    @property
    def id(self) -> UUID:
        return self.ad.id

    @property
    def status(self) -> Status:
        return self.ad.status

    @property
    def title(self) -> str:
        return self.ad.content.title or "Logement sans titre"

    @property
    def commune(self) -> Place | None:
        return commune(self.ad.content.commune or "")

    @property
    def sheet(self) -> Sheet | None:
        found: Any = self.ad.content.particulars
        return found if isinstance(found, Sheet) else None

    @property
    def is_online(self) -> bool:
        return self.status is Status.published


async def own_home(member: UUID) -> OwnHome | None:
    """A draft, one that waits, one online or one set aside; None when there is none, or when it ended or was removed.
    One query."""
    row = await database.row(
        "SELECT * FROM listing WHERE author = $1 AND category = 'home'"
        " AND status IN ('draft', 'pending', 'published', 'aside')",
        member,
    )
    return OwnHome(Ad.of(row)) if row else None


NONE = "Vous n’avez pas encore de logement ici. Commencez par sa fiche."
NOT_A_DRAFT = "Votre fiche n’est plus un brouillon."
NOT_ONLINE = "Votre logement n’est pas en ligne pour l’instant."
NOT_ENDED = "Votre fiche n’est ni en relecture, ni retirée : il n’y a rien à reprendre."
PAGE = (MY_HOME, "Mon logement")


class NotSoNow(Refused):
    """The home of the person who asks is not in the state this needs."""

    leads_to = PAGE


async def my_home(request: Request) -> Ad:
    """The home of the person who asks, in any state but ended or removed. Raises Refused without one."""
    home = await own_home(request.user.id)
    if home is None:
        raise NotSoNow(NONE)
    return home.ad


async def my_draft(request: Request) -> Ad:
    ad = await my_home(request)
    if ad.status is not Status.draft:
        raise NotSoNow(NOT_A_DRAFT)
    return ad


async def my_online(request: Request) -> Ad:
    ad = await my_home(request)
    if ad.status is not Status.published:
        raise NotSoNow(NOT_ONLINE)
    return ad


async def my_draft_to_write(request: Request) -> Ad:
    """What was sent for one that another window sent or deleted is given back."""
    return await giving_back(request, my_draft(request))


async def my_home_to_change(request: Request) -> Ad:
    """What was sent for one that is online no more is given back."""
    return await giving_back(request, my_online(request))


async def my_draft_to_delete(request: Request) -> Ad:
    """Raises AlreadyDone when there is none any more, and they deleted one."""
    await _guard_gone(request, "draft.deleted")
    return await my_draft(request)


async def my_home_to_withdraw(request: Request) -> Ad:
    """Raises AlreadyDone when there is none any more, and they ended one."""
    await _guard_gone(request, "listing.closed")
    return await my_online(request)


async def my_home_to_prolong(request: Request) -> Ad:
    """Raises AlreadyDone when it was prolonged, and is read over before it goes on."""
    ad = await my_home(request)
    guard_prolonged(ad, MY_HOME)
    return await my_online(request)


async def guard_written_again(home: OwnHome, by: UUID, leads_to: str) -> None:
    """Before its sheet is taken back. Raises AlreadyDone when it was, NotSoNow when it does not wait."""
    if home.status is Status.pending:
        return
    for step in ("listing.taken_up", "listing.taken_back"):
        if home.status is Status.draft and await audit.has_done(step, by=by, kind="listing", subject=home.id):
            raise AlreadyDone(leads_to)
    raise NotSoNow(NOT_ENDED)


async def _guard_gone(request: Request, step: str) -> None:
    me = request.user.id
    if await own_home(me) is None and await audit.has_ever_done(step, by=me):
        raise AlreadyDone(MY_HOME)


async def last_home(member: UUID) -> Ad | None:
    """The home that ended last, whose sheet can be taken up again."""
    row = await database.row(
        "SELECT * FROM listing WHERE author = $1 AND category = 'home' AND status = 'closed' AND outcome <> 'fulfilled'"
        " ORDER BY closed_at DESC LIMIT 1",
        member,
    )
    return Ad.of(row) if row else None
