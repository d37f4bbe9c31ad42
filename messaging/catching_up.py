"""Reading a conversation: what was shown counts as read, nothing more."""

from uuid import UUID

import msgspec

from app import database, live
from app.database import transaction
from members.me import Me
from messaging.access import Conversation
from messaging.thread import Message
from notifications.reading import read_about


async def catch_up(conversation: Conversation, me: Me, shown: list[Message]) -> Me:
    """Marks the messages shown as read and tells both people's open pages. Returns `me` with the counts of after it.

    What arrived between the page's query and this one stays unread. Lock order: as in `messaging.sending`.
    """
    if not conversation.unread or not shown:
        return me
    async with transaction():
        await database.execute("SELECT FROM conversation WHERE id = $1 FOR NO KEY UPDATE", conversation.id)
        left = await _read_up_to(conversation.id, me.id, shown[-1].id)
        told = 0 if left else await read_about(me.id, conversation.id)
        await live.tell(live.Happened(to=conversation.other, what="message", conversation=conversation.id))
        await live.tell(live.Happened(to=me.id, what="badge"))
    return msgspec.structs.replace(
        me,
        unread_messages=max(0, me.unread_messages - (conversation.unread - left)),
        unread_notifications=max(0, me.unread_notifications - told),
    )


async def _read_up_to(conversation: UUID, member: UUID, message: int) -> int:
    """Returns how many messages stay unread."""
    return await database.value(
        """
        UPDATE reading r SET read_up_to = greatest(r.read_up_to, $3), unread = (
            SELECT count(*) FROM message m
            WHERE m.conversation = $1 AND m.sender <> $2 AND m.id > greatest(r.read_up_to, $3))
        WHERE r.conversation = $1 AND r.member = $2
        RETURNING unread
        """,
        conversation,
        member,
        message,
    )
