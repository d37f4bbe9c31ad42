"""What a yes becomes: an exchange proposed to the guest, to which the host has said yes already."""

from uuid import UUID

import asyncpg

from app import database
from exchanges.kinds import Form
from exchanges.swaps.proposing import Place, PlannedStay, propose
from members.visibility import not_blocked

SCORE = 80
"""Near, on the same days, with what the guest needs: only the wish for another region is not met."""


async def offer_next(call: asyncpg.Record) -> bool:
    """Inside the transaction that holds the call: the earliest yes that nothing came of yet is proposed, if one can be."""
    for yes in await database.rows(_YES, call["id"], call["guest"]):
        if await _offer(call, yes):
            return True
    return False


async def _offer(call: asyncpg.Record, yes: asyncpg.Record) -> UUID | None:
    """None when one of the two is not free at present."""
    host, guest = Place(yes["host"], yes["home"]), Place(call["guest"], None)
    stay = PlannedStay(guest=call["guest"], host=yes["host"], home=yes["home"], first=call["first"], last=call["last"])
    swap = await propose(Form.hospitality, [host, guest], [stay], score=SCORE)
    if swap:
        await database.execute("UPDATE hospitality_asked SET swap = $2 WHERE id = $1", yes["id"], swap)
    return swap


_YES = f"""
SELECT a.id, a.host, a.home FROM hospitality_asked a JOIN listing l ON l.id = a.home
WHERE a.call = $1 AND a.said = 'yes' AND a.swap IS NULL AND l.status = 'published'
    AND {not_blocked("a.host", "$2::uuid")}
ORDER BY a.said_at, a.id
"""
