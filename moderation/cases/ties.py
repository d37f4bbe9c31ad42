"""A moderator who knows somebody too well to judge them says so once, and judges nothing of theirs any more."""

from datetime import datetime

import asyncpg
import msgspec

from app import database
from app.database import transaction
from app.dates import in_words
from app.refusals import NotHere
from app.settings import PARIS
from members.me import Me
from moderation import audit
from moderation.cases.claiming import release
from places.communes import commune


class KnownPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody this moderator declared to know."""

    id: int
    first_name: str
    commune: str
    declared_at: datetime

    @property
    def place(self) -> str:
        found = commune(self.commune)
        return found.name if found else ""

    @property
    def declared_text(self) -> str:
        return in_words(self.declared_at.astimezone(PARIS).date())


async def recuse(case: asyncpg.Record, me: Me) -> None:
    """« Je connais cette personne » : who wrote what is judged. The case goes back to the queue, for the others."""
    async with transaction():
        await release(case, me)
        await database.execute(
            "UPDATE moderation_case SET handed_to = NULL WHERE id = $1 AND handed_to = $2", case["id"], me.id
        )
        declared = await database.value(
            "INSERT INTO moderator_tie (moderator, member, declared_at) VALUES ($1, $2, now())"
            " ON CONFLICT (moderator, member) DO NOTHING RETURNING id",
            me.id,
            case["author"],
        )
        if declared:
            await audit.record("tie.declared", by=me.id, kind="case", subject=case["id"])


async def known_people(me: Me) -> list[KnownPerson]:
    """The latest declared first."""
    found = await database.rows(
        "SELECT t.id, m.first_name, m.commune, t.declared_at FROM moderator_tie t JOIN member m ON m.id = t.member"
        " WHERE t.moderator = $1 ORDER BY t.declared_at DESC, t.id DESC",
        me.id,
    )
    return [KnownPerson(**row) for row in found]


async def take_back_tie(tie: int, me: Me) -> None:
    """Their cases are in one's queue again. Raises NotHere when it is not one's own."""
    async with transaction():
        gone = await database.value(
            "DELETE FROM moderator_tie WHERE id = $1 AND moderator = $2 RETURNING id", tie, me.id
        )
        if gone is None:
            raise NotHere
        await audit.record("tie.taken_back", by=me.id, kind="tie", subject=tie)
