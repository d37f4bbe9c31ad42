"""A suspension or an exclusion needs a second moderator's yes: never the first's alone, never somebody concerned."""

from datetime import datetime
from uuid import UUID

import asyncpg
from litestar import Request
from litestar.params import FromPath

from app import database
from app.database import transaction
from app.dates import now
from app.refusals import NotHere, Refused
from listings.life.steps import hold
from members.me import Me
from moderation import audit
from moderation.cases.access import scope
from moderation.sanctions.effects import hold_member
from moderation.sanctions.imposing import begin, last_moment
from moderation.sanctions.tables import SanctionKind

OWN = "Vous avez proposé cette mesure\u202f: une autre personne de l’équipe doit dire oui ou non."
SETTLED = "Cette mesure n’attend plus\u202f: une autre personne de l’équipe a répondu, ou la décision a été revue."

# A moderator of the case's scope who has no stake in it. On `sanction s`, with the parameters of `scope`.
MAY_JUDGE = """
EXISTS (
    SELECT FROM decision d JOIN moderation_case c ON c.id = d."case"
    WHERE d.id = s.decision AND s.member <> $1 AND NOT has_stake($1, c)
        AND (cardinality($2::text[]) = 0 OR c.category = ANY($2))
        AND (cardinality($3::text[]) = 0 OR c.department = ANY($3))
)
"""


async def sanction_asked_for(sanction_id: FromPath[UUID], request: Request) -> asyncpg.Record:
    """A measure this moderator may read. Raises NotHere out of scope and for who has a stake in its case."""
    found = await database.row(
        f"SELECT s.* FROM sanction s WHERE s.id = $4 AND {MAY_JUDGE}",
        *scope(request.user),
        sanction_id,
    )
    if found is None:
        raise NotHere
    return found


async def confirm(sanction: asyncpg.Record, me: Me) -> None:
    """proposed → active, from now on. Raises Refused to who proposed it, and when it waits no longer."""
    kind, starts = SanctionKind(sanction["kind"]), now()
    async with transaction():
        await _hold_ad(sanction["decision"])
        await hold_member(sanction["member"])
        await _answer(
            sanction,
            me,
            "UPDATE sanction SET state = 'active', confirmed_by = $2, starts_at = $3, ends_at = $4",
            starts,
            last_moment(kind, sanction["days"], starts),
        )
        await audit.record("sanction.confirmed", by=me.id, kind="sanction", subject=sanction["id"], measure=kind.value)
        await begin(sanction["member"], sanction["id"], kind)
        await _contestable_from(starts, sanction["decision"])


async def refuse(sanction: asyncpg.Record, me: Me) -> None:
    """proposed → refused: its member never hears of it. Raises Refused as `confirm` does."""
    async with transaction():
        await hold_member(sanction["member"])
        await _answer(sanction, me, "UPDATE sanction SET state = 'refused', confirmed_by = $2")
        await audit.record("sanction.refused", by=me.id, kind="sanction", subject=sanction["id"])


async def _contestable_from(starts: datetime, decision: UUID) -> None:
    """Its member hears of the measure only now. An appeal of theirs that is open is about the measure too: who read it
    without reads again. After one that is over they contest the measure by itself, within the same six months."""
    await database.execute(
        "UPDATE decision SET appeal_until = greatest(appeal_until, $2::timestamptz + interval '6 months')"
        " WHERE id = $1 AND overturned_at IS NULL",
        decision,
        starts,
    )
    await database.execute(
        "UPDATE moderation_case c SET version = version + 1 FROM appeal a"
        " WHERE a.\"case\" = c.id AND a.decision = $1 AND a.state = 'open'",
        decision,
    )


async def _hold_ad(decision: UUID) -> None:
    """As who sends or judges an appeal does, and first: the confirmation comes before or after it, never during."""
    listing: UUID = await database.value(
        'SELECT c.listing FROM decision d JOIN moderation_case c ON c.id = d."case" WHERE d.id = $1', decision
    )
    await hold(listing)


async def _answer(sanction: asyncpg.Record, me: Me, change: str, *given: object) -> None:
    answered = await database.value(
        f"{change} WHERE id = $1 AND state = 'proposed' AND proposed_by <> $2 RETURNING id",
        sanction["id"],
        me.id,
        *given,
    )
    if answered is None:
        raise Refused(OWN if sanction["proposed_by"] == me.id else SETTLED)
