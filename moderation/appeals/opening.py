"""Contesting a decision: once per person, free, within six months; a measure confirmed after that, once too."""

from datetime import timedelta
from uuid import UUID

from app import database
from app.database import transaction
from app.dates import now
from app.refusals import Refused
from listings.life.steps import hold
from members.me import Me
from moderation import audit
from moderation.appeals.contesting import Contestable, contestable
from moderation.appeals.talking import add_message, say
from moderation.cases.opening import open_case
from moderation.cases.tables import CaseKind

JUDGED_WITHIN = timedelta(days=3)
RISK = 30
"""Of one hundred: what was decided may be wrong, and weighs on somebody every day."""
RISK_WITH_SANCTION = 70
TOO_LATE = "Le délai pour contester cette décision est passé\u202f: il était de six mois."


class TooLate(Refused):
    """The six months are over."""

    status = 410


async def open_appeal(decision: UUID, words: str, once: UUID, me: Me) -> UUID:
    """The appeal of this member against a decision, and its case on the desk. The same form sent twice is one appeal;
    what is sent later is one more message of it.

    Raises NotHere and Refused as `contestable`, TooLate after its last moment.
    """
    contested = await contestable(decision, me)
    async with transaction():
        await hold(contested.listing)
        contested = await contestable(decision, me)  # erased, contested or overturned while this one waited
        if contested.appeal is None:
            if contested.is_over:
                raise TooLate(TOO_LATE)
            return await _open(contested, words, once, me)
    # In a transaction of its own: the case of the appeal was not there to be held before the ad.
    await say(contested.appeal, words, once, me)
    return contested.appeal


async def _open(contested: Contestable, words: str, once: UUID, me: Me) -> UUID:
    case = await open_case(
        kind=CaseKind.appeal,
        listing=contested.listing,
        author=contested.author,
        category=contested.category,
        department=contested.department,
        risk=RISK_WITH_SANCTION if contested.is_sanctioned else RISK,
        due_at=now() + JUDGED_WITHIN,
    )
    appeal: UUID = await database.value(
        'INSERT INTO appeal (decision, first_judge, until, appellant, by_reporter, "case", opened_at, sanction)'
        " SELECT id, moderator, appeal_until, $2, $3, $4, $5, $6 FROM decision WHERE id = $1"
        " FOR KEY SHARE RETURNING id",
        contested.id,
        me.id,
        contested.by_reporter,
        case,
        now(),
        contested.sanction,
    )
    await add_message(appeal, words, once, by=me.id)
    await audit.record("appeal.opened", by=me.id, kind="appeal", subject=appeal, decision=contested.reference)
    return appeal
