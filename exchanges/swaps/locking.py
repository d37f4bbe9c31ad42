"""What is held before a swap is written, always in the same order (`exchanges.swaps.steps.hold` says which)."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from uuid import UUID

from app import database
from app.refusals import NotHere
from exchanges.calendar.exchanger import open_exchanger
from members.blocking import stay_unblocked


async def hold_homes(homes: Iterable[UUID]) -> bool:
    """Inside a transaction: none of these homes leaves the site until it ends; False when one has left already."""
    those = set(homes)
    found = await database.rows(
        "SELECT id FROM (SELECT id, status, expires_at FROM listing WHERE id = ANY($1::uuid[]) AND category = 'home'"
        " ORDER BY id FOR SHARE) home WHERE status = 'published' AND expires_at > clock_timestamp()",
        list(those),
    )
    return len(found) == len(those)


async def hold_pairs(members: Sequence[UUID]) -> bool:
    """Inside a transaction: no block comes between any two of them until it ends; False when one stands."""
    try:
        for one, other in combinations(sorted(members, key=str), 2):
            await stay_unblocked(one, other)
    except NotHere:
        return False
    return True


async def hold_exchangers(members: Iterable[UUID]) -> None:
    """Inside a transaction: nobody else counts what these members have open, or holds days for them, until it ends."""
    those = sorted(set(members))
    known = await database.rows("SELECT member FROM exchanger WHERE member = ANY($1::uuid[])", those)
    for member in those:
        if member not in {row["member"] for row in known}:
            await open_exchanger(member)
    await database.execute("SELECT FROM exchanger WHERE member = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE", those)
