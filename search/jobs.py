from uuid import UUID

from app.jobs import RETRY, queue


@queue.task(name="search.keep_author", retry=RETRY)
async def follow_author(author: str) -> None:
    """What shows in all of a member's ads has changed."""
    from app.database import transaction
    from search.following.authors import keep_author

    async with transaction():
        await keep_author(UUID(author))


@queue.task(name="search.check", retry=RETRY)
async def check_index() -> None:
    """Compares the index with the database, and the database with the ads; what differs is mended."""
    from search.following.checking import check_here

    await check_here()
