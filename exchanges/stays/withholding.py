"""Taking back, for one exchange and at any time, what the others could read of a contact card."""

from app import database
from app.dates import now
from exchanges.stays.access import ConfirmedSwap
from exchanges.stays.kinds import Part


async def withhold(swap: ConfirmedSwap, part: Part) -> None:
    """From now on the others of this swap no longer read it. A second time changes nothing."""
    await database.execute(
        "INSERT INTO contact_withheld (swap, member, part, since) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        swap.id,
        swap.me,
        part.value,
        now(),
    )


async def share_again(swap: ConfirmedSwap, part: Part) -> None:
    await database.execute(
        "DELETE FROM contact_withheld WHERE swap = $1 AND member = $2 AND part = $3", swap.id, swap.me, part.value
    )
