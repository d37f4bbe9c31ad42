"""How long what a member was told is kept."""

from app import database

ONCE_READ = "90 days"
NEVER_READ = "1 year"


async def forget_old_news() -> None:
    """May be run again at any time."""
    await database.execute(
        f"DELETE FROM notification WHERE read_at < now() - interval '{ONCE_READ}'"
        f" OR (read_at IS NULL AND last_at < now() - interval '{NEVER_READ}')"
    )
