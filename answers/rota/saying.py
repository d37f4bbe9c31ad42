"""What became of a day, said in the conversation of the ad's author and the person it is about."""

from uuid import UUID, uuid4

from app import database
from messaging.events import say_event
from messaging.tables import Event


async def say_in_conversation(listing: UUID, helper: UUID, event: Event, words: str, own: str) -> None:
    """Inside the caller's transaction, after the ad is locked. Who has no conversation about the ad (its own author)
    has nothing said. `words` follow the person's first name for the author, and `own` follows "Vous" for the person.
    """
    found = await database.row(
        "SELECT c.id, m.first_name FROM conversation c JOIN member m ON m.id = c.helper"
        " WHERE c.listing = $1 AND c.helper = $2",
        listing,
        helper,
    )
    if found:
        text = f"{found['first_name']} {words}."
        await say_event(found["id"], helper, event, text, uuid4(), own=f"Vous {own}.")
