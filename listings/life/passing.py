"""What time does to ads."""

from listings.life.erasing import erase_old_ads
from listings.life.expiring import close_left_drafts, expire_ads
from listings.life.reminding import remind_authors


async def let_time_pass() -> None:
    """Ends, reminds, erases: each marks what it has done in the row itself, so that any of it can run again."""
    await expire_ads()
    await close_left_drafts()
    await remind_authors()
    await erase_old_ads()
