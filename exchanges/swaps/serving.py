"""Whether a member's wait for an exchange is over: their next one is weighed by it."""

from collections.abc import Sequence
from uuid import UUID

from app import database
from exchanges.swaps.engaging import let_days_go
from exchanges.swaps.locking import hold_exchangers


async def served(members: Sequence[UUID]) -> None:
    """Inside the transaction that confirmed an exchange and holds the exchangers."""
    await database.execute("UPDATE exchanger SET served_at = clock_timestamp() WHERE member = ANY($1::uuid[])", members)


async def not_served_after_all(members: Sequence[UUID]) -> None:
    """Inside the transaction that dissolved it: they have waited all along, but for those whom another one serves."""
    await hold_exchangers(members)
    await database.execute(
        "UPDATE exchanger e SET served_at = (SELECT max(s.confirmed_at) FROM swap s JOIN swap_party p ON p.swap = s.id"
        " WHERE p.member = e.member AND s.state IN ('confirmed', 'done')) WHERE e.member = ANY($1::uuid[])",
        members,
    )


async def wait_anew(swap: UUID) -> None:
    """Inside the transaction in which it was done: who was served waits from now on; past days are held no longer."""
    found = await database.rows("SELECT member FROM swap_party WHERE swap = $1", swap)
    members = [row["member"] for row in found]
    await hold_exchangers(members)
    await let_days_go(swap)
    await database.execute(
        "UPDATE exchanger SET waits_since = clock_timestamp() WHERE member = ANY($1::uuid[])", members
    )
