"""What follows when a home changes: whom it suits is looked for again, and what was proposed with it may end."""

from datetime import timedelta

import asyncpg

from app.refusals import TooOften
from app.throttle import throttle
from exchanges.matching.asking import ask_for_a_match
from listings.kinds import Category, Status

CHANGES_A_DAY = 20
"""Of one member's home, that are each followed by a search; beyond, the night looks."""


async def follow_home(listing: asyncpg.Record) -> None:
    """In the transaction of the change, with the row after it. Nothing happens to other categories."""
    if listing["category"] != Category.home:
        return
    if listing["status"] != Status.published:
        from exchanges.swaps.leaving import home_left  # it writes to conversations, which read the life of ads

        await home_left(listing["id"])
    try:
        await throttle("home.match", str(listing["author"]), limit=CHANGES_A_DAY, every=timedelta(days=1))
    except TooOften:
        return
    await ask_for_a_match(listing["author"])
