"""Closing a conversation, by either side; a year later it is erased (contacts/social/passing.py)."""

from uuid import UUID, uuid4, uuid5

from app import database
from app.database import transaction
from app.refusals import NotHere, Refused
from contacts.social.access import Talk
from contacts.social.saying import NO_LONGER, Event, notify_other, put, say, settle, speak
from moderation import audit


async def close(talk: Talk, word: str, once: UUID) -> None:
    """With a last word, or none. Raises NotHere for a worker whose it is not, Refused when it just changed hands or was
    closed."""
    if not talk.may_write and not talk.is_closed:
        raise NotHere
    async with transaction():
        await speak(talk)
        if word:
            await put(talk, word, uuid5(once, f"{talk.id} {word}"))
            await notify_other(talk)
        closed = await database.value(
            "UPDATE social_talk SET state = 'closed', closed_at = clock_timestamp(), version = version + 1"
            " WHERE id = $1 AND state <> 'closed' RETURNING id",
            talk.id,
        )
        if closed is None:
            raise Refused(NO_LONGER)
        await say(talk, Event.closed_by_person if talk.is_person else Event.closed_by_worker, uuid4())
        await settle(talk.id)
        by = None if talk.is_person else talk.reader
        await audit.record("social.closed", by=by, kind="social_talk", subject=talk.id)
