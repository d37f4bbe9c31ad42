"""What happens between two people, said in their conversation as a quiet line: chosen, withdrawn, closed…"""

from uuid import UUID

from app import database, live
from messaging.tables import Event


async def say_event(
    conversation: UUID,
    sender: UUID,
    event: Event,
    text: str,
    once: UUID,
    *,
    own: str | None = None,
    counts: bool = True,
) -> bool:
    """Inside the caller's transaction. Adds the line, unread for the one who did not make it happen (`sender` did);
    without `counts` it is not one more to read, for words follow it.

    The same `once` adds it once and returns False afterwards. `text` is for the one who did not make it happen
    ("Bilal a retiré sa réponse."), `own` for who did ("Vous avez retiré votre réponse."); without it both read `text`.

    Notifications are the caller's. Lock order: as in `messaging.sending`.
    """
    people = await database.row("SELECT author, helper FROM conversation WHERE id = $1 FOR NO KEY UPDATE", conversation)
    added = people and await database.value(
        "INSERT INTO message (conversation, sender, body, own_words, sent_at, once, event)"
        " VALUES ($1, $2, $3, $6, clock_timestamp(), $4, $5) ON CONFLICT (once) DO NOTHING RETURNING id",
        conversation,
        sender,
        text,
        once,
        Event(event).value,
        own,
    )
    if not people or not added:
        return False
    await database.execute("UPDATE conversation SET last_message_at = clock_timestamp() WHERE id = $1", conversation)
    if counts:
        await database.execute(
            "UPDATE reading SET unread = unread + 1 WHERE conversation = $1 AND member <> $2", conversation, sender
        )
    for member in people:
        await live.tell(live.Happened(to=member, what="message", conversation=conversation))
    return True
