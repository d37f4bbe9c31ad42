"""The browsers where a member is signed in, and signing them out."""

from datetime import datetime
from uuid import UUID

import msgspec

from app import database
from app.database import transaction
from app.refusals import NotHere
from members.me import Me
from members.sessions import LASTS, end_all_sessions
from moderation import audit

SHOWN = 50


class Device(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    words: str
    since: datetime
    seen_at: datetime
    is_this_one: bool


async def devices_of(me: Me) -> list[Device]:
    """This browser first, then by last use."""
    found = await database.rows(
        "SELECT id, device, created_at, seen_at, id = $2 AS is_this_one FROM member_session"
        " WHERE member = $1 AND seen_at > now() - $3::interval ORDER BY is_this_one DESC, seen_at DESC LIMIT $4",
        me.id,
        me.session,
        LASTS,
        SHOWN,
    )
    return [
        Device(
            id=row["id"],
            words=row["device"] or "Appareil inconnu",
            since=row["created_at"],
            seen_at=row["seen_at"],
            is_this_one=row["is_this_one"],
        )
        for row in found
    ]


async def sign_out_device(me: Me, session: UUID) -> None:
    """Raises `NotHere` for a session that ended or is someone else's."""
    async with transaction():
        ended = await database.value(
            "DELETE FROM member_session WHERE id = $1 AND member = $2 RETURNING id", session, me.id
        )
        if ended is None:
            raise NotHere
        await audit.record("session_revoked", by=me.id, kind="member", subject=me.id)


async def sign_out_others(me: Me) -> None:
    async with transaction():
        await end_all_sessions(me.id, but=me.session)
        await audit.record("other_sessions_revoked", by=me.id, kind="member", subject=me.id)
