"""What the queue does for exchanges. Each job reads the present state again and may run twice."""

from uuid import UUID

from app.jobs import RETRY, queue


@queue.task(name="exchanges.end_taken", retry=RETRY)
async def end_what_is_taken(swap: str) -> None:
    """Days are held now: what was proposed to the same people on the same days will not take place."""
    from exchanges.swaps.passing import end_taken_by

    await end_taken_by(UUID(swap))


@queue.task(name="exchanges.part", retry=RETRY)
async def part_exchanges(by: str, other: str) -> None:
    """One of two members blocked the other: their exchanges end."""
    from exchanges.swaps.leaving import blocked

    await blocked(UUID(by), UUID(other))
