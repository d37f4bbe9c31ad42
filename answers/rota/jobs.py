"""What the queue does for rotas. Each job reads the present state again and may run twice."""

from uuid import UUID

from app import dates
from app.jobs import RETRY, queue


@queue.task(name="answers.find_somebody", retry=RETRY)
async def find_somebody(release: str) -> None:
    """The next step for a day its helper cannot come."""
    from answers.rota.asking import look_for_somebody

    await look_for_somebody(UUID(release), dates.now())
