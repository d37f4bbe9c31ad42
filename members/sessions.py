"""Signed-in browsers. A session is a row; the cookie holds a token of which only the hash is kept."""

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult

from app import database
from app.dates import today
from app.settings import settings
from members.me import Me
from members.tables import Session
from members.unread import unread_messages, unread_notifications
from moderation.sanctions.counting import to_answer
from moving.seasons import ENDS_ON

LASTS = timedelta(days=30)  # since last use
TOUCHED = timedelta(minutes=5)  # `seen_at` is written at most this often, so that reading pages writes nothing


def cookie_name() -> str:
    return "__Host-session" if settings().is_https else "session"


async def start_session(member: UUID, device: str = "") -> Cookie:
    """A new session, never an adopted one: whoever planted a cookie before gains nothing."""
    token = secrets.token_urlsafe(32)
    await database.execute(
        "INSERT INTO member_session (member, token_hash, device, created_at, seen_at)"
        " VALUES ($1, $2, $3, now(), now())",
        member,
        hashed(token),
        device[:80],
    )
    return Cookie(
        key=cookie_name(),
        value=token,
        httponly=True,
        secure=settings().is_https,
        samesite="lax",
        path="/",
        max_age=int(LASTS.total_seconds()),
    )


async def end_session(session: UUID) -> None:
    await Session.delete().where(Session.id == session)


async def end_all_sessions(member: UUID, but: UUID | None = None) -> None:
    """Signs out everywhere, except in the browser that asks when `but` names its session."""
    await database.execute("DELETE FROM member_session WHERE member = $1 AND id IS DISTINCT FROM $2::uuid", member, but)


async def sweep_sessions() -> None:
    await database.execute("DELETE FROM member_session WHERE seen_at < now() - $1::interval", LASTS)


def hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


class ResumeSession(AbstractAuthenticationMiddleware):
    """`request.user` is a `Me`, or None for a visitor."""

    async def authenticate_request(self, connection: ASGIConnection) -> AuthenticationResult:
        me = await who_asks(connection)
        return AuthenticationResult(user=me, auth=me and me.session)


async def who_asks(connection: ASGIConnection) -> Me | None:
    token = connection.cookies.get(cookie_name())
    return await _resume(token) if token and len(token) < 100 else None


async def _resume(token: str) -> Me | None:
    # Plain SQL: this runs on every page of every member.
    found = await database.row(
        f"""
        SELECT s.id AS session, s.seen_at < now() - $3::interval AS is_stale,
            m.id, m.first_name, m.commune, m.trusted_at IS NOT NULL AS is_trusted,
            moderator.id IS NOT NULL AS is_moderator, administrator.id IS NOT NULL AS is_administrator,
            EXISTS (SELECT FROM role WHERE member = m.id AND kind = 'correspondent') AS is_correspondent,
            EXISTS (SELECT FROM role WHERE member = m.id AND kind = 'social_worker') AS is_social_worker,
            {to_answer("m.id", "moderator")} AS measures_to_answer,
            coalesce(moderator.categories, '{{}}') AS categories,
            coalesce(moderator.departments, '{{}}') AS departments,
            CASE WHEN m.suspended_until > now() THEN m.suspended_until END AS suspended_until,
            CASE WHEN m.no_posting_until > now() THEN m.no_posting_until END AS no_posting_until,
            CASE WHEN m.no_reporting_until > now() THEN m.no_reporting_until END AS no_reporting_until,
            (SELECT commune FROM moving WHERE member = m.id AND {ENDS_ON} > $4) AS second_commune,
            {unread_messages("m.id")} AS unread_messages,
            {unread_notifications("m.id")} AS unread_notifications,
            ARRAY(SELECT blocked FROM block WHERE blocker = m.id UNION SELECT blocker FROM block WHERE blocked = m.id
            ) AS hidden
        FROM member_session s
        JOIN member m ON m.id = s.member AND m.confirmed_at IS NOT NULL
        LEFT JOIN role moderator ON moderator.member = m.id AND moderator.kind = 'moderator'
        LEFT JOIN role administrator ON administrator.member = m.id AND administrator.kind = 'administrator'
        WHERE s.token_hash = $1 AND s.seen_at > now() - $2::interval
        """,
        hashed(token),
        LASTS,
        TOUCHED,
        today(),
    )
    if found is None:
        return None
    if found["is_stale"]:
        await database.execute("UPDATE member_session SET seen_at = now() WHERE id = $1", found["session"])
    return Me(
        id=found["id"],
        session=found["session"],
        first_name=found["first_name"],
        commune=found["commune"],
        is_trusted=found["is_trusted"],
        is_moderator=found["is_moderator"],
        is_administrator=found["is_administrator"],
        is_correspondent=found["is_correspondent"],
        is_social_worker=found["is_social_worker"],
        categories=tuple(found["categories"]),
        departments=tuple(found["departments"]),
        unread_messages=found["unread_messages"],
        unread_notifications=found["unread_notifications"],
        hidden=tuple(found["hidden"]),
        second_commune=found["second_commune"],
        suspended_until=found["suspended_until"],
        no_posting_until=found["no_posting_until"],
        no_reporting_until=found["no_reporting_until"],
        measures_to_answer=found["measures_to_answer"],
    )


def device_of(request: Request) -> str:
    """A few words by which a person knows their own browser again; nothing that could identify them elsewhere."""
    agent = request.headers.get("user-agent", "")
    system = next((word for mark, word in _SYSTEMS if mark in agent), "appareil inconnu")
    browser = next((word for mark, word in _BROWSERS if mark in agent), "Navigateur")
    return f"{browser} sur {system}"


_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("Firefox", "Firefox"),
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
