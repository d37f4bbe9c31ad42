"""The days of a swap that everybody accepted, held for each of its members: as guests, and as hosts."""

from datetime import date
from uuid import UUID

from app import database

# Two stays of a member on the same days hold them once.
_SPANS = """
SELECT e.id AS exchanger, t.member, unnest(t.spans) AS span FROM (
    SELECT member, range_agg(daterange(first, last)) AS spans FROM (
        SELECT unnest(ARRAY[s.guest, s.host]) AS member, coalesce(d.first, s.first) AS first,
            coalesce(d.last, s.last) AS last
        FROM stay s JOIN swap w ON w.id = s.swap LEFT JOIN proposed_days d ON d.stay = s.id
        WHERE s.swap = $1 AND w.form <> 'week_room'
    ) those WHERE first IS NOT NULL GROUP BY member
) t JOIN exchanger e ON e.member = t.member
"""


async def already_held(swap: UUID) -> list[UUID]:
    """The members of a swap whom another one holds on days that are proposed for this one, or stand when none are.
    Exact in a transaction that holds the exchangers."""
    found = await database.rows(
        f"SELECT DISTINCT h.member FROM ({_SPANS}) h WHERE EXISTS (SELECT FROM engagement g"
        " WHERE g.exchanger = h.exchanger AND g.swap <> $1 AND daterange(g.first, g.last) && h.span) ORDER BY h.member",
        swap,
    )
    return [row["member"] for row in found]


async def is_held(member: UUID, first: date, last: date, *, but: UUID) -> bool:
    """Whether another swap than `but` holds this member on one of these days."""
    return await database.value(
        "SELECT EXISTS (SELECT FROM engagement g JOIN exchanger e ON e.id = g.exchanger WHERE e.member = $1"
        " AND g.swap <> $4 AND daterange(g.first, g.last) && daterange($2, $3))",
        member,
        first,
        last,
        but,
    )


async def hold_days(swap: UUID) -> None:
    """Inside a transaction that holds the exchangers and found nobody `already_held`: what the swap held before is
    free, its days as they are now are held."""
    await let_days_go(swap)
    await database.execute(
        "INSERT INTO engagement (swap, exchanger, first, last)"
        f" SELECT $1, h.exchanger, lower(h.span), upper(h.span) FROM ({_SPANS}) h ORDER BY h.exchanger",
        swap,
    )


async def let_days_go(swap: UUID) -> None:
    await database.execute("DELETE FROM engagement WHERE swap = $1", swap)
