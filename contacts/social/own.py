"""The conversations of one person: those of their account, and the one this browser opened by its code."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from litestar import Request

from app import database, dates
from contacts.kinds import TOPIC, Topic
from contacts.social.coming_back import PATH, talk_of
from contacts.social.tables import TalkState
from members.me import Me
from places.communes import commune
from places.finding import resolve

STATE = {
    TalkState.waiting: "En attente d’une réponse",
    TalkState.open: "En cours",
    TalkState.closed: "Fermée",
}


class OwnTalk(msgspec.Struct, frozen=True):
    """A line of the list; `unread` are words of the service not read yet."""

    id: UUID
    topic: str
    state: TalkState
    unread: int
    since: str

    @property
    def path(self) -> str:
        return f"{PATH}/conversations/{self.id}"

    @property
    def topic_text(self) -> str:
        return TOPIC[Topic(self.topic)]

    @property
    def state_text(self) -> str:
        return STATE[self.state]

    @property
    def is_closed(self) -> bool:
        return self.state is TalkState.closed


async def own_talks(request: Request) -> list[OwnTalk]:
    """The latest first: of the account, and the one opened here by a code."""
    me: Me | None = request.user
    found = await database.rows(
        "SELECT t.id, t.topic, t.state, t.last_at, (SELECT count(*) FROM social_message m WHERE m.talk = t.id"
        " AND m.by_worker AND m.event IS NULL AND m.read_at IS NULL) AS unread"
        " FROM social_talk t WHERE t.member = $1 OR (t.id = $2 AND t.member IS NULL) ORDER BY t.last_at DESC, t.id",
        me.id if me else None,
        talk_of(request),
    )
    return [_own(row) for row in found]


def _own(row: asyncpg.Record) -> OwnTalk:
    return OwnTalk(row["id"], row["topic"], TalkState(row["state"]), row["unread"], dates.lately(row["last_at"]))


def proposed(me: Me | None, asked: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the form holds before anything is typed: the commune and the question a link came with, else a member's
    commune."""
    linked = asked or {}
    named = resolve(str(linked.get("commune") or "")[:80])
    place = named or (commune(me.commune) if me else None)
    topic = next((one.value for one in Topic if one.value == linked.get("sujet")), "")
    held = {"commune": place.label if place else "", "topic": topic, "how": "account" if me else ""}
    return {name: value for name, value in held.items() if value}
