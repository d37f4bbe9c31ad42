"""The only door to an appeal on its appellant's behalf."""

from datetime import datetime
from uuid import UUID

import msgspec

from app import database
from app.refusals import NotHere
from members.me import Me
from messaging.access import TITLE
from moderation.appeals.tables import AppealState
from moderation.cases.tables import CaseKind
from moderation.decisions.tables import DecisionKind


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """`first_name` is of who wrote it: the desk alone may show it for the team."""

    by_team: bool
    first_name: str
    words: str
    said_at: datetime


MESSAGES = """
coalesce((
    SELECT jsonb_agg(jsonb_build_object('by_team', s.by_team, 'first_name', w.first_name, 'words', s.words,
        'said_at', s.said_at) ORDER BY s.id)
    FROM appeal_message s JOIN member w ON w.id = s.by WHERE s.appeal = a.id), '[]') AS messages
"""
"""A column beside `appeal a`: what was said, oldest first, for `read_messages`."""


def read_messages(kept: str) -> tuple[Message, ...]:
    return msgspec.json.decode(kept, type=tuple[Message, ...])


class OwnAppeal(msgspec.Struct, frozen=True, kw_only=True):
    """An appeal as who made it reads it: `outcome` are the judge's words, empty while it is open."""

    id: UUID
    decision: UUID
    reference: str
    state: AppealState
    by_reporter: bool
    sanction: UUID | None
    opened_at: datetime
    judged_at: datetime | None
    outcome: str
    kind: DecisionKind
    of: CaseKind
    category: str
    reason: str
    words: str
    decided_at: datetime
    listing: UUID
    title: str
    is_own_ad: bool
    is_online: bool
    messages: tuple[Message, ...]

    @property
    def is_open(self) -> bool:
        return self.state is AppealState.open

    @property
    def path(self) -> str:
        return f"/recours/{self.id}"


async def own_appeal(appeal: UUID, me: Me) -> OwnAppeal:
    """Raises NotHere for anyone but who made it."""
    found = await database.row(
        f"""
        SELECT a.id, a.decision, d.reference, a.state, a.by_reporter, a.sanction, a.opened_at, a.judged_at,
            a.words AS outcome,
            d.kind, c.kind AS of, c.category, d.reason, d.words, d.decided_at, l.id AS listing,
            l.author = $2 AS is_own_ad, l.status = 'published' AS is_online, {MESSAGES},
            {TITLE} AS title
        FROM appeal a JOIN decision d ON d.id = a.decision JOIN moderation_case c ON c.id = d."case"
        JOIN listing l ON l.id = c.listing
        WHERE a.id = $1 AND a.appellant = $2
        """,
        appeal,
        me.id,
    )
    if found is None:
        raise NotHere
    read = dict(found.items())
    return OwnAppeal(
        **{
            **read,
            "state": AppealState(read["state"]),
            "kind": DecisionKind(read["kind"]),
            "of": CaseKind(read["of"]),
            "messages": read_messages(read["messages"]),
        }
    )
