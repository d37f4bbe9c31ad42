"""A measure against a member, taken with a decision: a light one holds at once, a heavy one waits for a second yes."""

from datetime import datetime, timedelta
from uuid import UUID

from app import database
from app.database import transaction
from app.dates import now
from app.refusals import Refused
from members.trust import trust_no_more
from moderation import audit
from moderation.decisions.telling import Told, tell
from moderation.sanctions.effects import hold_member, take_effect
from moderation.sanctions.kinds import HEAVY, MEASURES, TIMED
from moderation.sanctions.tables import SanctionKind, SanctionState
from notifications.topics import Topic

ALREADY = "Cette mesure est déjà en cours ou proposée pour cette personne\u202f: choisissez-en une autre, ou aucune."


async def impose(
    decision: UUID, member: UUID, kind: SanctionKind, days: int | None, reason: str, facts: str, words: str, by: UUID
) -> UUID:
    """Inside the decision's transaction; the measure's id. `days` counts only for what has an end.

    Raises Refused when the same measure is in force or proposed for them already: nothing of the caller's may be kept.
    """
    async with transaction():
        await hold_member(member)
        sanction = await _write(decision, member, SanctionKind(kind), days, reason, facts, words, by)
        await audit.record(
            "sanction.proposed" if kind in HEAVY else "sanction.taken",
            by=by,
            kind="sanction",
            subject=sanction,
            measure=SanctionKind(kind).value,
            days=days if kind in TIMED else None,
        )
        if kind not in HEAVY:
            await begin(member, sanction, SanctionKind(kind))
    return sanction


async def begin(member: UUID, sanction: UUID, kind: SanctionKind) -> None:
    """Inside a transaction that holds the member: what was just written active takes effect, and they are told."""
    if kind is SanctionKind.review_first:
        await trust_no_more(member)
    await take_effect(member)
    await tell([news_of(member, sanction, kind, Topic.sanction_taken)])


def news_of(member: UUID, sanction: UUID, kind: SanctionKind, topic: Topic) -> Told:
    return Told(
        member=member,
        topic=topic,
        thing=sanction,
        about=MEASURES[kind].label,
        path=f"/moi/decisions/mesures/{sanction}",
    )


def last_moment(kind: SanctionKind, days: int | None, starts: datetime) -> datetime | None:
    """When a measure that starts then ends; None for one without an end."""
    return starts + timedelta(days=days) if kind in TIMED and days else None


async def _write(
    decision: UUID, member: UUID, kind: SanctionKind, days: int | None, reason: str, facts: str, words: str, by: UUID
) -> UUID:
    at, is_heavy = now(), kind in HEAVY
    written = await database.value(
        """
        INSERT INTO sanction (member, decision, kind, reason, facts, words, days, state, proposed_by, proposed_at,
            starts_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (member, kind) WHERE state IN ('proposed', 'active') AND kind <> 'warn' DO NOTHING RETURNING id
        """,
        member,
        decision,
        kind.value,
        reason,
        facts,
        words,
        days if kind in TIMED else None,
        SanctionState.proposed.value if is_heavy else SanctionState.active.value,
        by,
        at,
        None if is_heavy else at,
        None if is_heavy else last_moment(kind, days, at),
    )
    if written is None:
        raise Refused(ALREADY)
    return written
