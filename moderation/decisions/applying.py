"""What a decision does to what was judged."""

import asyncpg

from listings.kinds import Status
from listings.life.publishing import publish, send_back
from listings.life.removing import remove
from listings.replies.judging import approve_reply, refuse_reply_edit, remove_reply
from listings.writing.editing import accept_edit, refuse_edit
from messaging.withholding import withhold
from moderation.cases.tables import CaseKind
from moderation.decisions.tables import DecisionKind
from thanks.writing import publish_thanks, remove_thanks


async def apply(case: asyncpg.Record, decided: DecisionKind, listing: asyncpg.Record) -> None:
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
        case CaseKind.message, DecisionKind.remove:
            await withhold(case["message"])
