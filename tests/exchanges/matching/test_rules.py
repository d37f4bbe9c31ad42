"""The computation against the same rules tried one by one."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchanges.matching import choosing, cycles, ring, searching
from exchanges.matching.fit import calendar, judge, may_exchange
from exchanges.matching.graph import build, kept_of
from exchanges.matching.weeks_of_stays import one_way, weeks_of
from exchanges.matching.weighing import hardness, weigh
from tests.exchanges.matching.communities import entrants, every_exchange, exchangeable, fits, heaviest, household

people = st.lists(household, min_size=2, max_size=7)
often = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _exchanges(e, **bounds):
    weeks = calendar(e)
    graph = build(e, weeks)
    arcs = graph.arcs.of(np.flatnonzero(may_exchange(e, graph.arcs.guest, graph.arcs.host, graph.arcs.same)))
    found = cycles.together(
        [
            cycles.pairs(e, weeks, arcs),
            *(cycles.loops(e, weeks, arcs, size, reaches=graph.reaches, **bounds) for size in (3, 4)),
        ]
    )
    return weeks, graph, found


def _lines(found) -> list[tuple[int, ...]]:
    return [tuple(one for one in line if one >= 0) for line in found.members.tolist()]


@often
@given(people)
async def test_who_fits_whom_is_what_the_rules_say_one_by_one(people):
    e = entrants(people)
    guest, host = np.divmod(np.arange(len(e) ** 2), len(e))
    judged = judge(e, calendar(e), guest, host)
    assert judged.fits.tolist() == [fits(people, one, other) for one, other in zip(guest, host, strict=True)]
    assert all(0 <= score <= 100 for score in judged.score)


@often
@given(people)
async def test_the_graph_of_everybody_is_every_fit_of_use(people):
    e = entrants(people)
    weeks = calendar(e)
    arcs = build(e, weeks).arcs
    for guest, host, same in zip(arcs.guest, arcs.host, arcs.same, strict=True):
        assert fits(people, guest, host), (guest, host, same)
    kept = set(zip(arcs.guest.tolist(), arcs.host.tolist(), strict=True))
    for one in every_exchange(people):
        around = [*one[1:], one[0]]
        assert kept >= set(zip(one, around, strict=True))


@often
@given(people)
async def test_every_pair_and_loop_is_found_once(people):
    _, _, found = _exchanges(entrants(people))
    assert sorted(_lines(found)) == sorted(every_exchange(people))


@often
@given(people, st.integers(0, 6))
async def test_loops_through_somebody_are_those_of_everybody_with_them(people, through):
    e = entrants(people)
    through %= len(e)
    weeks, graph, found = _exchanges(e)
    arcs = graph.arcs.of(np.flatnonzero(may_exchange(e, graph.arcs.guest, graph.arcs.host, graph.arcs.same)))
    for size in (3, 4):
        of_all = {frozenset(zip(one, [*one[1:], one[0]], strict=True)) for one in _lines(found) if len(one) == size}
        own = _lines(cycles.loops(e, weeks, arcs, size, reaches=graph.reaches, through=through))
        assert all(one[0] == through for one in own)
        turned = {frozenset(zip(one, [*one[1:], one[0]], strict=True)) for one in own}
        assert len(turned) == len(own)
        assert turned == {steps for steps in of_all if any(through in step for step in steps)}


@often
@given(people)
async def test_the_choice_is_the_heaviest_there_is_and_nobody_is_in_two(people):
    e = entrants(people)
    _, graph, found = _exchanges(e)
    weights = weigh(e, hardness(graph.wanted_by, graph.wants), found)
    prices = choosing.priced(found.members, weights, len(e))
    choice = choosing.choose(found.members, weights, prices, 20)
    chosen = [one for line in _lines(found.of(choice.chosen)) for one in line]
    assert len(chosen) == len(set(chosen))
    assert int(weights[choice.chosen].sum()) == heaviest(_lines(found), weights.tolist())
    assert choice.exact
    assert choice.bound >= weights[choice.chosen].sum() - 1e-6
    assert choosing.most_households(found.members, weights, len(e)) >= len(chosen)


@often
@given(people)
async def test_a_search_that_follows_prices_serves_as_many_and_stays_under_its_bound(people):
    e = entrants(people)
    weeks, graph = calendar(e), build(e, calendar(e))
    free = np.ones(len(e), np.bool_)
    whole = searching.search(e, weeks, graph, free)
    few, many = searching.FEW_HOUSEHOLDS, searching.MANY_HOUSEHOLDS
    try:
        searching.FEW_HOUSEHOLDS = 0
        priced = searching.search(e, weeks, graph, free)
        searching.MANY_HOUSEHOLDS = 0
        parted = searching.search(e, weeks, graph, free)
    finally:
        searching.FEW_HOUSEHOLDS, searching.MANY_HOUSEHOLDS = few, many
    served = parted.exchanges.members[parted.exchanges.members >= 0].tolist()
    assert len(served) == len(set(served))
    for found in (whole, priced, parted):
        assert found.served <= found.bound
        assert all(exchangeable(people, one) for one in _lines(found.exchanges))
    assert priced.served <= whole.served or not whole.exact


@often
@given(people)
async def test_stays_take_place_in_weeks_that_both_have(people):
    e = entrants(people)
    weeks, _, found = _exchanges(e)
    wide = {"free": ring.unpacked(weeks.wide_free), "away": ring.unpacked(weeks.wide_away)}
    for line, same in zip(_lines(found), found.same.tolist(), strict=True):
        stays = weeks_of(e, weeks, list(line), same=same)
        assert [stay.guest for stay in stays] == list(line)
        if same:
            assert len({(stay.first, stay.weeks) for stay in stays}) == 1
        for stay in stays:
            span = range(stay.first, stay.first + stay.weeks)
            assert all(wide["free"][stay.host][week] and wide["away"][stay.guest][week] for week in span)
            assert max(e.least[[stay.guest, stay.host]]) <= stay.weeks <= min(e.most[[stay.guest, stay.host]])


@often
@given(people, st.integers(1, 3))
async def test_of_very_many_fits_a_share_of_each_sort_is_kept_the_same_for_one_as_for_all(people, most):
    e = entrants(people)
    weeks = calendar(e)
    every = build(e, weeks, kept=1_000).arcs
    for row in range(len(e)):
        own = every.of(np.flatnonzero((every.guest == row) | (every.host == row)))
        kept = kept_of(e, row, own.guest, own.host, most)
        hosts, guests = set(own.host[own.guest == row].tolist()), set(own.guest[own.host == row].tolist())
        left = [(own.guest[one], own.host[one]) for one in kept]
        both = len([one for one in hosts & guests if (row, one) in left and (one, row) in left])
        assert both == min(most, len(hosts & guests))
        assert len([one for one in hosts - guests if (row, one) in left]) == min(most, len(hosts - guests))
        assert len([one for one in guests - hosts if (one, row) in left]) == min(most, len(guests - hosts))


async def test_weeks_of_the_database_are_read_from_the_first_that_is_of_use():
    for first in (0, 1, 63, 64, 65, 100, 127, 128, 1404, 1500):
        for weeks in (0, 1, 17, 40, ring.WEEKS - 1):
            place = (first + weeks) % 128
            bits = 1 << place % 64
            number = np.array([bits - 2**64 if bits >= 2**63 else bits], object).astype(np.int64)
            nothing = np.zeros(1, np.int64)
            low, high = (number, nothing) if place < 64 else (nothing, number)
            assert np.flatnonzero(ring.unpacked(ring.aligned(low, high, first))[0]).tolist() == [weeks]


@given(st.sets(st.integers(0, ring.WEEKS - 1)), st.integers(1, 8))
@often
async def test_runs_and_adjusted_weeks_cross_the_two_words(weeks, lasting):
    bits = np.zeros((1, 2), np.uint64)
    for week in weeks:
        bits[0, week // 64] |= np.uint64(1 << week % 64)
    begins = np.flatnonzero(ring.unpacked(ring.starts(bits, np.array([lasting])))[0]).tolist()
    assert begins == sorted(week for week in weeks if all(week + by in weeks for by in range(lasting)))
    by = min(lasting, 2)
    wide = set(np.flatnonzero(ring.unpacked(ring.widened(bits, np.array([by])))[0]).tolist())
    assert wide == {week + more for week in weeks for more in range(-by, by + 1) if 0 <= week + more < ring.WEEKS}


async def test_nobody_stays_where_there_are_no_weeks():
    alone = {"place": 0, "settings": 0, "allows": 7, "sleeps": 4, "party": 1, "needs": 0, "ways": 15, "least": 1}
    e = entrants([{**alone, "more": 0, "give": 0, "free": free, "away": 0, "wishes": []} for free in (1, 2)])
    try:
        one_way(e, calendar(e), 0, 1)
    except LookupError:
        return
    raise AssertionError("a stay without weeks")
