"""Who fits whom among everybody, without looking at every two of them one by one.

Each rule of exchanges.matching.fit is a set of rows, one bit for each: the homes that sleep five, those free for two
weeks from a given Saturday, those a guest's wishes cover. The homes that fit one guest are an `&` of a few such sets,
6 KB each for 50,000 members. Of very many fits a share is kept: those that fit both ways, of use in a pair, and a few
of each direction, drawn by lot but always the same way, so that not everybody keeps the same homes.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from exchanges.kinds import Scope, Way
from exchanges.matching.cycles import Arcs
from exchanges.matching.entrants import SCOPES, SETTING_BIT, Entrants, Ints
from exchanges.matching.fit import Calendar, is_near, judge
from exchanges.matching.ring import LONGEST, WEEKS, Weeks, starts, unpacked

KEPT = 14
"""Of each member: fits both ways, homes they may stay in, and guests of theirs. A fit is kept when either keeps it."""
AT_ONCE = 256
Bits = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Graph:
    """`wanted_by` and `wants` count all fits that are of use in an exchange, by row, those not kept too; `covered` are
    the wishes of each row, a bit for each `group` of homes."""

    arcs: Arcs
    wanted_by: Ints
    wants: Ints
    covered: Bits
    group: Ints
    apart: Ints

    def without(self, apart: Ints) -> "Graph":
        """`apart` are lines of a guest and a host: they never fit, whatever both say."""
        keys = np.unique(self._keys(apart[:, 0], apart[:, 1]))
        kept = np.flatnonzero(~np.isin(self._keys(self.arcs.guest, self.arcs.host), keys))
        return replace(self, arcs=self.arcs.of(kept), apart=keys)

    def reaches(self, guest: Ints, host: Ints) -> NDArray[np.bool_]:
        """Whether the guest's wishes cover the home: also of those whose fit was not kept."""
        group = self.group[host]
        apart = np.isin(self._keys(guest, host), self.apart)
        return ~apart & ((self.covered[guest, group >> 3] >> (group & 7).astype(np.uint8) & 1) != 0)

    def _keys(self, guest: Ints, host: Ints) -> Ints:
        return guest.astype(np.int64) * len(self.group) + host


def build(e: Entrants, weeks: Calendar, *, kept: int = KEPT) -> Graph:
    """The fits of everybody, sorted by guest and host; of each member at least `kept` of each sort, if there are."""
    sets = _Sets(e, weeks)
    degrees = np.zeros((2, len(e)), np.int32)
    pairs, single = [], []
    for row in range(len(e)):
        to, of = sets.hosts(row), sets.guests(row)
        both = to.exchange & of.exchange & sets.both_ways(row)
        degrees[:, row] = _count(of.exchange), _count(to.exchange)
        partner = _drawn(e, row, _rows(both), kept)
        pairs.append((np.full(len(partner), row, np.int32), partner))
        goes = _drawn(e, row, _rows((to.exchange | to.hospitality) & ~both), kept)
        comes = _drawn(e, row, _rows((of.exchange | of.hospitality) & ~both), kept)
        single.append((np.full(len(goes), row, np.int32), goes))
        single.append((comes, np.full(len(comes), row, np.int32)))
    pairs += [(there, here) for here, there in pairs]
    return Graph(
        _arcs(e, weeks, pairs + single), degrees[0], degrees[1], sets.covered, sets.group, np.empty(0, np.int64)
    )


def _arcs(e: Entrants, weeks: Calendar, parts: list[tuple[Ints, Ints]]) -> Arcs:
    if not parts:
        nobody = np.empty(0, np.int32)
        return Arcs(nobody, nobody, nobody.astype(np.bool_), nobody)
    guest = np.concatenate([part[0] for part in parts]).astype(np.int64)
    host = np.concatenate([part[1] for part in parts])
    keys = np.unique(guest * len(e) + host)
    guest, host = (keys // len(e)).astype(np.int32), (keys % len(e)).astype(np.int32)
    found = [
        judge(e, weeks, guest[at : at + 2**18], host[at : at + 2**18]) for at in range(0, max(len(keys), 1), 2**18)
    ]
    same, score = np.concatenate([part.same for part in found]), np.concatenate([part.score for part in found])
    return Arcs(guest, host, same, score).of(np.flatnonzero(np.concatenate([part.fits for part in found])))


@dataclass(frozen=True, slots=True)
class _Row:
    exchange: Bits
    hospitality: Bits


class _Sets:
    """Sets of rows, packed. Rows are grouped by where the home is and what is around: a wish covers a group or none."""

    def __init__(self, e: Entrants, weeks: Calendar) -> None:
        self.e = e
        self.group, self.of_group = _groups(e)
        self.covered, self.wanting = self._wishes()
        self.party = _by_value(e.party, lambda party, most: party <= most)
        self.sleeps = _by_value(np.where(e.has_home, e.sleeps, -1), lambda sleeps, least: sleeps >= least)
        self.allows = [_packed((e.allows & need) == need) for need in range(8)]
        self.needs = [_packed((e.needs & (7 - able)) == 0) for able in range(8)]
        self.homes = _packed(e.has_home)
        self.others = _packed(e.has_way(Way.other_weeks))
        self.hosting, self.hosted = _packed(e.has_way(Way.hosting)), _packed(e.has_way(Way.hosted))
        self.nobody = np.zeros_like(self.homes)
        self.away, self.free = _Runs(e, weeks.wide_away), _Runs(e, weeks.wide_free)
        self.both = _Runs(e, weeks.wide_both)
        self.same = self.both.meets(self.both)
        self.goes, self.comes = self.away.meets(self.free), self.free.meets(self.away)
        self.has_others, self.is_home = e.has_way(Way.other_weeks), e.has_home
        self.is_hosted, self.is_hosting = e.has_way(Way.hosted), e.has_way(Way.hosting)

    def hosts(self, row: int) -> _Row:
        """Whose homes fit this guest, for an exchange and one way."""
        e = self.e
        there = _unpacked(self.covered[row], len(self.of_group) + 1)[self.group]
        able = _packed(there) & self.sleeps[min(int(e.party[row]), len(self.sleeps) - 1)] & self.allows[e.needs[row]]
        return self._useful(row, able, self.goes(row), self.is_hosted[row], self.hosting)

    def guests(self, row: int) -> _Row:
        """Who fits this home."""
        e = self.e
        if not self.is_home[row]:
            return _Row(self.nobody, self.nobody)
        able = self.wanting[self.group[row]] & self.party[min(int(e.sleeps[row]), len(self.party) - 1)]
        able &= self.needs[e.allows[row] & 7]
        return self._useful(row, able, self.comes(row), self.is_hosting[row], self.hosted)

    def both_ways(self, row: int) -> Bits:
        """With whom the weeks are good for a pair."""
        on_others = self.goes(row) & self.comes(row) & self.others if self.has_others[row] else self.nobody
        return self.same(row) | on_others

    def _useful(self, row: int, able: Bits, met: Bits, one_way: bool, ways: Bits) -> _Row:
        able[row >> 3] &= ~np.uint8(1 << (row & 7))
        met = able & met
        exchange = self.nobody
        if self.is_home[row]:
            exchange = able & self.same(row)
            if self.has_others[row]:
                exchange |= met & self.others
            exchange &= self.homes
        return _Row(exchange, met & ways if one_way else self.nobody)

    def _wishes(self) -> tuple[Bits, Bits]:
        """Which groups the wishes of each row cover, and which rows want each group."""
        e, of_group = self.e, self.of_group
        groups = len(of_group)
        covered = np.zeros((len(e), (groups + 8) // 8), np.uint8)
        wanting = np.zeros((groups + 1, (len(e) + 7) // 8), np.uint8)
        tables = _Tables(e, of_group)
        for at in range(0, len(e), AT_ONCE):
            rows = slice(at, min(at + AT_ONCE, len(e)))
            count = np.diff(e.wishes_from[at : rows.stop + 1])
            some = np.flatnonzero(count)
            if len(some):
                met = np.packbits(
                    tables.covers(slice(e.wishes_from[at], e.wishes_from[rows.stop])), axis=1, bitorder="little"
                )
                begin = e.wishes_from[at : rows.stop][some] - e.wishes_from[at]
                covered[at + some, : met.shape[1]] = np.bitwise_or.reduceat(met, begin, axis=0)
            here = np.unpackbits(covered[rows], axis=1, count=groups, bitorder="little")
            turned = np.packbits(np.ascontiguousarray(here.T), axis=1, bitorder="little")
            wanting[:groups, at // 8 : at // 8 + turned.shape[1]] = turned
        return covered, wanting


class _Tables:
    """For each scope, the groups it covers: one line for each department, region and setting."""

    def __init__(self, e: Entrants, of_group: Ints) -> None:
        self.e, self.at = e, e.at[of_group]
        department, region = e.department[of_group], e.region[of_group]
        self.departments = np.arange(department.max(initial=0) + 2)[:, None] == department
        self.regions = np.arange(region.max(initial=0) + 2)[:, None] == region
        self.overseas = e.overseas[of_group]
        bits = [0, *SETTING_BIT.values()]
        self.settings = np.array([(e.settings[of_group] & bit) == bit for bit in bits])
        self.setting_of = {bit: line for line, bit in enumerate(bits)}

    def covers(self, wishes: slice) -> NDArray[np.bool_]:
        """A line for each wish, a column for each group."""
        e = self.e
        scope, area = e.wish_scope[wishes], e.wish_area[wishes]
        met = np.zeros((len(scope), len(self.at)), np.bool_)
        met[scope == SCOPES.index(Scope.anywhere)] = True
        met[scope == SCOPES.index(Scope.overseas)] = self.overseas
        for kind, table in ((Scope.department, self.departments), (Scope.region, self.regions)):
            rows = np.flatnonzero(scope == SCOPES.index(kind))
            met[rows] = table[np.minimum(area[rows], len(table) - 1)]
        around = np.flatnonzero(scope == SCOPES.index(Scope.commune))
        centres, reach = e.wish_at[wishes][around], e.wish_reach[wishes][around]
        south = np.searchsorted(self.at[:, 2], centres[:, 2] - np.sqrt(reach) - 1e-9)
        north = np.searchsorted(self.at[:, 2], centres[:, 2] + np.sqrt(reach) + 1e-9)
        for row, centre, far, low, high in zip(around, centres, reach, south, north, strict=True):
            met[row, low:high] = is_near(self.at[low:high], centre, far)
        narrowed = np.flatnonzero(e.wish_setting[wishes])
        met[narrowed] &= self.settings[[self.setting_of[int(bit)] for bit in e.wish_setting[wishes][narrowed]]]
        return met


class _Runs:
    """From which weeks the runs of each row begin, and the rows whose runs begin in each: `least` first for each week
    and each length the rows that ask for no more, then those that ask for exactly that."""

    def __init__(self, e: Entrants, bits: Weeks) -> None:
        lengths = np.arange(1, LONGEST + 1)
        begins = [unpacked(starts(bits, np.full(len(e), length))) for length in lengths]
        self.sets = np.zeros((2 * LONGEST * WEEKS + 1, (len(e) + 7) // 8), np.uint8)
        lines: list[tuple[Ints, Ints]] = []
        for place, (length, begin) in enumerate(zip(lengths, begins, strict=True)):
            no_more, exactly = (e.least <= length) & (e.most >= length), e.least == length
            for kind, those in ((0, no_more), (1, exactly)):
                at = (2 * place + kind) * WEEKS
                self.sets[at : at + WEEKS] = np.packbits((begin & those[:, None]).T, axis=1, bitorder="little")
            for kind, those in ((0, exactly), (1, (e.least < length) & no_more)):
                row, week = np.nonzero(begin & those[:, None])
                lines.append((row, (2 * place + kind) * WEEKS + week))
        row = np.concatenate([line[0] for line in lines])
        order = np.argsort(row, kind="stable")
        self.lines = np.concatenate([line[1] for line in lines])[order]
        self.begin = np.searchsorted(row[order], np.arange(len(e) + 1))

    def meets(self, other: "_Runs") -> "_Meeting":
        """For a row of this, the rows of the other with a run in common that is long enough for both."""
        return _Meeting(self.lines, self.begin, other.sets)


class _Meeting:
    def __init__(self, lines: Ints, begin: Ints, sets: Bits) -> None:
        self.lines, self.begin, self.sets = lines, begin, sets
        self._last: tuple[int, Bits] = (-1, sets[-1])

    def __call__(self, row: int) -> Bits:
        if self._last[0] != row:
            lines = self.lines[self.begin[row] : self.begin[row + 1]]
            self._last = row, np.bitwise_or.reduce(self.sets[lines], axis=0)
        return self._last[1]


def _groups(e: Entrants) -> tuple[Ints, Ints]:
    """The group of each row, and one row of each, from south to north. Rows without a home are beyond the last."""
    homes = np.flatnonzero(e.has_home)
    where = np.column_stack([np.round(e.at[homes, ::-1] * 1e7), e.settings[homes]]).astype(np.int64)
    _, first, group = np.unique(where, axis=0, return_index=True, return_inverse=True)
    groups = np.full(len(e), len(first), np.int64)
    groups[homes] = group.reshape(-1)
    return groups, homes[first]


def kept_of(e: Entrants, row: int, guest: Ints, host: Ints, most: int = KEPT) -> Ints:
    """Which of the fits of one row, as guest or host, are kept: as for everybody."""
    hosts, guests = host[guest == row], guest[host == row]
    both = np.intersect1d(hosts, guests)
    partner = _drawn(e, row, both, most)
    goes = np.concatenate([partner, _drawn(e, row, np.setdiff1d(hosts, both), most)])
    comes = np.concatenate([partner, _drawn(e, row, np.setdiff1d(guests, both), most)])
    return np.flatnonzero(((guest == row) & np.isin(host, goes)) | ((host == row) & np.isin(guest, comes)))


def _rows(those: Bits) -> Ints:
    octets = np.flatnonzero(those)
    octet, place = np.nonzero(np.unpackbits(those[octets][:, None], axis=1, bitorder="little"))
    return (octets[octet] * 8 + place).astype(np.int32)


def _drawn(e: Entrants, row: int, rows: Ints, most: int) -> Ints:
    """At most so many of these rows: by a lot that is the same for both, other regions before one's own."""
    if len(rows) <= most:
        return rows
    lot = (e.ids[rows] ^ e.ids[row]) * 0x9E3779B1 + (e.ids[rows] + e.ids[row]) * 0x85EBCA6B
    lot = (lot & 0xFFFFFFFF) + 0x40000000 * (e.region[rows] == e.region[row])
    return rows[np.argpartition(lot, most)[:most]]


def _by_value(column: Ints, holds) -> list[Bits]:  # type: ignore[no-untyped-def]
    return [_packed(holds(column, value)) for value in range(int(column.max(initial=0)) + 2)]


def _packed(those: Ints) -> Bits:
    return np.packbits(those, bitorder="little")


def _unpacked(bits: Bits, count: int) -> Bits:
    return np.unpackbits(bits, bitorder="little", count=count)


def _count(bits: Bits) -> int:
    return int(np.bitwise_count(bits).sum())
