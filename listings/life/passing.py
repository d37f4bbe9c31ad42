"""What time does to ads."""

from app.sweeping import Sweep
from listings.life.erasing import erase_old_ads
from listings.life.expiring import close_left_drafts, expire_ads
from listings.life.reminding import remind_authors


async def let_time_pass() -> None:
    """Ends, reminds, erases: each marks what it has done in the row itself, so that any of it can run again. Raises
    SweepIncomplete once all that could be done is done."""
    async with Sweep("let_time_pass") as sweep:
        for part in (expire_ads, close_left_drafts, remind_authors, erase_old_ads):
            await sweep.take(part.__name__, part())
