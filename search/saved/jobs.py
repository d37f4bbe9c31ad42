"""What the queue does for saved searches. Each job reads the present state again and may run twice."""

from datetime import datetime
from uuid import UUID

from app.jobs import RETRY, queue


@queue.task(name="search.match", retry=RETRY)
async def match_searches(listing: str, away_since: str) -> None:
    """Finds who asked for an ad that appeared or changed, and tells those who want to hear of it at once."""
    from search.saved.matching import match
    from search.saved.telling import tell_all_due

    if await match(UUID(listing), datetime.fromisoformat(away_since) if away_since else None):
        await tell_all_due()


@queue.task(name="search.derive", retry=RETRY)
async def derive_searches() -> None:
    """Brings what every search is compared by up to the words of the site."""
    from search.saved.deriving import derive_outdated

    await derive_outdated()
