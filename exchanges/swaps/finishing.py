"""The last day of an exchange has passed."""

from uuid import UUID

from app import database
from app.database import transaction
from app.dates import today
from exchanges.kinds import State
from exchanges.swaps.serving import wait_anew
from exchanges.swaps.steps import Step, hold, move
from moderation import audit


async def finish(swap: UUID) -> bool:
    """confirmed → done once its last day has passed; False when it has not, or was done already. In the caller's
    transaction or its own."""
    async with transaction():
        row = await hold(swap)
        if row is None or row["state"] != State.confirmed:
            return False
        last = await database.value("SELECT max(last) FROM stay WHERE swap = $1", swap)
        if last is None or last >= today():
            return False
        await move(swap, Step.finish)
        await wait_anew(swap)
        await audit.record("swap.done", by=None, kind="swap", subject=swap)
    return True
