"""What follows a change: the member who asked is looked at again, what is found through them is proposed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np

from app import database
from app.database import transaction
from app.sweeping import Sweep
from exchanges.matching import keeping, reading
from exchanges.matching.alone import be_alone
from exchanges.matching.around import perhaps_guests, perhaps_hosts
from exchanges.matching.cycles import Arcs, loops, pairs, together
from exchanges.matching.entrants import Entrants, Ints
from exchanges.matching.fit import calendar, judge, lowered, may_exchange, may_host
from exchanges.matching.graph import kept_of
from exchanges.matching.offering import Offer, offer
from exchanges.matching.putting import of_exchange, of_hosting
from exchanges.matching.weighing import hardness, weigh

ATTEMPTS = 5
"""Exchanges tried, the best first, before it is left to the night."""
_NEAR = """
WITH hosts AS MATERIALIZED (SELECT host FROM match_fit WHERE guest = $1),
    guests AS MATERIALIZED (SELECT guest FROM match_fit WHERE host = $1)
SELECT guest, host, score, same FROM match_fit WHERE guest = $1
UNION SELECT guest, host, score, same FROM match_fit WHERE host = $1
UNION SELECT guest, host, score, same FROM match_fit WHERE guest IN (SELECT host FROM hosts)
UNION SELECT guest, host, score, same FROM match_fit WHERE host IN (SELECT guest FROM guests)
"""
"""Whose homes fit, whom those would go to, and the same backwards: enough for every loop of four."""


async def match_those_who_asked() -> None:
    """One after the other, each in a transaction of its own: who asked is looked at, or is still asking and keeps
    nobody else from their turn. Raises SweepIncomplete."""
    next_one = "SELECT member FROM match_asked WHERE member <> ALL($1::uuid[]) ORDER BY id LIMIT 1"
    async with Sweep("match_those_who_asked") as sweep:
        while member := await database.value(next_one, sweep.failed):
            await sweep.take(member, _look_at_who_asked(member))


async def _look_at_who_asked(member: UUID) -> None:
    async with transaction():
        await be_alone()
        if await database.value("DELETE FROM match_asked WHERE member = $1 RETURNING member", member):
            await look_again_at(member)


async def look_again_at(member: UUID) -> UUID | None:
    """In a transaction: keeps who fits this member now, and proposes the best exchange through them of those who are
    free. The swap, if there is one."""
    for what in await offers_of(member):
        if swap := await offer(what):
            return swap
    return None


async def offers_of(member: UUID) -> list[Offer]:
    """In a transaction: keeps who fits this member now; what may be proposed, the best first."""
    known_at = await database.value("SELECT clock_timestamp()")
    found = await reading.refresh([member])
    if not found:
        await _forget(member)
        return []
    await _keep_fits(found[0])
    return await _offers(found[0], known_at)


async def _forget(member: UUID) -> None:
    exchanger = await database.value("SELECT id FROM exchanger WHERE member = $1", member)
    if exchanger is not None:
        await keeping.forget(exchanger)


async def _keep_fits(exchanger: int) -> None:
    hosts, guests = await perhaps_hosts(exchanger), await perhaps_guests(exchanger)
    e = await reading.entrants({exchanger, *hosts, *guests})
    me = int(np.searchsorted(e.ids, exchanger))
    hosts_at, guests_at = (np.searchsorted(e.ids, np.array(ids, np.int64)) for ids in (hosts, guests))
    guest = np.concatenate([np.full(len(hosts), me), guests_at])
    host = np.concatenate([hosts_at, np.full(len(guests), me)])
    fits = judge(e, calendar(e), guest, host)
    able = fits.fits & ~np.isin(_keys(e, guest, host), await _apart(e, exchanger))
    exchange = able & may_exchange(e, guest, host, fits.same)
    await database.execute(
        "UPDATE match_entrant SET wanted_by = $2, wants = $3 WHERE exchanger = $1",
        exchanger,
        int((exchange & (host == me)).sum()),
        int((exchange & (guest == me)).sum()),
    )
    useful = np.flatnonzero(exchange | (able & may_host(e, guest, host)))
    kept = useful[kept_of(e, me, guest[useful], host[useful])]
    guest, host, same = guest[kept], host[kept], fits.same[kept]
    score = lowered(e, guest, host, fits.score[kept], await reading.dislikes(e))
    await keeping.keep_one(exchanger, e.ids[guest], e.ids[host], score, same)


async def _offers(exchanger: int, known_at: datetime) -> list[Offer]:
    """The best few exchanges through this exchanger among those who are free; for who has no home, stays one way."""
    near = await database.rows(_NEAR, exchanger)
    e = await reading.entrants({exchanger, *(row["guest"] for row in near), *(row["host"] for row in near)})
    free, me = await reading.free(e.ids), int(np.searchsorted(e.ids, exchanger))
    if not free[me]:
        return []
    weeks, people = calendar(e), await reading.people(e.ids)
    arcs = _arcs(e, near)
    arcs = arcs.of(np.flatnonzero(free[arcs.guest] & free[arcs.host]))
    if not e.has_home[me]:
        hosts = arcs.of(np.flatnonzero((arcs.guest == me) & may_host(e, arcs.guest, arcs.host)))
        best = hosts.host[np.argsort(-hosts.score, kind="stable")[:ATTEMPTS]].tolist()
        return [of_hosting(e, weeks, people, me, host, known_at=known_at) for host in best]
    apart = await _apart(e, exchanger)

    def reaches(guest: Ints, host: Ints) -> Ints:
        return free[guest] & ~np.isin(_keys(e, guest, host), apart)

    arcs = arcs.of(np.flatnonzero(may_exchange(e, arcs.guest, arcs.host, arcs.same)))
    own = arcs.of(np.flatnonzero((arcs.guest == me) | (arcs.host == me)))
    found = together(
        [pairs(e, weeks, own), *(loops(e, weeks, arcs, size, reaches=reaches, through=me) for size in (3, 4))]
    )
    each = weigh(e, hardness(*await reading.degrees(e.ids)), found) / found.size
    found = found.of(np.argsort(-each, kind="stable")[:ATTEMPTS])
    return [
        of_exchange(e, weeks, people, [row for row in line if row >= 0], same=same, known_at=known_at)
        for line, same in zip(found.members.tolist(), found.same.tolist(), strict=True)
    ]


def _arcs(e: Entrants, rows: Sequence[Any]) -> Arcs:
    """Those whose both ends may still be matched, sorted."""
    ends = np.array([(row["guest"], row["host"]) for row in rows], np.int64).reshape(-1, 2)
    there = np.isin(ends, e.ids).all(axis=1)
    guest, host = np.searchsorted(e.ids, ends[there]).T
    same = np.array([row["same"] for row in rows], np.bool_)[there]
    arcs = Arcs(guest, host, same, np.array([row["score"] for row in rows], np.int16)[there])
    return arcs.of(np.lexsort((arcs.host, arcs.guest)))


async def _apart(e: Entrants, exchanger: int) -> Ints:
    """The keys of those whom something keeps from this exchanger, or this exchanger from them."""
    found = np.array(await reading.away_from_each_other([exchanger]), np.int64).reshape(-1, 2)
    found = found[np.isin(found, e.ids).all(axis=1)]
    return _keys(e, np.searchsorted(e.ids, found[:, 0]), np.searchsorted(e.ids, found[:, 1]))


def _keys(e: Entrants, guest: Ints, host: Ints) -> Ints:
    return np.asarray(guest, np.int64) * len(e) + host
