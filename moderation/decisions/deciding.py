"""One moderator decides of a case, once."""

from typing import Annotated
from uuid import UUID

import asyncpg
import msgspec

from app import database
from app.database import transaction
from app.dates import now
from app.forms import Errors, Form
from app.refusals import Refused
from listings.kinds import Status
from listings.life.publishing import publish, send_back
from listings.life.removing import remove
from listings.replies.judging import approve_reply, refuse_reply_edit, remove_reply
from listings.writing.editing import accept_edit, refuse_edit
from members.me import Me
from messaging.access import REMOVED
from moderation import audit
from moderation.cases.claiming import CLOSED
from moderation.cases.closing import close_case_of, close_case_of_reply, close_case_of_thanks
from moderation.cases.locking import open_cases_of
from moderation.cases.tables import CaseKind
from moderation.decisions.reasons import Reason, words_for
from moderation.decisions.tables import DecisionKind
from moderation.decisions.telling import Told, news_for_reporters, tell
from notifications.topics import Topic
from thanks.writing import publish_thanks, remove_thanks

STALE = "Ce dossier a changé pendant votre lecture\u202f: rien n’a été décidé. Relisez-le, puis décidez."
MOOT = "Il n’y avait plus rien à décider\u202f: l’auteur a repris ou retiré ce texte. Le dossier est clos."
NOT_CLAIMED = "Prenez d’abord ce dossier\u202f: votre quart d’heure est passé ou ne vous a jamais été donné."

REPORTABLE = {Status.published, Status.closed}


def possible(case: asyncpg.Record) -> tuple[DecisionKind, ...]:
    """What may be decided of a case. A reply and a closed ad are not rewritten; an edit sent back leaves the ad as it
    was, which a report would remove. So does one of a reply, which may also be removed."""
    match CaseKind(case["kind"]):
        case CaseKind.edit:
            return DecisionKind.approve, DecisionKind.ask_changes
        case CaseKind.thanks if case["thanks_state"] == "private":
            return (DecisionKind.approve,)
        case CaseKind.reply if case["reply_waiting"] is not None:
            return DecisionKind.approve, DecisionKind.ask_changes, DecisionKind.remove
        case CaseKind.listing if case["listing_status"] != Status.closed:
            return DecisionKind.approve, DecisionKind.ask_changes, DecisionKind.remove
        case _:
            return DecisionKind.approve, DecisionKind.remove


class DecisionForm(Form):
    """`version` is the case's as it was read, `ad_version` the ad's: if either changed, it is read again first."""

    kind: DecisionKind
    version: int
    ad_version: int
    reason: Reason | None = None
    words: Annotated[str, msgspec.Meta(max_length=2000)] = ""

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {
            "kind": "Choisissez ce que vous décidez.",
            "reason": "Choisissez un motif.",
            "version": "Rechargez le dossier, puis décidez.",
            "ad_version": "Rechargez le dossier, puis décidez.",
        }

    def errors(self, case: asyncpg.Record) -> Errors:
        """What this decision lacks for this case."""
        if self.kind not in possible(case):
            return {"kind": "Cette décision n’est pas possible ici."}
        wanted: Errors = {}
        if self.kind is not DecisionKind.approve:
            if self.reason is None:
                wanted["reason"] = "Choisissez un motif."
            if not self.words:
                wanted["words"] = "Écrivez quelques mots à l’auteur\u202f: il doit pouvoir comprendre."
        return wanted


class Stale(Refused):
    """The case or the ad is no longer what the moderator read; nothing was done."""


class Moot(Refused):
    """Nothing was left to judge; the case is closed without a decision."""


async def decide(case: asyncpg.Record, form: DecisionForm, me: Me) -> None:
    """Closes the case, applies the decision, tells its author and reporters: all of it or nothing.

    Raises Stale when the case or the ad changed since it was read or the claim is over, Moot when its author took it
    back meanwhile (the case is then closed).
    """
    async with transaction():
        listing = await _locked(case)
        is_moot = not await _is_still_there(case, listing)
        await (_close_without_decision(case) if is_moot else _decide(case, form, listing, me))
    if is_moot:
        raise Moot(MOOT)


async def _decide(case: asyncpg.Record, form: DecisionForm, listing: asyncpg.Record, me: Me) -> None:
    await _close(case, form, listing, me)
    decision = await _write(case, form, me)
    await _apply(case, form.kind, listing)
    why = form.reason.value if form.reason and form.kind is not DecisionKind.approve else None
    await audit.record("case.decided", by=me.id, kind="case", subject=case["id"], decision=form.kind.value, reason=why)
    await tell([*_news_for_author(case, form.kind, listing, decision), *await news_for_reporters(case["id"])])


async def _locked(case: asyncpg.Record) -> asyncpg.Record:
    """The ad, after every open case about it: its author's own doings lock them in this order."""
    if case["id"] not in await open_cases_of(case["listing"]):
        raise Stale(CLOSED)
    (listing,) = await database.rows("SELECT * FROM listing WHERE id = $1 FOR NO KEY UPDATE", case["listing"])
    return listing


async def _is_still_there(case: asyncpg.Record, listing: asyncpg.Record) -> bool:
    match CaseKind(case["kind"]):
        case CaseKind.listing:
            return listing["status"] in REPORTABLE | {Status.pending}
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


async def _write(case: asyncpg.Record, form: DecisionForm, me: Me) -> UUID:
    reason = "" if form.kind is DecisionKind.approve or form.reason is None else form.reason.value
    words = words_for(form.reason, form.words) if form.reason and reason else ""
    return await database.value(
        'INSERT INTO decision ("case", moderator, author, kind, reason, words, facts, ground, decided_at,'
        " appeal_until) VALUES ($1, $2, $3, $4, $5::text, $6, $6, CASE WHEN $5::text = '' THEN '' ELSE 'charter' END,"
        " $7, $7::timestamptz + interval '6 months') RETURNING id",
        case["id"],
        me.id,
        case["author"],
        form.kind.value,
        reason,
        words,
        now(),
    )


async def _apply(case: asyncpg.Record, decided: DecisionKind, listing: asyncpg.Record) -> None:
    """Approving what is online already (a report that found nothing) leaves it as it is."""
    is_waiting = listing["status"] == Status.pending
    match CaseKind(case["kind"]), decided:
        case CaseKind.listing, DecisionKind.approve if is_waiting:
            await publish(case["listing"])
        case CaseKind.listing, DecisionKind.ask_changes:
            await send_back(case["listing"])
        case CaseKind.listing, DecisionKind.remove:
            await remove(case["listing"])
        case CaseKind.edit, DecisionKind.approve:
            await accept_edit(case["edit"])
        case CaseKind.edit, _:
            await refuse_edit(case["edit"])
        case CaseKind.reply, DecisionKind.approve:
            await approve_reply(case["reply"])
        case CaseKind.reply, DecisionKind.ask_changes:
            await refuse_reply_edit(case["reply"])
        case CaseKind.reply, DecisionKind.remove:
            await remove_reply(case["reply"])
        case CaseKind.thanks, DecisionKind.approve if case["thanks_state"] == "held":
            await publish_thanks(case["thanks"])
        case CaseKind.thanks, DecisionKind.remove:
            await remove_thanks(case["thanks"])


_TOPIC = {
    (CaseKind.listing, DecisionKind.approve): Topic.listing_published,
    (CaseKind.listing, DecisionKind.ask_changes): Topic.listing_sent_back,
    (CaseKind.listing, DecisionKind.remove): Topic.listing_removed,
    (CaseKind.edit, DecisionKind.approve): Topic.edit_accepted,
    (CaseKind.edit, DecisionKind.ask_changes): Topic.edit_sent_back,
    (CaseKind.reply, DecisionKind.approve): Topic.edit_accepted,
    (CaseKind.reply, DecisionKind.ask_changes): Topic.edit_sent_back,
    (CaseKind.reply, DecisionKind.remove): Topic.reply_removed,
    (CaseKind.thanks, DecisionKind.remove): Topic.thanks_removed,
}


def _news_for_author(
    case: asyncpg.Record, decided: DecisionKind, listing: asyncpg.Record, decision: UUID
) -> list[Told]:
    """Nothing for an ad that was reported and stays: its author need not know. Who told the moderators of a problem
    beside a word of thanks hears that it was read."""
    if case["is_problem"] and decided is DecisionKind.approve:
        return [_told(case, Topic.report_handled, case["thanks"], listing, "/mercis#ecrits")]
    topic = _TOPIC.get((CaseKind(case["kind"]), decided))
    stays = topic is Topic.listing_published and listing["status"] in REPORTABLE
    is_unchanged = case["kind"] == CaseKind.reply and topic is Topic.edit_accepted and case["reply_waiting"] is None
    if topic is None or stays or is_unchanged:
        return []
    path = f"/annonces/{case['listing']}" if decided is DecisionKind.approve else f"/decisions/{decision}"
    thing = decision if case["kind"] in (CaseKind.reply, CaseKind.thanks) else case["listing"]
    return [_told(case, topic, thing, listing, path)]


def _told(case: asyncpg.Record, topic: Topic, thing: UUID, listing: asyncpg.Record, path: str) -> Told:
    """Who wrote under somebody's ad, or after it, is not told the title of one that was taken out of sight."""
    is_readable = case["author"] == listing["author"] or listing["status"] in REPORTABLE
    about = listing["title"] if is_readable else REMOVED
    return Told(member=case["author"], topic=topic, thing=thing, about=about, path=path)
