from uuid import UUID

from app.jobs import RETRY, queue


@queue.task(name="search.refresh", retry=RETRY)
async def refresh(listing: str) -> None:
    """Brings the index up to date for one ad; waits and tries again while the engine is away."""
    from search.engine import engine
    from search.keeping import bring_up_to_date

    await bring_up_to_date(engine(), UUID(listing))


@queue.task(name="search.rebuild_index")
async def rebuild_index() -> None:
    """Asked by `entraide reindex` when this process holds the index."""
    from search.rebuilding import rebuild_and_tell

    await rebuild_and_tell()
