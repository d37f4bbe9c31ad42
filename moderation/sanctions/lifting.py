"""What an upheld appeal does to the measures taken with the decision: they stop, as if they had not been taken."""

from collections.abc import Sequence
from uuid import UUID

import asyncpg

from app import database
from app.database import transaction
from moderation import audit
from moderation.decisions.before import give_trust_back
from moderation.decisions.telling import tell
from moderation.sanctions.effects import hold_member, take_effect
from moderation.sanctions.imposing import news_of
from moderation.sanctions.tables import SanctionKind
from notifications.topics import Topic


async def lift_for(decision: UUID) -> None:
    """Inside the appeal's transaction. Also what had ended by itself counts no more against its member; a proposal
    nobody had answered falls, and is told to nobody. Again changes nothing."""
    async with transaction():
        members = await database.rows(
            "SELECT DISTINCT member FROM sanction WHERE decision = $1 AND state IN ('proposed', 'active', 'ended')"
            " ORDER BY member",
            decision,
        )
        for one in members:
            await hold_member(one["member"])
            await _lift(decision, one["member"])


async def lift_measure(sanction: UUID) -> None:
    """Inside the appeal's transaction, when the decision it was taken with stands. Again changes nothing."""
    async with transaction():
        row = await database.row("SELECT decision, member FROM sanction WHERE id = $1", sanction)
        if row is None:
            raise LookupError(sanction)
        await hold_member(row["member"])
        lifted = await database.rows(
            "UPDATE sanction SET state = 'lifted' WHERE id = $1 AND state IN ('active', 'ended') RETURNING id, kind",
            sanction,
        )
        await _follow(lifted, row["decision"], row["member"])


async def _lift(decision: UUID, member: UUID) -> None:
    await database.execute(
        "UPDATE sanction SET state = 'refused' WHERE decision = $1 AND member = $2 AND state = 'proposed'",
        decision,
        member,
    )
    lifted = await database.rows(
        "UPDATE sanction SET state = 'lifted' WHERE decision = $1 AND member = $2 AND state IN ('active', 'ended')"
        " RETURNING id, kind",
        decision,
        member,
    )
    await _follow(lifted, decision, member)


async def _follow(lifted: Sequence[asyncpg.Record], decision: UUID, member: UUID) -> None:
    for one in lifted:
        await audit.record("sanction.lifted", by=None, kind="sanction", subject=one["id"], measure=one["kind"])
    if any(one["kind"] == SanctionKind.review_first for one in lifted):
        await give_trust_back("d.id = $1", decision)
    await take_effect(member)
    await tell(news_of(member, one["id"], SanctionKind(one["kind"]), Topic.sanction_lifted) for one in lifted)
