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
    await forget_searches(f"on_or_before + interval '{OVER}' < $1", today())


async def forget_searches(which: str, *given: object) -> int:
    """Those of a condition on saved_search, with the lines that would lead to them; how many they were."""
    return await database.value(
        f"""
        WITH gone AS (DELETE FROM saved_search WHERE {which} RETURNING id, member),
        untold AS (DELETE FROM notification n USING gone WHERE n.thing = gone.id AND n.member = gone.member)
        SELECT count(*)::int FROM gone
        """,
        *given,
    )
