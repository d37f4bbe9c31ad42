"""What time does to measures: each ends by itself, on its day, and one that is only proposed does not wait for ever."""

from uuid import UUID

from app import database
from app.database import transaction
from app.sweeping import Sweep
from moderation import audit
from moderation.decisions.telling import Told, tell
from moderation.sanctions.effects import hold_member, take_effect
from moderation.sanctions.following import follow_everybody
from moderation.sanctions.imposing import news_of
from moderation.sanctions.kinds import ANSWERED_WITHIN, MEASURES
from moderation.sanctions.tables import SanctionKind
from notifications.topics import Topic

AT_ONCE = 200


async def end_sanctions() -> int:
    """Ends every measure whose time is over, each in its own transaction, lets fall what nobody answered, then brings
    back what is theirs; says how many ended. Can run again, or twice at once, without harm. Raises SweepIncomplete when
    some could not be ended."""
    ended = 0
    async with Sweep("end_sanctions") as sweep:
        while due := await database.rows(_DUE, sweep.failed, AT_ONCE):
            for one in due:
                ended += await sweep.take(one["id"], _end(one["id"], one["member"]))
        while waiting := await database.rows(_UNANSWERED, sweep.failed, ANSWERED_WITHIN, AT_ONCE):
            for one in waiting:
                await sweep.take(one["id"], _lapse(one["id"], one["member"]))
        await sweep.take("review_first", _end_of_reading_first())
        await sweep.take("follow", follow_everybody())
    return ended


_DUE = """
SELECT id, member FROM sanction WHERE state = 'active' AND ends_at <= now() AND id <> ALL($1::uuid[])
ORDER BY ends_at, id LIMIT $2
"""


async def _end(sanction: UUID, member: UUID) -> None:
    async with transaction():
        await hold_member(member)
        kind = await database.value(
            "UPDATE sanction SET state = 'ended' WHERE id = $1 AND state = 'active' AND ends_at <= now()"
            " RETURNING kind",
            sanction,
        )
        if kind is None:  # lifted meanwhile, or ended by another run
            return
        await take_effect(member)
        await audit.record("sanction.ended", by=None, kind="sanction", subject=sanction, measure=kind)
        await tell([news_of(member, sanction, SanctionKind(kind), Topic.sanction_ended)])


_UNANSWERED = """
SELECT id, member FROM sanction WHERE state = 'proposed' AND proposed_at <= now() - $2::interval
    AND id <> ALL($1::uuid[]) ORDER BY proposed_at, id LIMIT $3
"""


async def _lapse(sanction: UUID, member: UUID) -> None:
    """proposed → refused, by nobody: its member never hears of it, who proposed it does."""
    async with transaction():
        await hold_member(member)
        fallen = await database.row(
            "UPDATE sanction s SET state = 'refused' FROM decision d WHERE s.id = $1 AND s.state = 'proposed'"
            ' AND d.id = s.decision RETURNING s.kind, s.proposed_by, d."case"',
            sanction,
        )
        if fallen is None:  # answered meanwhile, or fallen with its decision
            return
        kind = SanctionKind(fallen["kind"])
        await audit.record("sanction.lapsed", by=None, kind="sanction", subject=sanction, measure=kind.value)
        told = Told(
            member=fallen["proposed_by"],
            topic=Topic.sanction_lapsed,
            thing=sanction,
            about=MEASURES[kind].label,
            path=f"/moderation/dossiers/{fallen['case']}",
        )
        await tell([told])


async def _end_of_reading_first() -> None:
    """Whoever has earned trust again is read first no longer."""
    async with transaction():
        ended = await database.rows(
            "UPDATE sanction s SET state = 'ended' FROM member m WHERE m.id = s.member AND s.state = 'active'"
            " AND s.kind = 'review_first' AND m.trusted_at >= s.starts_at RETURNING s.id"
        )
        for one in ended:
            await audit.record("sanction.ended", by=None, kind="sanction", subject=one["id"], measure="review_first")
