"""Somebody asked to be the host says yes or no. The first yes is proposed to the guest; the next ones wait in order."""

from datetime import datetime
from uuid import UUID

from app import database
from app.database import transaction
from app.jobs import defer
from app.refusals import Refused
from exchanges.hospitality.asking import live_offer, locked
from exchanges.hospitality.jobs import ask_around
from exchanges.hospitality.offering import offer_at_once
from moderation import audit

NOT_NEEDED = "Merci d’avoir répondu\u202f! Ce foyer n’a plus besoin d’un toit\u202f: vous n’avez rien à faire."


async def say_yes(call_id: UUID, host: UUID, at: datetime) -> None:
    """Said twice, it is one yes. Raises Refused when nobody is needed any more."""
    async with transaction():
        call = await locked(call_id)
        if call is None or call["until"] <= at:
            raise Refused(NOT_NEEDED)
        if not await _note(call_id, host, "yes", at):
            return
        await audit.record("hospitality.offered", by=host, kind="hospitality_call", subject=call_id)
        if not await live_offer(call_id):
            await offer_at_once(call, host)


async def say_no(call_id: UUID, host: UUID, at: datetime) -> None:
    """Somebody else is asked instead. Again, after a yes, or too late, it changes nothing."""
    async with transaction():
        if await locked(call_id) and await _note(call_id, host, "no", at):
            await defer(ask_around, call=call_id)


async def _note(call_id: UUID, host: UUID, said: str, at: datetime) -> bool:
    """A no may become a yes, a yes remains one."""
    noted = await database.value(
        "UPDATE hospitality_asked SET said = $3, said_at = $4"
        " WHERE call = $1 AND host = $2 AND (said IS NULL OR (said = 'no' AND $3 = 'yes')) RETURNING id",
        call_id,
        host,
        said,
        at,
    )
    return noted is not None
