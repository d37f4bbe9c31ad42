"""What a member sees and changes of their own account."""

from datetime import datetime

import msgspec

from app import database
from members.me import Me
from places.communes import Place


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    email: str
    joined_at: datetime
    devices: int


async def profile_of(me: Me) -> Profile:
    found = await database.row(
        "SELECT email, joined_at, (SELECT count(*)::int FROM member_session WHERE member = $1) AS devices"
        " FROM member WHERE id = $1",
        me.id,
    )
    assert found is not None  # noqa: S101 - a session's member exists: it is deleted with them
    return Profile(email=found["email"], joined_at=found["joined_at"], devices=found["devices"])


async def change_profile(me: Me, *, first_name: str, place: Place) -> None:
    await database.execute(
        "UPDATE member SET first_name = $2, commune = $3 WHERE id = $1", me.id, first_name, place.code
    )
