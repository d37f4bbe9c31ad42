"""Private addresses of feeds. Whoever holds one reads it without signing in, hence what they say is little."""

import enum
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from app import database
from app.settings import settings
from app.signing import signed, unsigned
from members.me import Me

LONGEST_TOKEN = 200


class Feed(enum.StrEnum):
    """The last part of the address; each has its own tokens, so that handing on one opens no other."""

    agenda = "agenda.ics"
    ads = "annonces.atom"


async def feed_address(me: Me, what: Feed, **narrowed: str | None) -> str:
    """The whole address of one of `me`'s feeds, valid until they renew their addresses. One query."""
    version = await database.value("SELECT feeds_version FROM member WHERE id = $1", me.id)
    return address_of(me.id, version, what, **narrowed)


def address_of(member: UUID, version: int, what: Feed, **narrowed: str | None) -> str:
    """The address that a `version` of the member's feeds makes. `narrowed` is what its query asks for."""
    asked = urlencode({name: value for name, value in narrowed.items() if value})
    path = f"/flux/{signed(_purpose(what), [member.hex, version])}/{what.value}"
    return settings().site_url + path + (f"?{asked}" if asked else "")


def holder_of(token: str, what: Feed) -> tuple[UUID, int] | None:
    """Whose feed a token opens and the version it was made for; None when we never made it for this feed."""
    if len(token) > LONGEST_TOKEN or not token.isascii():
        return None
    held: Any = unsigned(_purpose(what), token)
    return (UUID(held[0]), held[1]) if held else None


def _purpose(what: Feed) -> str:
    return f"feed.{what.name}"
