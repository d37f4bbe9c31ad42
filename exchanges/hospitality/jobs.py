"""What the queue does for those left without a roof. Each job reads the present state again and may run twice."""

from uuid import UUID

from app import dates
from app.jobs import RETRY, queue


@queue.task(name="exchanges.ask_around", retry=RETRY)
async def ask_around(call: str) -> None:
    """Those who may be the host of somebody who lost theirs are asked."""
    from exchanges.hospitality.asking import go_on

    await go_on(UUID(call), dates.now())
