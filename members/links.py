"""Links sent by e-mail: each works once, for a while, and only its hash is kept."""

import secrets
from datetime import timedelta
from uuid import UUID

from app import database
from app.refusals import Refused
from members.sessions import hashed
from members.tables import LinkPurpose

LASTS = {LinkPurpose.confirm: timedelta(hours=48), LinkPurpose.new_password: timedelta(hours=1)}


class LinkGone(Refused):
    """Used, replaced by a newer one, expired, or never ours: nobody learns which."""

    status = 410

    def __init__(self) -> None:
        super().__init__("Ce lien a déjà servi, ou il n’est plus valable.")


async def fresh_link(member: UUID, purpose: LinkPurpose) -> str:
    """The token of a new link; the earlier ones of that purpose no longer work."""
    token = secrets.token_urlsafe(32)
    await forget_links(member, purpose)
    await database.execute(
        "INSERT INTO mailed_link (member, purpose, token_hash, created_at, expires_at)"
        " VALUES ($1, $2, $3, now(), now() + $4::interval)",
        member,
        purpose.value,
        hashed(token),
        LASTS[purpose],
    )
    return token


async def forget_links(member: UUID, purpose: LinkPurpose) -> None:
    await database.execute("DELETE FROM mailed_link WHERE member = $1 AND purpose = $2", member, purpose.value)


async def look_at(token: str, purpose: LinkPurpose) -> UUID:
    """Whose link it is, without using it: mail scanners open links too. Raises `LinkGone`."""
    found: UUID | None = await database.value(
        "SELECT member FROM mailed_link"
        " WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > now()",
        hashed(token),
        purpose.value,
    )
    if found is None:
        raise LinkGone
    return found


async def use(token: str, purpose: LinkPurpose) -> UUID:
    """Whose link it is; it works no more. Raises `LinkGone` for all but the first who asks."""
    found: UUID | None = await database.value(
        "UPDATE mailed_link SET used_at = now()"
        " WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > now() RETURNING member",
        hashed(token),
        purpose.value,
    )
    if found is None:
        raise LinkGone
    return found


async def sweep_links() -> None:
    await database.execute("DELETE FROM mailed_link WHERE expires_at < now() - interval '2 days'")
