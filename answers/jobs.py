"""What the queue does for answers. Each job reads the present state again and may run twice."""

from uuid import UUID

from app.jobs import RETRY, queue


@queue.task(name="answers.tell", retry=RETRY)
async def send_courtesy(courtesy: str) -> None:
    """Brings a word to everyone it has not reached yet."""
    from answers.settling import bring

    await bring(UUID(courtesy))


@queue.task(name="answers.ask_next", retry=RETRY)
async def stop_waiting(listing: str) -> None:
    """Who was offered a place and said nothing in time: the next on the list is asked."""
    from answers.asking import stop_waiting_for

    await stop_waiting_for(UUID(listing))


@queue.task(name="answers.part", retry=RETRY)
async def part(by: str, other: str) -> None:
    """One of two people blocked the other: nobody counts on anybody any more."""
    from answers.parting import part_for_good

    await part_for_good(UUID(by), UUID(other))
