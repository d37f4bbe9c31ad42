"""The home of a member, whatever its state: one at a time."""

from typing import Any
from uuid import UUID

import msgspec

from app import database
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
