"""What follows when a home changes: whom it suits is looked for again, and what was proposed with it may end."""

import asyncpg

from exchanges.matching.asking import ask_for_a_match
from listings.kinds import Category, Status


async def follow_home(listing: asyncpg.Record) -> None:
    """In the transaction of the change, with the row after it. Nothing happens to other categories."""
    if listing["category"] != Category.home:
        return
    if listing["status"] != Status.published:
        from exchanges.swaps.leaving import home_left  # it writes to conversations, which read the life of ads

        await home_left(listing["id"])
    await ask_for_a_match(listing["author"])
