"""A new password: by the link of an e-mail, or by who knows the present one. Either way the other browsers are out."""

from uuid import UUID

from app import database
from app.database import transaction
from app.jobs import defer
from members import jobs
from members.brakes import brake_own_password, release_own_password, release_sign_in
from members.joining import holder
from members.links import forget_links, use
from members.me import Me
from members.passwords import hash_password, matches
from members.sessions import end_all_sessions
from members.tables import LinkPurpose
from moderation import audit


async def forgotten(email: str) -> None:
    """Has a link sent to the account's address; nothing tells whether there is one."""
    await defer(jobs.offer_new_password, member=await holder(email))


async def choose_by_link(token: str, password: str) -> None:
    """Raises `LinkGone`."""
    password_hash = await hash_password(password)
    async with transaction():
        member = await use(token, LinkPurpose.new_password)
        await _replace(member, password_hash, keep=None)
    await release_sign_in(await database.value("SELECT email FROM member WHERE id = $1", member))


async def knows_own_password(me: Me, password: str) -> bool:
    """Raises `TooOften`: whoever found an open browser may not guess either."""
    await brake_own_password(str(me.id))
    known = await matches(
        await database.value("SELECT password_hash FROM member WHERE id = $1", me.id),
        password,
    )
    if known:
        await release_own_password(str(me.id))
    return known


async def change(me: Me, password: str) -> None:
    """The browser that asks stays signed in."""
    password_hash = await hash_password(password)
    async with transaction():
        await _replace(me.id, password_hash, keep=me.session)


async def _replace(member: UUID, password_hash: str, keep: UUID | None) -> None:
    await database.execute("UPDATE member SET password_hash = $2 WHERE id = $1", member, password_hash)
    await forget_links(member, LinkPurpose.new_password)
    await end_all_sessions(member, but=keep)
    await audit.record("password_changed", by=member, kind="member", subject=member)
    await defer(jobs.tell_password_changed, member=member)
