"""What an ad says: the part its author writes, a moderator reads and a held edit keeps."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Self
from uuid import UUID
from zlib import crc32

import msgspec

from listings.details import DETAILS, Details
from listings.kinds import Category, Deal, Kind
from listings.schedules.schedule import Schedule
from places.communes import Place, commune

MORE_WORDS = ("summary", "house_rules", "partner", "conditions", "for_whom", "how")
"""The details that are free text."""


class Content(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`commune` is an INSEE code, `price_cents` euro cents, `details` the struct of the category as plain data."""

    category: Category
    kind: Kind | None = None
    deal: Deal | None = None
    title: str = ""
    body: str = ""
    details: dict[str, Any] = {}
    schedule: Schedule | None = None
    wanted_by: date | None = None
    quantity: int = 1
    price_cents: int | None = None
    commune: str | None = None
    photos: tuple[UUID, ...] = ()

    @classmethod
    def of(cls, listing: Mapping[str, Any]) -> Self:
        """From a row of `listing` (a dict or a record of plain SQL, its JSON still text)."""
        held = {name: listing[name] for name in cls.__struct_fields__ if name not in ("details", "schedule", "photos")}
        return cls(
            **{
                **held,
                "category": Category(held["category"]),
                "kind": Kind(held["kind"]) if held["kind"] else None,
                "deal": Deal(held["deal"]) if held["deal"] else None,
            },
            details=msgspec.json.decode(listing["details"] or "{}"),
            schedule=msgspec.json.decode(listing["schedule"], type=Schedule) if listing["schedule"] else None,
            photos=tuple(listing["photos"] or ()),
        )

    @property
    def stamp(self) -> int:
        """Tells what was read from what is there now (32 bits); equal contents of a row have the same."""
        return crc32(msgspec.json.encode(self))

    @property
    def places(self) -> int:
        """What there is to take: the quantity, for each date or each day of the week."""
        return self.quantity * (self.schedule.size if self.schedule else 1)

    @property
    def calendar_place(self) -> Place | None:
        """Whose school and public holidays count: those of the school, else where the ad is."""
        code = self.details.get("school") if self.category is Category.school_run else None
        return commune(code or self.commune or "")

    @property
    def particulars(self) -> Details | None:
        """The details as their own struct; None while a draft lacks what the category needs."""
        try:
            return msgspec.convert(self.details, DETAILS[self.category], strict=False)
        except msgspec.ValidationError:
            return None
