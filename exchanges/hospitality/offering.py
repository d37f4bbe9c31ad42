"""What a yes becomes: an exchange, one way, proposed to the guest like any other."""

from uuid import UUID

import asyncpg

from app import database
from exchanges.kinds import Form
from exchanges.swaps.answering import accept
from exchanges.swaps.proposing import Place, PlannedStay, propose
from members.visibility import not_blocked

SCORE = 80
"""Near, on the same days, with what the guest needs: all but another place of their choice."""


async def offer_next(call: asyncpg.Record) -> bool:
    """Inside the transaction that holds the call: proposes the earliest yes of which nothing came yet, if one can be.

    It may be days old: this host is asked once more, like the guest.
    """
    for yes in await _live_yeses(call):
        if await _offer(call, yes):
            return True
    return False


async def offer_at_once(call: asyncpg.Record, host: UUID) -> None:
    """The same for who has just said yes: they are not asked again. Without effect when one of the two is not free at
    present: the yes waits."""
    yes = next((one for one in await _live_yeses(call) if one["host"] == host), None)
    if yes and (swap := await _offer(call, yes)):
        await accept(swap, host)


async def _live_yeses(call: asyncpg.Record) -> list[asyncpg.Record]:
    """Those nothing came of yet, the earliest first, after those of whom a block keeps the guest became moot."""
    await database.execute(_MOOT, call["id"], call["guest"])
    return await database.rows(_YES, call["id"])


async def _offer(call: asyncpg.Record, yes: asyncpg.Record) -> UUID | None:
    host, guest = Place(yes["host"], yes["home"]), Place(call["guest"], None)
    stay = PlannedStay(guest=call["guest"], host=yes["host"], home=yes["home"], first=call["first"], last=call["last"])
    # A guest who had all they wished for may have paused the search since; the roof they lost is no new wish.
    swap = await propose(Form.hospitality, [host, guest], [stay], score=SCORE, paused_too=call["guest"])
    if swap:
        await database.execute("UPDATE hospitality_asked SET swap = $2 WHERE id = $1", yes["id"], swap)
    return swap


_YES = """
SELECT a.id, a.host, a.home FROM hospitality_asked a JOIN listing l ON l.id = a.home
WHERE a.call = $1 AND a.said = 'yes' AND a.swap IS NULL AND l.status = 'published'
ORDER BY a.said_at, a.id
"""
_MOOT = f"""
UPDATE hospitality_asked a SET said = 'moot' WHERE a.call = $1 AND a.said = 'yes' AND a.swap IS NULL
    AND NOT {not_blocked("a.host", "$2::uuid")}
"""
