"""The way to somebody's home: its sheet, never when it is free. Not theirs to read, not there: the same answer."""

from collections.abc import Mapping
from typing import Any, Self
from uuid import UUID

import msgspec
from litestar import Request
from litestar.params import FromPath

from app import database
from app.refusals import NotHere
from exchanges.homes.sheet import Sheet
from listings.access import visible_to
from listings.ad import Ad
from listings.kinds import Status
from places.communes import Place, commune

A_HOME = """(listing.category = 'home' AND (listing.author = $2 OR $3::bool
    OR (SELECT suspended_until > now() FROM member WHERE member.id = listing.author) IS NOT TRUE))"""
"""Beside `visible_to(me, first=2)`: a home goes with the suspension of its host, before the job that sets it aside."""


class VisibleHome(msgspec.Struct, frozen=True):
    """A home somebody may read: its row of `listing` and what it says of itself."""

    ad: Ad
    sheet: Sheet

    @classmethod
    def of(cls, row: Mapping[str, Any] | None) -> Self:
        """From a record of `SELECT listing.*`. Raises NotHere without one, and for a draft that is not a home yet."""
        ad = Ad.of(row) if row else None
        sheet = ad.content.particulars if ad else None
        if ad is None or not isinstance(sheet, Sheet):
            raise NotHere
        return cls(ad, sheet)

    @property
    def id(self) -> UUID:
        return self.ad.id

    @property
    def host(self) -> UUID:
        return self.ad.author

    @property
    def title(self) -> str:
        return self.ad.content.title or "Logement sans titre"

    @property
    def commune(self) -> Place:
        """Raises NotHere for a draft that does not say it."""
        found = commune(self.ad.content.commune or "")
        if found is None:
            raise NotHere
        return found

    @property
    def is_online(self) -> bool:
        return self.ad.status is Status.published


async def visible_home(listing_id: FromPath[UUID], request: Request) -> VisibleHome:
    """A home the person who asks may read; as for ads, its owner in any state and the moderators in scope."""
    condition, given = visible_to(request.user, first=2)
    row = await database.row(
        f"SELECT listing.* FROM listing WHERE listing.id = $1 AND {A_HOME} AND {condition}", listing_id, *given
    )
    return VisibleHome.of(row)
