"""Writing a word of thanks, taking it back, and what a moderator makes of it."""

from uuid import UUID

import asyncpg

from app import database
from app.database import transaction
from app.refusals import NotHere, Refused
from members.blocking import stay_unblocked
from members.me import Me
from members.trust import trust_no_more
from moderation import audit
from moderation.cases.closing import close_case_of_thanks
from moderation.cases.opening import open_case
from moderation.cases.tables import CaseKind
from moderation.cases.weighing import REPORT_RISK
from moderation.reports.holding import hold_thing
from moderation.reports.tables import ReportReason
from moderation.rules import Verdict
from moderation.rules.recording import record_hits
from moderation.rules.tables import Moment
from moderation.sanctions.enforcing import guard_posting
from notifications.reading import read_about
from thanks.access import WRITTEN
from thanks.opening import HAS_READ, TO_WRITE, hold_exchange, open_what_may
from thanks.tables import ThanksState
from thanks.words import Word, screened


async def write(help_id: UUID, by: Me, word: Word) -> ThanksState:
    """Keeps the word of `by` for the other of this exchange, and opens what may be; says what became of it.

    A new member's word, and one the rules say anything of, waits for a moderator. Raises NotHere when one blocked the
    other, Refused when they wrote already or the ad was erased meanwhile. Lock order: the exchange, the pair,
    notifications.
    """
    guard_posting(by)
    async with transaction():
        await hold_exchange(help_id)
        exchange = await _exchange(help_id, by)
        await stay_unblocked(by.id, exchange["other"])
        verdict = await screened(word.word, exchange["category"], by.id)
        state = _first_state(word, by, verdict)
        kept = await _keep(exchange, by, word, state)
        is_read = state is ThanksState.held or word.problem
        case = await _ask_moderators(kept, exchange, by, word, verdict) if is_read else None
        await record_hits(verdict, Moment.thanks, case)
        await open_what_may(help_id)
        await read_about(by.id, help_id)
        await audit.record("thanks.written", by=by.id, kind="thanks", subject=kept, state=state.value)
        return ThanksState(await database.value("SELECT state FROM thanks WHERE id = $1", kept))


async def take_back(thanks_id: UUID, by: Me) -> None:
    """Its writer no longer wants it read: the words are gone. Raises NotHere when it is not theirs to take back."""
    async with transaction():
        await hold_thing(f"thanks:{thanks_id}")
        await close_case_of_thanks(thanks_id)  # the case first, as a moderator who decides does
        to = await database.value(
            "UPDATE thanks SET state = 'deleted', body = '', private_line = '', is_problem = FALSE"
            " WHERE id = $1 AND from_member = $2 AND state NOT IN ('deleted', 'removed') RETURNING to_member",
            thanks_id,
            by.id,
        )
        if to is None:
            raise NotHere
        await database.execute(
            "DELETE FROM notification WHERE member = $2 AND topic = 'thanks_received' AND thing = $1"
            " AND read_at IS NULL",
            thanks_id,
            to,
        )
        await audit.record("thanks.taken_back", by=by.id, kind="thanks", subject=thanks_id)


async def publish_thanks(thanks_id: UUID) -> None:
    """A moderator approved it: it opens now, or when the exchange does. One that does not wait stays as it is."""
    async with transaction():
        help_id = await database.value("SELECT help FROM thanks WHERE id = $1 AND state = 'held'", thanks_id)
        if help_id is None:
            return
        await hold_exchange(help_id)
        await database.execute("UPDATE thanks SET state = 'sealed' WHERE id = $1 AND state = 'held'", thanks_id)
        await open_what_may(help_id)


async def remove_thanks(thanks_id: UUID) -> None:
    """A moderator took it out of sight; the row stays. Removing it again changes nothing."""
    async with transaction():
        writer = await database.value(
            "UPDATE thanks SET state = 'removed' WHERE id = $1 AND state IN ('sealed', 'published', 'held')"
            " RETURNING from_member",
            thanks_id,
        )
        if writer:
            await trust_no_more(writer)


async def restore_thanks(thanks_id: UUID) -> None:
    """removed → published if it had been read, else it opens now or when the exchange does: after an appeal. Nothing
    happens to one that is not removed."""
    async with transaction():
        help_id = await database.value("SELECT help FROM thanks WHERE id = $1 AND state = 'removed'", thanks_id)
        if help_id is None:
            return
        await hold_exchange(help_id)
        await database.execute(
            "UPDATE thanks SET state = CASE WHEN published_at IS NULL THEN 'sealed' ELSE 'published' END"
            " WHERE id = $1 AND state = 'removed'",
            thanks_id,
        )
        await open_what_may(help_id)


def _first_state(word: Word, by: Me, verdict: Verdict) -> ThanksState:
    if not word.word:
        return ThanksState.private
    waits = bool(verdict.findings) or not by.is_trusted  # whom it is for cannot answer it: advice is enough to wait
    return ThanksState.held if waits else ThanksState.sealed


async def _exchange(help_id: UUID, by: Me) -> asyncpg.Record:
    found = await database.row(
        "SELECT h.*, CASE WHEN h.helper = $2 THEN h.helped ELSE h.helper END AS other, l.category, l.department,"
        f" {HAS_READ.format(member='$2')} AS has_read"
        " FROM help h LEFT JOIN listing l ON l.id = h.listing"
        " WHERE h.id = $1 AND $2 IN (h.helper, h.helped)",
        help_id,
        by.id,
    )
    if found is None:
        raise NotHere
    if found["has_read"]:
        raise Refused(WRITTEN)
    if found["category"] is None:
        raise Refused("Cette annonce a été effacée : on ne peut plus y ajouter de mot.")
    return found


async def _keep(exchange: asyncpg.Record, by: Me, word: Word, state: ThanksState) -> UUID:
    """For a thing, what is sealed may open at once."""
    kept: UUID | None = await database.value(
        """
        INSERT INTO thanks (help, from_member, to_member, body, private_line, is_problem, state, written_at, opens_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp(), $8)
        ON CONFLICT (help, from_member) DO UPDATE SET body = excluded.body, private_line = excluded.private_line,
            is_problem = excluded.is_problem, state = excluded.state, written_at = excluded.written_at,
            opens_at = excluded.opens_at, published_at = NULL
            WHERE thanks.state = 'deleted'
        RETURNING id
        """,
        exchange["id"],
        by.id,
        exchange["other"],
        word.word,
        word.line,
        word.problem,
        state.value,
        exchange["at"] + TO_WRITE if exchange["is_service"] else exchange["at"],
    )
    if kept is None:
        raise Refused(WRITTEN)
    return kept


async def _ask_moderators(thanks_id: UUID, exchange: asyncpg.Record, by: Me, word: Word, verdict: Verdict) -> UUID:
    return await open_case(
        kind=CaseKind.thanks,
        listing=exchange["listing"],
        thanks=thanks_id,
        author=by.id,
        category=exchange["category"],
        department=exchange["department"],
        findings=verdict.findings,
        risk=REPORT_RISK[ReportReason.hurtful] if word.problem else 0,
    )
