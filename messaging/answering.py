"""Opening the conversation about an ad."""

from uuid import UUID

from app import database
from members.blocking import stay_unblocked
from messaging.access import Answerable
from messaging.sending import deliver


async def open_conversation(ad: Answerable, helper: UUID, text: str, once: UUID) -> UUID:
    """Opens the conversation between the ad's author and this helper, or continues it, and returns its id.

    Inside the caller's transaction, which holds the ad (`answerable` with `held`). Raises NotHere when one has blocked
    the other. Lock order: as `messaging.sending`.
    """
    await stay_unblocked(helper, ad.author)
    conversation = await opened_between(ad.id, ad.author, helper)
    await deliver(conversation, helper, ad.author, ad.title, text, once)
    return conversation


async def opened_between(listing: UUID, author: UUID, helper: UUID) -> UUID:
    """Inside a transaction in which no block comes between these two; nothing is said in it yet. Two answers at once:
    the second waits for the first one's row and finds it."""
    conversation = await database.value(
        """
        INSERT INTO conversation AS c (listing, author, helper, opened_at, last_message_at)
        VALUES ($1, $2, $3, clock_timestamp(), clock_timestamp())
        ON CONFLICT (listing, helper) DO UPDATE SET last_message_at = c.last_message_at
        RETURNING id
        """,
        listing,
        author,
        helper,
    )
    await database.execute(
        "INSERT INTO reading (conversation, member, read_up_to, unread) VALUES ($1, $2, 0, 0), ($1, $3, 0, 0)"
        " ON CONFLICT DO NOTHING",
        conversation,
        author,
        helper,
    )
    return conversation
