"""One moderator decides of a case, once."""

from uuid import UUID

import asyncpg

from app import database
from app.database import transaction
from app.dates import now
from app.refusals import Refused
from listings.kinds import Status
from members.me import Me
from moderation import audit
from moderation.cases.claiming import CLOSED
from moderation.cases.closing import close_case_of, close_case_of_reply, close_case_of_thanks
from moderation.cases.locking import open_cases_of
from moderation.cases.tables import CaseKind
from moderation.decisions.applying import apply
from moderation.decisions.before import remember
from moderation.decisions.finding import found, ready_facts
from moderation.decisions.form import DecisionForm
from moderation.decisions.laws import LAWS
from moderation.decisions.news import news_for_author
from moderation.decisions.reasons import OF_REPORTING, Reason, words_for
from moderation.decisions.tables import Ground
from moderation.decisions.telling import news_for_reporters, tell
from moderation.reports.tables import ReportOutcome
from moderation.reports.warning_first import guard_warning_first
from moderation.sanctions.effects import hold_members
from moderation.sanctions.imposing import ALREADY, impose
from moderation.sanctions.tables import SanctionKind

STALE = "Ce dossier a changé pendant votre lecture\u202f: rien n’a été décidé. Relisez-le, puis décidez."
MOOT = "Il n’y avait plus rien à décider\u202f: l’auteur a repris ou retiré ce texte. Le dossier est clos."
NOT_CLAIMED = "Prenez d’abord ce dossier\u202f: votre quart d’heure est passé ou ne vous a jamais été donné."

REPORTED = "Un texte où il n’y avait rien à redire a été signalé, et ce signalement a été jugé abusif."
JUDGED = (Status.pending, Status.published, Status.closed, Status.aside)


class Stale(Refused):
    """The case or the ad is no longer what the moderator read; nothing was done."""


class Moot(Refused):
    """Nothing was left to judge; the case is closed without a decision."""


async def decide(case: asyncpg.Record, form: DecisionForm, me: Me) -> UUID:
    """Closes the case, applies the decision, tells its author and reporters: all of it or nothing. Gives the decision.

    Raises Stale when the case or the ad changed since it was read or the claim is over, Moot when its author took it
    back meanwhile (the case is then closed), Refused when the sanction is in force already.
    """
    decision: UUID | None = None
    async with transaction():
        listing = await _locked(case)
        if await _is_still_there(case, listing):
            decision = await _decide(case, form, listing, me)
        else:
            await _close_without_decision(case)
    if decision is None:
        raise Moot(MOOT)
    return decision


async def _decide(case: asyncpg.Record, form: DecisionForm, listing: asyncpg.Record, me: Me) -> UUID:
    """The order of the locks: the ad, what hangs on it, the member and their measures, then whom we tell."""
    await _close(case, form, listing, me)
    await _hold_members(case, form)
    facts = form.facts or await ready_facts(case)
    decision = await _write(case, form, facts, me)
    await remember(decision, listing)
    await apply(case, form.kind, listing)
    await _answer_reports(case["id"], form)
    await _sanction(case, decision, form, facts, me)
    why = form.reason.value if form.reason and form.is_refusal else None
    await audit.record("case.decided", by=me.id, kind="case", subject=case["id"], decision=form.kind.value, reason=why)
    await tell([*news_for_author(case, form.kind, listing, decision), *await news_for_reporters(case["id"])])
    return decision


async def _locked(case: asyncpg.Record) -> asyncpg.Record:
    """The ad, after every open case about it: its author's own doings lock them in this order."""
    if case["id"] not in await open_cases_of(case["listing"]):
        raise Stale(CLOSED)
    (listing,) = await database.rows("SELECT * FROM listing WHERE id = $1 FOR NO KEY UPDATE", case["listing"])
    return listing


async def _is_still_there(case: asyncpg.Record, listing: asyncpg.Record) -> bool:
    match CaseKind(case["kind"]):
        case CaseKind.listing:
            return listing["status"] in JUDGED
        case CaseKind.edit:
            state = await database.value("SELECT state FROM listing_edit WHERE id = $1 FOR UPDATE", case["edit"])
            return state == "waiting" and listing["status"] == Status.published
        case CaseKind.reply:
            state = await database.value("SELECT state FROM reply WHERE id = $1 FOR NO KEY UPDATE", case["reply"])
            return state in ("held", "published")
        case CaseKind.thanks:
            state = await database.value("SELECT state FROM thanks WHERE id = $1", case["thanks"])
            return state not in ("removed", "deleted")
        case CaseKind.message | CaseKind.appeal:
            return True


async def _close_without_decision(case: asyncpg.Record) -> None:
    match CaseKind(case["kind"]):
        case CaseKind.listing | CaseKind.edit:
            await close_case_of(case["listing"], edit=case["edit"])
        case CaseKind.reply:
            await close_case_of_reply(case["reply"])
        case CaseKind.thanks:
            await close_case_of_thanks(case["thanks"])


async def _close(case: asyncpg.Record, form: DecisionForm, listing: asyncpg.Record, me: Me) -> None:
    closed = listing["version"] == form.ad_version and await database.value(
        "UPDATE moderation_case SET closed_at = now(), version = version + 1"
        " WHERE id = $1 AND closed_at IS NULL AND version = $2 AND claimed_by = $3 AND claimed_until > now()"
        " RETURNING id",
        case["id"],
        form.version,
        me.id,
    )
    if not closed:
        raise Stale(await _why_not(case["id"], form.version, me.id))


async def _why_not(case_id: UUID, version: int, me: UUID) -> str:
    is_claim_missing = await database.value(
        "SELECT version = $2 AND (claimed_by = $3 AND claimed_until > now()) IS NOT TRUE FROM moderation_case"
        " WHERE id = $1",
        case_id,
        version,
        me,
    )
    return NOT_CLAIMED if is_claim_missing else STALE


async def _hold_members(case: asyncpg.Record, form: DecisionForm) -> None:
    """The author and whom a measure is against, together: else two who report each other, judged at once, are held by
    two decisions that wait for each other."""
    if form.is_refusal or form.sanction is None:
        return
    reporters = await database.rows(
        'SELECT reporter FROM report WHERE "case" = $1 AND id = ANY($2::uuid[])', case["id"], form.abusive
    )
    await hold_members({case["author"], *(one["reporter"] for one in reporters)})


async def _write(case: asyncpg.Record, form: DecisionForm, facts: str, me: Me) -> UUID:
    """An approval needs no reasons, and has none."""
    detection, reason = await found(case), form.reason if form.is_refusal else None
    return await database.value(
        """
        INSERT INTO decision ("case", moderator, author, kind, ground, reason, law, facts, words, detection,
            found_automatically, decided_at, appeal_until)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12::timestamptz + interval '6 months') RETURNING id
        """,
        case["id"],
        me.id,
        case["author"],
        form.kind.value,
        form.ground.value if reason else "",
        reason.value if reason else "",
        LAWS[form.law].citation if reason and form.law and form.ground is Ground.law else "",
        facts if reason else "",
        words_for(reason, form.words) if reason else "",
        detection.by.value,
        detection.automatically,
        now(),
    )


async def _answer_reports(case: UUID, form: DecisionForm) -> None:
    """What came of each report: a refusal proves them right, also the one a moderator had ticked by mistake."""
    await database.execute(
        'UPDATE report SET outcome = CASE WHEN id = ANY($3::uuid[]) THEN $4 ELSE $2 END WHERE "case" = $1',
        case,
        (ReportOutcome.founded if form.is_refusal else ReportOutcome.unfounded).value,
        [] if form.is_refusal else form.abusive,
        ReportOutcome.abusive.value,
    )


async def _sanction(case: asyncpg.Record, decision: UUID, form: DecisionForm, facts: str, me: Me) -> None:
    if form.sanction is None:
        return
    if form.is_refusal and form.reason:
        words = words_for(form.reason, form.words)
        await impose(decision, case["author"], form.sanction, form.days, form.reason.value, facts, words, me.id)
        return
    await guard_warning_first(case["id"], form)
    abusive = await database.rows(_ABUSIVE, case["id"], ReportOutcome.abusive.value)
    if not abusive:
        raise Refused(ALREADY)
    for one in abusive:
        await impose(
            decision,
            one["reporter"],
            SanctionKind.no_reporting,
            form.days,
            Reason.good_faith.value,
            REPORTED,
            form.words or OF_REPORTING.words,
            me.id,
        )


# Who may report no more already keeps nobody from the others.
_ABUSIVE = """
SELECT DISTINCT r.reporter FROM report r WHERE r."case" = $1 AND r.outcome = $2 AND NOT EXISTS (
    SELECT FROM sanction s WHERE s.member = r.reporter AND s.kind = 'no_reporting' AND s.state = 'active')
ORDER BY r.reporter
"""
