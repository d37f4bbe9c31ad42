"""How long what was found for a member is kept, and searches that have nothing left to find."""

from app import database
from app.dates import today

FOUND = "90 days"
"""Longer than most ads live: one that changes after so long may be told again."""
OVER = "30 days"
"""After the last day a search asks for."""


async def forget_old_alerts() -> None:
    """May be run again at any time."""
    await database.execute(f"DELETE FROM search_alert WHERE found_at < now() - interval '{FOUND}'")
    await database.execute(
        f"""
        WITH over AS (DELETE FROM saved_search WHERE on_or_before + interval '{OVER}' < $1 RETURNING id)
        DELETE FROM notification WHERE thing IN (SELECT id FROM over)
        """,
        today(),
    )
