"""The home of a member, whatever its state: one at a time."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request

from app import database
from app.refusals import Refused
from exchanges.homes.sheet import Sheet
from listings.ad import Ad
from listings.kinds import Status
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
PAGE = ("/moi/logement", "Mon logement")


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


async def last_home(member: UUID) -> Ad | None:
    """The home that ended last, whose sheet can be taken up again."""
    row = await database.row(
        "SELECT * FROM listing WHERE author = $1 AND category = 'home' AND status = 'closed' AND outcome <> 'fulfilled'"
        " ORDER BY closed_at DESC LIMIT 1",
        member,
    )
    return Ad.of(row) if row else None
