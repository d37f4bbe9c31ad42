"""Keeping the index true to the rows: one job per change, which reads the row again."""

from uuid import UUID

from app.jobs import defer
from search.contract import Engine
from search.documents import documents_of
from search.jobs import refresh


async def keep_indexed(listing: UUID) -> None:
    """To be called in the transaction of any change that makes an ad appear, change or disappear."""
    await defer(refresh, lock=f"index:{listing}", listing=listing)


async def bring_up_to_date(engine: Engine, listing: UUID) -> None:
    """Put what may be found now, remove what may not; running it again changes nothing."""
    documents = await documents_of([listing])
    if documents:
        await engine.put(documents)
    else:
        await engine.remove([str(listing)])
