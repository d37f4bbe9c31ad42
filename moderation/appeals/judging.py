"""Somebody who did not decide judges an appeal, once, and says why.

Lock order: the open cases of the ad, the ad, the appeal, then what `undo` changes, sanctions, notifications.
"""

import enum
from typing import Annotated
from uuid import UUID

import asyncpg
import msgspec

from app import database
from app.database import transaction
from app.dates import now
from app.forms import Form
from app.labels import number
from app.refusals import Refused
from listings.life.steps import hold
from members.me import Me
from moderation import audit
from moderation.appeals.reopening import reopen
from moderation.decisions.form import Version
from moderation.decisions.telling import Told, tell
from moderation.decisions.undoing import undo
from moderation.sanctions.lifting import lift_for, lift_measure
from notifications.topics import Topic

LONGEST = 4000
SETTLED = "Ce recours est déjà clos\u202f: il a été examiné, ou retiré par la personne qui l’avait fait."
STALE = (
    "Un message est arrivé pendant votre lecture, ou une mesure a été confirmée\u202f: rien n’est décidé. Relisez, puis"
    " décidez."
)
NOT_CLAIMED = "Prenez d’abord ce recours\u202f: votre quart d’heure est passé, ou ne vous a jamais été donné."


class Verdict(enum.StrEnum):
    upheld = "upheld"
    rejected = "rejected"


class JudgingForm(Form):
    """`version` is the case's as it was read; the words are for the appellant."""

    verdict: Verdict
    version: Version
    words: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST)]

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {
            "verdict": "Dites si vous donnez raison à la personne, ou non.",
            "version": "Rechargez le dossier, puis décidez.",
            "words": f"Expliquez votre réponse à la personne, en {number(LONGEST)} caractères au plus.",
        }


class NotJudged(Refused):
    """The appeal is not what the moderator read, or not theirs to judge now; nothing was done."""


async def judge(case: asyncpg.Record, form: JudgingForm, me: Me) -> UUID | None:
    """Closes the appeal and tells who made it. Upheld, its author's decision is undone; its reporter's is taken again:
    the thing has a new open case, whose id is given. Of a measure contested by itself, the measure alone is lifted.

    Takes a case from `case_in_scope`. Raises NotJudged when it was judged, withdrawn or written to since it was read,
    or is not claimed; the database refuses who decided first, confirmed the sanction or has another stake.
    """
    async with transaction():
        await hold(case["listing"])
        await _close(case["id"], form, me)
        appeal = await _judge(case["id"], form, me)
        again = await _apply(appeal) if form.verdict is Verdict.upheld else None
        await audit.record(
            "appeal.judged",
            by=me.id,
            kind="appeal",
            subject=appeal["id"],
            decision=appeal["reference"],
            verdict=form.verdict.value,
        )
        await tell(await _news(appeal, form.verdict))
    return again


async def _close(case: UUID, form: JudgingForm, me: Me) -> None:
    closed = await database.value(
        "UPDATE moderation_case SET closed_at = now(), version = version + 1"
        " WHERE id = $1 AND closed_at IS NULL AND version = $2 AND claimed_by = $3 AND claimed_until > now()"
        " RETURNING id",
        case,
        form.version,
        me.id,
    )
    if closed is None:
        raise NotJudged(await _why_not(case, form.version))


async def _why_not(case: UUID, version: int) -> str:
    stands = await database.row("SELECT closed_at, version FROM moderation_case WHERE id = $1", case)
    if stands is None or stands["closed_at"]:
        return SETTLED
    return NOT_CLAIMED if stands["version"] == version else STALE


async def _judge(case: UUID, form: JudgingForm, me: Me) -> asyncpg.Record:
    judged = await database.row(
        "UPDATE appeal a SET state = $2, judged_by = $3, judged_at = $4, words = $5 FROM decision d"
        " WHERE a.\"case\" = $1 AND a.state = 'open' AND d.id = a.decision"
        ' RETURNING a.id, a.decision, a.appellant, a.sanction, a.by_reporter, d.reference, d."case" AS decided_case',
        case,
        form.verdict.value,
        me.id,
        now(),
        form.words,
    )
    if judged is None:
        raise NotJudged(SETTLED)
    return judged


async def _apply(appeal: asyncpg.Record) -> UUID | None:
    if appeal["sanction"]:
        await lift_measure(appeal["sanction"])
        return None
    if not appeal["by_reporter"]:
        await undo(appeal["decision"])
        return None
    await lift_for(appeal["decision"])
    return await reopen(appeal["decision"])


async def _news(appeal: asyncpg.Record, verdict: Verdict) -> list[Told]:
    """The appellant in any case; of an author who is right also those whose report had been followed."""
    about = f"Décision {appeal['reference']}"
    news = [
        Told(
            member=appeal["appellant"],
            topic=Topic.appeal_judged,
            thing=appeal["id"],
            about=about,
            path=f"/recours/{appeal['id']}",
        )
    ]
    if verdict is Verdict.rejected or appeal["by_reporter"] or appeal["sanction"]:
        return news
    reporters = await database.rows(
        'SELECT reporter FROM report WHERE "case" = $1 AND reporter <> $2', appeal["decided_case"], appeal["appellant"]
    )
    path = f"/signalements/{appeal['decided_case']}"
    return news + [
        Told(member=one["reporter"], topic=Topic.decision_changed, thing=appeal["decided_case"], about=about, path=path)
        for one in reporters
    ]
