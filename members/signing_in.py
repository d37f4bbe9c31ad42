"""Signing in: the same answer, after the same time, for a wrong password and an unknown address."""

from uuid import UUID

import msgspec
from litestar import Request
from litestar.datastructures import Cookie

from app import database
from app.settings import settings
from members.brakes import brake_sign_in, release_sign_in
from members.passwords import hash_password, is_outdated, matches
from members.sessions import cookie_name, device_of, end_session, start_session


class Account(msgspec.Struct, frozen=True):
    id: UUID
    is_confirmed: bool


async def recognise(email: str, password: str, address: str) -> Account | None:
    """The account with that password. Raises `TooOften` past the tries of an address or of an account."""
    await brake_sign_in(email, address)
    found = await database.row(
        "SELECT id, password_hash, confirmed_at IS NOT NULL AS is_confirmed FROM member WHERE email = $1", email
    )
    if not await matches(found["password_hash"] if found else None, password) or found is None:
        return None
    await release_sign_in(email)
    if is_outdated(found["password_hash"]):
        await _rehash(found["id"], found["password_hash"], password)
    return Account(found["id"], found["is_confirmed"])


async def _rehash(member: UUID, old: str, password: str) -> None:
    # Compared with the old one: a password changed meanwhile must not come back.
    await database.execute(
        "UPDATE member SET password_hash = $3 WHERE id = $1 AND password_hash = $2",
        member,
        old,
        await hash_password(password),
    )


async def enter(request: Request, member: UUID) -> list[Cookie]:
    """The cookies of a new session; the session this browser had, someone else's perhaps, ends."""
    if request.user:
        await end_session(request.user.session)
    return [await start_session(member, device_of(request)), _gone(csrf_cookie())]


async def leave(request: Request) -> list[Cookie]:
    if request.user:
        await end_session(request.user.session)
    return [_gone(cookie_name()), _gone(csrf_cookie())]


def csrf_cookie() -> str:
    return "__Host-csrf" if settings().is_https else "csrf"


def _gone(name: str) -> Cookie:
    # The next page sets a fresh CSRF token: one planted before signing in is worth nothing after.
    return Cookie(key=name, value="", max_age=0, path="/", secure=settings().is_https, httponly=True, samesite="lax")
