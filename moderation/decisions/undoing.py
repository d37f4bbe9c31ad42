"""An appeal was upheld: what the decision took comes back, and what it counted for no longer counts."""

from uuid import UUID

import asyncpg

from app import database
from app.jobs import defer
from app.refusals import Refused
from listings.life.restoring import restore
from listings.replies.judging import restore_reply, restore_reply_edit
from listings.writing.editing import accept_edit
from messaging.withholding import give_back
from moderation.cases.tables import CaseKind
from moderation.decisions.before import Before, give_trust_back
from moderation.decisions.tables import DecisionKind
from moderation.sanctions.jobs import follow_suspension
from moderation.sanctions.lifting import lift_for
from thanks.writing import restore_thanks


async def undo(decision: UUID) -> None:
    """Inside the caller's transaction, which holds the open cases and the ad: what the decision took comes back where
    its author has not moved on since, sanctions taken with it are lifted, trust it cost is given back, its reporters'
    and rules' records are corrected. A second time nothing happens.
    """
    decided = await overturn(decision)
    if decided is None:
        return
    await database.execute(
        "UPDATE report SET outcome = 'unfounded' WHERE \"case\" = $1 AND outcome = 'founded'", decided["case"]
    )
    await lift_for(decision)
    # Of several removals that were overturned, the first tells what its author's trust was.
    await give_trust_back("d.author = $1 AND d.kind = 'remove' AND d.overturned_at IS NOT NULL", decided["author"])
    if before := await Before.of_decision(decision):
        await _give_back(decided, before)
    # Suspended for another reason, their ads stay out of sight: what came back joins them.
    await defer(follow_suspension, member=decided["author"])


async def overturn(decision: UUID) -> asyncpg.Record | None:
    """Inside the caller's transaction: the decision no longer stands. Gives it with what it was about; None when it was
    overturned already. Its rules' precision is counted from this moment, see moderation.rules.precision."""
    return await database.row(
        "UPDATE decision d SET overturned_at = now() FROM moderation_case c"
        ' WHERE d.id = $1 AND c.id = d."case" AND d.overturned_at IS NULL'
        ' RETURNING d.id, d.kind, d.author, d.moderator, d."case", c.kind AS of, c.listing, c.edit, c.reply, c.thanks,'
        " c.message",
        decision,
    )


async def _give_back(decided: asyncpg.Record, before: Before) -> None:
    match CaseKind(decided["of"]), DecisionKind(decided["kind"]):
        case CaseKind.listing, DecisionKind.remove | DecisionKind.ask_changes:
            await restore(decided["listing"], before.ad)
        case CaseKind.edit, DecisionKind.ask_changes | DecisionKind.remove:
            await _make_the_change(decided["edit"])
        case CaseKind.reply, DecisionKind.remove:
            await restore_reply(decided["reply"], before.state, before.waiting)
        case CaseKind.reply, DecisionKind.ask_changes:
            await restore_reply_edit(decided["reply"], before.waiting)
        case CaseKind.thanks, DecisionKind.remove:
            await restore_thanks(decided["thanks"])
        case CaseKind.message, DecisionKind.remove:
            await give_back(decided["message"])


async def _make_the_change(edit: UUID) -> None:
    """Unless the ad has been changed since, or has no room for it any more: its author then begins again from the ad
    as it is."""
    waits = await database.value(
        """
        UPDATE listing_edit e SET state = 'waiting' FROM listing l
        WHERE e.id = $1 AND e.state = 'refused' AND l.id = e.listing AND l.status = 'published'
            AND e.made_at >= l.updated_at
            AND NOT EXISTS (SELECT FROM listing_edit o WHERE o.listing = e.listing AND o.state = 'waiting')
        RETURNING e.id
        """,
        edit,
    )
    if waits is None:
        return
    try:
        await accept_edit(edit)
    except Refused:
        await database.execute("UPDATE listing_edit SET state = 'refused' WHERE id = $1", edit)
