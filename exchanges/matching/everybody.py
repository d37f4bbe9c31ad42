"""The search for everybody, every night: who fits whom is computed again, and what serves most is proposed.

It may stop anywhere: each proposal is a transaction of its own, and the next search begins from what stands. Who asked
to be looked at before it began is forgotten when it has ended, not sooner.
"""

from datetime import datetime
from uuid import UUID

import numpy as np

from app import database
from app.database import transaction
from app.sweeping import Sweep
from exchanges.matching import reading
from exchanges.matching.alone import be_alone
from exchanges.matching.apart import Answer, searched
from exchanges.matching.entrants import Entrants, Ints
from exchanges.matching.fit import calendar
from exchanges.matching.keeping import keep_all
from exchanges.matching.offering import offer
from exchanges.matching.putting import of_exchange, of_hosting

_ONE_A_DAY = """
DELETE FROM match_run WHERE began_at::date = $1::timestamptz::date OR began_at < $1::timestamptz - interval '400 days'
"""
_NOTE = """
INSERT INTO match_run (began_at, ended_at, households, fits, pairs, loops_of_three, loops_of_four, hosted, served,
    bound, exact, proposed)
VALUES ($1, clock_timestamp(), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id
"""


async def match_everybody() -> int:
    """The number of the run in `match_run`. Raises SweepIncomplete when some of what was found could not be proposed,
    after all the rest was."""
    began = await database.value("SELECT clock_timestamp()")
    async with transaction():
        await be_alone()
        asked = [row["id"] for row in await database.rows("SELECT id FROM match_asked")]
        await reading.refresh()
    e = await reading.entrants()
    apart = rows_of(e, await reading.away_from_each_other())
    found = await searched(e, await reading.free(e.ids), apart, await reading.dislikes(e))
    await keep_all(e, found)
    async with Sweep("match_everybody") as sweep:
        proposed = await _propose(e, found, began, sweep)
        await database.execute("DELETE FROM match_asked WHERE id = ANY($1::bigint[])", asked)
        return await _note(e, found, began, proposed)


async def _propose(e: Entrants, found: Answer, known_at: datetime, sweep: Sweep) -> int:
    """How many were proposed of what was found: who changed something meanwhile is left to the search that follows."""
    weeks, people = calendar(e), await reading.people(e.ids)
    swaps: list[UUID | None] = []

    async def one(members: list[int], same: bool) -> None:
        swaps.append(await offer(of_exchange(e, weeks, people, members, same=same, known_at=known_at)))

    async def one_way(guest: int, host: int) -> None:
        swaps.append(await offer(of_hosting(e, weeks, people, guest, host, known_at=known_at)))

    for line, same in zip(found.members.tolist(), found.same_weeks.tolist(), strict=True):
        members = [row for row in line if row >= 0]
        await sweep.take(e.ids[members].tolist(), one(members, same))
    for guest, host in found.hosted.tolist():
        await sweep.take(e.ids[[guest, host]].tolist(), one_way(guest, host))
    return sum(swap is not None for swap in swaps)


async def _note(e: Entrants, found: Answer, began: datetime, proposed: int) -> int:
    sizes = (found.members >= 0).sum(axis=1)
    households = int(e.has_home.sum())
    async with transaction():
        await database.execute(_ONE_A_DAY, began)
        return await database.value(
            _NOTE,
            began,
            households,
            len(found.guest),
            *(int((sizes == size).sum()) for size in (2, 3, 4)),
            len(found.hosted),
            int(sizes.sum()),
            min(int(found.bound), households),
            bool(found.exact),
            proposed,
        )


def rows_of(e: Entrants, apart: list[tuple[int, int]]) -> Ints:
    """Exchangers as rows; who may not be matched anyway is left out."""
    ids = np.array(apart, np.int64).reshape(-1, 2)
    known = np.isin(ids, e.ids).all(axis=1)
    return np.searchsorted(e.ids, ids[known])
