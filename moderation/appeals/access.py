"""The only door to an appeal on its appellant's behalf."""

from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from app import database
from app.refusals import NotHere
from listings.access import was_online
from members.me import Me
from messaging.access import REMOVED
from moderation.appeals.tables import AppealState
from moderation.cases.tables import CaseKind
from moderation.decisions.tables import DecisionKind


class OwnAppeal(msgspec.Struct, frozen=True, kw_only=True):
    """An appeal as who made it reads it: `outcome` are the judge's words, empty while it is open."""

    id: UUID
    decision: UUID
    reference: str
    state: AppealState
    by_reporter: bool
    opened_at: datetime
    judged_at: datetime | None
    outcome: str
    kind: DecisionKind
    of: CaseKind
    reason: str
    words: str
    decided_at: datetime
    listing: UUID
    title: str
    is_own_ad: bool
    is_online: bool

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
        SELECT a.id, a.decision, d.reference, a.state, a.by_reporter, a.opened_at, a.judged_at, a.words AS outcome,
            d.kind, c.kind AS of, d.reason, d.words, d.decided_at, l.id AS listing, l.author = $2 AS is_own_ad,
            l.status = 'published' AS is_online,
            CASE WHEN l.author = $2 OR {was_online("l")} THEN l.title ELSE '{REMOVED}' END AS title
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
        }
    )


async def messages_of(appeal: UUID) -> list[asyncpg.Record]:
    """Oldest first, with the first name of who wrote: for the desk, which alone may show it for the team."""
    return await database.rows(
        "SELECT a.by_team, a.words, a.said_at, m.first_name FROM appeal_message a JOIN member m ON m.id = a.by"
        " WHERE a.appeal = $1 ORDER BY a.id",
        appeal,
    )
