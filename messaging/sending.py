"""Sending a message.

Lock order, everywhere in messaging: the pair of members (members/blocking.py), the conversation's row, its readings,
the notification. The conversation's row makes its messages arrive one after the other, so that unread counts are exact.
"""

from uuid import UUID, uuid5

from app import database, live
from app.database import transaction
from members.blocking import stay_unblocked
from messaging.access import Conversation
from notifications.notifying import notify
from notifications.topics import Topic


async def send(conversation: Conversation, sender: UUID, text: str, once: UUID) -> None:
    """Adds a message for the other. Raises NotHere when one has blocked the other meanwhile."""
    async with transaction():
        await stay_unblocked(sender, conversation.other)
        await database.execute("SELECT FROM conversation WHERE id = $1 FOR NO KEY UPDATE", conversation.id)
        await deliver(conversation.id, sender, conversation.other, conversation.title_for_both, text, once)


async def deliver(conversation: UUID, sender: UUID, other: UUID, title: str, text: str, once: UUID) -> None:
    """The caller holds the pair and the conversation's row. A request sent twice adds one message and tells once."""
    # Bound to the text: a form kept by the browser's Back button and filled in anew is another message.
    if await put(conversation, sender, other, text, uuid5(once, f"{conversation} {sender} {text}")):
        await notify(other, Topic.new_message, thing=conversation, about=title, path=f"/messages/{conversation}")


async def put(conversation: UUID, sender: UUID, other: UUID, text: str, once: UUID) -> bool:
    """As `deliver`, without a notification: the caller has a better one. False when `once` was there already."""
    message = await database.value(
        "INSERT INTO message (conversation, sender, body, sent_at, once) VALUES ($1, $2, $3, clock_timestamp(), $4)"
        " ON CONFLICT (once) DO NOTHING RETURNING id",
        conversation,
        sender,
        text,
        once,
    )
    if message is None:
        return False
    await database.execute("UPDATE conversation SET last_message_at = clock_timestamp() WHERE id = $1", conversation)
    await database.execute(
        "UPDATE reading SET unread = unread + 1 WHERE conversation = $1 AND member = $2", conversation, other
    )
    await _measure_first_reply(conversation, sender, other)
    for member in (sender, other):
        await live.tell(live.Happened(to=member, what="message", conversation=conversation))
    return True


async def _measure_first_reply(conversation: UUID, sender: UUID, other: UUID) -> None:
    """Once: what came first is the other's question, and nothing had been answered yet."""
    await database.execute(
        """
        INSERT INTO reply_delay (conversation, member, seconds)
        SELECT $1, $2, greatest(0, extract(epoch FROM clock_timestamp() - asked.sent_at))::int
        FROM (SELECT sent_at FROM message WHERE conversation = $1 AND sender = $3 AND event IS NULL
            ORDER BY id LIMIT 1) asked
        WHERE NOT EXISTS (SELECT FROM reply_delay WHERE conversation = $1 AND member = $2)
        ON CONFLICT DO NOTHING
        """,
        conversation,
        sender,
        other,
    )
