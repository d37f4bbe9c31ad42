from uuid import UUID

from app.jobs import RETRY, queue


@queue.task(name="search.refresh", retry=RETRY)
async def refresh(listing: str) -> None:
    """Brings the index up to date for one ad; waits and tries again while the engine is away."""
    from search.engine import engine
    from search.keeping import bring_up_to_date

    await bring_up_to_date(engine(), UUID(listing))
