"""What a member sees and changes of their own account."""

from datetime import datetime
from uuid import UUID

import msgspec
from babel.dates import format_date

from app import database
from app.database import transaction
from app.refusals import NotHere
from app.settings import PARIS
from members.me import Me
from moving.declaring import has_arrived
from places.communes import Place, commune
from search.saved.deriving import derive_those_of


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """Shown to its holder alone. `devices` counts the browsers signed in."""

    email: str
    first_name: str
    commune: str
    joined_at: datetime
    devices: int

    @property
    def since(self) -> str:
        """`mars 2026`."""
        return format_date(self.joined_at.astimezone(PARIS), "MMMM y", locale="fr")

    @property
    def place_label(self) -> str:
        place = commune(self.commune)
        return place.label if place else self.commune


async def account_of(member: UUID) -> Account:
    """Raises `NotHere` when it is gone."""
    found = await database.row(
        "SELECT email, first_name, commune, joined_at,"
        " (SELECT count(*)::int FROM member_session WHERE member = $1) AS devices FROM member WHERE id = $1",
        member,
    )
    if found is None:
        raise NotHere
    return Account(**found)


async def change_profile(me: Me, *, first_name: str, place: Place) -> None:
    """Who moves to the commune they had declared has arrived."""
    async with transaction():
        await database.execute(
            "UPDATE member SET first_name = $2, commune = $3 WHERE id = $1", me.id, first_name, place.code
        )
        await has_arrived(me.id, place.code)
        await derive_those_of(me.id)
