"""Closing a conversation, by either side; a year later it is erased (contacts/social/passing.py)."""

from uuid import UUID, uuid4, uuid5

from app import database
from app.database import transaction
from app.refusals import NotHere, Refused
from contacts.social.access import Talk
from contacts.social.saying import NO_LONGER, Event, notify_other, put, say, settle, speak
from moderation import audit


async def close(talk: Talk, word: str, once: UUID) -> None:
    """With a last word, or none. Raises NotHere for a worker whose it is not, Refused when it just changed hands or the
    other side closed it; who closed it themselves a click before is told nothing else."""
    if not talk.may_write and not talk.is_closed:
        raise NotHere
    last = uuid5(once, f"{talk.id} {word}") if word else None
    event = Event.closed_by_person if talk.is_person else Event.closed_by_worker
    async with transaction():
        if await _did_so_already(talk, event, last):
            return
        await speak(talk)
        if last:
            await put(talk, word, last)
            await notify_other(talk)
        closed = await database.value(
            "UPDATE social_talk SET state = 'closed', closed_at = clock_timestamp(), version = version + 1"
            " WHERE id = $1 AND state <> 'closed' RETURNING id",
            talk.id,
        )
        if closed is None:
            raise Refused(NO_LONGER)
        await say(talk, event, uuid4())
        await settle(talk.id)
        by = None if talk.is_person else talk.reader
        await audit.record("social.closed", by=by, kind="social_talk", subject=talk.id)


async def _did_so_already(talk: Talk, event: Event, last: UUID | None) -> bool:
    """Holds the row: the second of two clicks waits for the first."""
    await database.execute("SELECT FROM social_talk WHERE id = $1 FOR UPDATE", talk.id)
    return bool(
        await database.value(
            "SELECT EXISTS (SELECT FROM social_message WHERE talk = $1 AND event = $2)"
            " AND ($3::uuid IS NULL OR EXISTS (SELECT FROM social_message WHERE once = $3))",
            talk.id,
            event.value,
            last,
        )
    )
