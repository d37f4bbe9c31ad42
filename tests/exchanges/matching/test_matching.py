"""What members noted and wished, and what is proposed to whom: after a change, and at night."""

import pytest

from app import database
from app.dates import today
from app.sweeping import SweepIncomplete
from exchanges.calendar.exchanger import Wished
from exchanges.kinds import Form, Scope
from exchanges.matching import everybody, reading
from exchanges.matching.asking import ask_for_a_match, ask_for_matches
from exchanges.matching.everybody import match_everybody
from exchanges.swaps.leaving import member_left
from listings.life.following_homes import CHANGES_A_DAY, follow_home
from members.blocking import block
from tests.helpers.cast import person
from tests.helpers.counting import count
from tests.helpers.homes import a_home
from tests.helpers.jobs import run_jobs, waiting_jobs
from tests.helpers.planning import BRITTANY, exchanges, saturday

WEEKS = (saturday(6), saturday(7))
FINISTERE = Wished(Scope.department, "29")
PARIS = Wished(Scope.commune, "75056", 15)
SAVOY = Wished(Scope.department, "73")


async def lives(name, commune, *wishes, weeks=WEEKS, home=(), **said):
    """A member with a home there, away in these weeks."""
    member = await person(name, commune)
    await a_home(member, commune=commune, **dict(home))
    await exchanges(member, both=weeks, wishes=wishes, **said)
    return member


@pytest.fixture
async def brest(undo):
    return await lives("Anne", "29019", PARIS)


@pytest.fixture
async def paris(undo):
    return await lives("Bilal", "75056", FINISTERE)


async def asks(member):
    """Everybody has said what they want; this member last."""
    rows = await database.rows("SELECT member FROM exchanger ORDER BY member = $1, id", member.id)
    await reading.refresh()
    await ask_for_matches([row["member"] for row in rows])
    await run_jobs()


async def proposals() -> list[tuple[str, frozenset]]:
    """What waits for an answer: its form, and who is in it."""
    found = await database.rows(
        "SELECT s.form, array_agg(p.member) AS members FROM swap s JOIN swap_party p ON p.swap = s.id"
        " WHERE s.state = 'proposed' AND s.origin = 'matched' GROUP BY s.id ORDER BY s.form, count(*)"
    )
    return [(row["form"], frozenset(row["members"])) for row in found]


def among(form, *members):
    return form.value, frozenset(member.id for member in members)


async def after_a_change(member):
    await asks(member)


async def at_night(_):
    await match_everybody()


either_way = pytest.mark.parametrize("search", [after_a_change, at_night])


@either_way
async def test_two_whose_homes_please_each_other_are_proposed_a_pair(brest, paris, search):
    await search(brest)
    assert await proposals() == [among(Form.pair, brest, paris)]
    stays = await database.rows("SELECT guest, host, first, last FROM stay ORDER BY guest")
    assert {(row["guest"], row["host"]) for row in stays} == {(brest.id, paris.id), (paris.id, brest.id)}
    assert {(row["first"], (row["last"] - row["first"]).days) for row in stays} == {(WEEKS[0], 14)}


@either_way
async def test_three_and_four_go_round_when_no_two_please_each_other(brest, search):
    paris = await lives("Bilal", "75056", SAVOY)
    savoy = await lives("Chloe", "73065", FINISTERE)
    await search(brest)
    assert await proposals() == []  # nobody said they want loops
    await database.execute("UPDATE exchanger SET ways = '{loop}'")
    await search(brest)
    assert await proposals() == [among(Form.loop, brest, paris, savoy)]
    places = await database.rows("SELECT member, place FROM swap_party ORDER BY place")
    order = [row["member"] for row in places]
    start = order.index(brest.id)
    assert order[start:] + order[:start] == [brest.id, paris.id, savoy.id]


@either_way
async def test_a_loop_of_four(brest, search):
    paris = await lives("Bilal", "75056", SAVOY)
    savoy = await lives("Chloe", "73065", Wished(Scope.department, "13"))
    marseille = await lives("Denis", "13055", FINISTERE)
    await database.execute("UPDATE exchanger SET ways = '{loop}'")
    await search(brest)
    assert await proposals() == [among(Form.loop, brest, paris, savoy, marseille)]


@either_way
async def test_other_weeks_only_when_both_want_that(paris, search):
    brest = await lives("Anne", "29019", PARIS, weeks=())
    await exchanges(brest, home=WEEKS, wishes=())
    exchanger = await database.value("SELECT id FROM exchanger WHERE member = $1", brest.id)
    later, bilal = saturday(20), await database.value("SELECT id FROM exchanger WHERE member = $1", paris.id)
    await database.execute("INSERT INTO planned_week (exchanger, saturday, can_travel) VALUES ($1, $2, TRUE)",
        exchanger, later)  # fmt: skip
    await database.execute("INSERT INTO planned_week (exchanger, saturday, home_free) VALUES ($1, $2, TRUE)",
        bilal, later)  # fmt: skip
    await search(brest)
    assert await proposals() == []
    await database.execute("UPDATE exchanger SET ways = '{other_weeks}'")
    await search(brest)
    assert await proposals() == [among(Form.pair, brest, paris)]
    stays = {row["guest"]: row["first"] for row in await database.rows("SELECT guest, first FROM stay")}
    assert stays == {brest.id: later, paris.id: WEEKS[0]}


async def blocks(brest, paris):
    await block(paris.id, brest.id)


async def pauses(brest, paris):
    await database.execute("UPDATE exchanger SET paused_at = now() WHERE member = $1", paris.id)


async def is_suspended(brest, paris):
    await database.execute("UPDATE member SET suspended_until = now() + interval '3 days' WHERE id = $1", paris.id)


async def declined_the_home(brest, paris):
    await database.execute(
        "INSERT INTO home_declined (exchanger, home, reason, words, declined_at) SELECT e.id, l.id, 'place', '',"
        " now() - interval '179 days' FROM exchanger e, listing l WHERE e.member = $1 AND l.author = $2",
        paris.id,
        brest.id,
    )


async def is_held_in_those_weeks(brest, paris):
    swap = await database.value(
        "INSERT INTO swap (form, origin, state, version, proposed_at, answer_by, accepted_at, confirmed_at)"
        " VALUES ('hospitality', 'matched', 'confirmed', 1, now(), now(), now(), now()) RETURNING id"
    )
    await database.execute(
        "INSERT INTO engagement (swap, exchanger, first, last)"
        " SELECT $1, id, $3::date + 3, $3::date + 17 FROM exchanger WHERE member = $2",
        swap,
        paris.id,
        WEEKS[0],
    )


async def has_a_proposal(brest, paris):
    swap = await database.value(
        "INSERT INTO swap (form, origin, state, version, proposed_at, answer_by, accepted_at)"
        " VALUES ('pair', 'matched', 'accepted', 1, now(), now() + interval '4 days', now()) RETURNING id"
    )
    await database.execute("INSERT INTO swap_party (swap, member, place, answer) VALUES ($1, $2, 0, 'accepted')",
        swap, paris.id)  # fmt: skip


async def takes_the_home_away(brest, paris):
    await database.execute("UPDATE listing SET expires_at = now() WHERE author = $1", paris.id)


async def is_too_many(brest, paris):
    await database.execute("UPDATE exchanger SET party_size = 6 WHERE member = $1", paris.id)


async def needs_what_the_home_has_not(brest, paris):
    await database.execute("UPDATE exchanger SET needs = '{pets}' WHERE member = $1", paris.id)


async def stays_longer_than_the_other(brest, paris):
    await database.execute("UPDATE exchanger SET least_weeks = 3, most_weeks = 3 WHERE member = $1", paris.id)


@either_way
@pytest.mark.parametrize(
    "happens",
    [
        blocks,
        pauses,
        is_suspended,
        declined_the_home,
        is_held_in_those_weeks,
        has_a_proposal,
        takes_the_home_away,
        is_too_many,
        needs_what_the_home_has_not,
        stays_longer_than_the_other,
    ],
)
async def test_nothing_is_proposed_to_who_cannot_be(brest, paris, search, happens):
    await happens(brest, paris)
    await search(brest)
    assert await proposals() == []


async def test_a_home_declined_half_a_year_ago_may_be_proposed_again(brest, paris):
    await declined_the_home(brest, paris)
    await database.execute("UPDATE home_declined SET declined_at = declined_at - interval '2 days'")
    await asks(brest)
    assert await proposals() == [among(Form.pair, brest, paris)]


@either_way
@pytest.mark.parametrize(("reason", "less"), [("place", 20), ("size", 20), ("weeks", 0), ("home", 0)])
async def test_why_a_home_was_declined_lowers_those_alike(brest, paris, search, reason, less):
    quimper = await lives("Chloe", "29232", weeks=())
    await search(brest)
    score = "SELECT score FROM match_fit f JOIN exchanger e ON e.id = f.guest WHERE e.member = $1"
    before = await database.value(score, paris.id)
    await database.execute(
        "INSERT INTO home_declined (exchanger, home, reason, words, declined_at)"
        " SELECT e.id, l.id, $3, '', now() FROM exchanger e, listing l WHERE e.member = $1 AND l.author = $2",
        paris.id,
        quimper.id,
        reason,
    )
    await search(brest)
    assert before - await database.value(score, paris.id) == less


async def test_weeks_that_may_be_one_earlier_or_later(paris):
    brest = await lives("Anne", "29019", PARIS, weeks=[saturday(9)])
    await asks(brest)
    assert await proposals() == []
    await database.execute("UPDATE exchanger SET give_or_take = 1")
    await asks(brest)
    assert await database.value("SELECT array_agg(DISTINCT first) FROM stay") == [saturday(8)]


@either_way
async def test_weeks_held_elsewhere_are_not_come_back_to_as_weeks_beside_others(brest, search):
    """Paris, held in the week after, can only go to Quimper; Brest, which waited longer, would be chosen in vain each
    night."""
    paris = await lives("Bilal", "75056", FINISTERE, weeks=[saturday(5), saturday(6)], give_or_take=1)
    quimper = await lives("Chloe", "29232", PARIS, weeks=[saturday(5)])
    await database.execute("UPDATE exchanger SET waits_since = now() - interval '1 year' WHERE member = $1", brest.id)
    await is_held_in_those_weeks(brest, paris)
    await search(brest)
    assert await proposals() == [among(Form.pair, quimper, paris)]


async def test_weeks_too_near_are_left_alone(undo):
    near = [saturday(0), saturday(1)]
    brest = await lives("Anne", "29019", PARIS, weeks=near)
    await lives("Bilal", "75056", FINISTERE, weeks=near)
    await asks(brest)
    stays = await database.rows("SELECT first FROM stay")
    assert all((row["first"] - today()).days >= 14 for row in stays)


@either_way
async def test_who_has_no_home_stays_with_who_hosts(search):
    brest = await lives("Anne", "29019", ways=["hosting"])
    emilie = await person("Emilie", "75056")
    await exchanges(emilie, away=WEEKS, wishes=[BRITTANY], ways=["hosted"])
    await search(emilie)
    assert await proposals() == [among(Form.hospitality, emilie, brest)]
    assert await database.value("SELECT home FROM swap_party WHERE member = $1", emilie.id) is None


async def test_at_night_an_exchange_comes_before_a_stay_one_way(brest, paris):
    await database.execute("UPDATE exchanger SET ways = '{hosting,hosted}'")
    emilie = await person("Emilie", "75056")
    await exchanges(emilie, away=WEEKS, wishes=[BRITTANY], ways=["hosted"])
    await match_everybody()
    assert await proposals() == [among(Form.pair, brest, paris)]


async def test_at_night_those_who_have_one_chance_are_served_before_those_who_have_two(brest, paris):
    """Brest and Lorient please Paris, only Brest pleases Lyon: the pairs are Brest and Lyon, Lorient and Paris."""
    await database.execute("DELETE FROM wish")
    await exchanges(brest, wishes=[PARIS, Wished(Scope.department, "69")])
    await exchanges(paris, wishes=[BRITTANY])
    lorient = await lives("Chloe", "56121", PARIS)
    lyon = await lives("Denis", "69123", FINISTERE)
    await match_everybody()
    assert sorted(await proposals(), key=str) == sorted(
        [among(Form.pair, brest, lyon), among(Form.pair, lorient, paris)], key=str
    )
    run = await database.row("SELECT * FROM match_run")
    assert (run["households"], run["pairs"], run["served"], run["bound"], run["exact"], run["proposed"]) == (
        4, 2, 4, 4, True, 2)  # fmt: skip


async def test_what_is_kept_after_a_change_is_what_a_night_keeps(brest, paris):
    others = [await lives(name, "29232", BRITTANY, ways=["loop"]) for name in ("Farid", "Emilie")]
    for member in (brest, paris, *others):
        await asks(member)
    fits = "SELECT guest, host, score, same FROM match_fit ORDER BY guest, host"
    degrees = "SELECT exchanger, wants FROM match_entrant ORDER BY exchanger"
    after_changes = [tuple(row) for row in await database.rows(fits)]
    wanted = [tuple(row) for row in await database.rows(degrees)]
    assert len(after_changes) == 8
    await match_everybody()
    assert [tuple(row) for row in await database.rows(fits)] == after_changes
    assert {row[0] for row in wanted} == {row["exchanger"] for row in await database.rows(degrees)}


async def test_a_pause_takes_away_what_was_kept(brest, paris):
    await asks(brest)
    assert await count("match_fit") == 2
    await pauses(brest, paris)
    await asks(paris)
    assert await count("match_fit") == 0
    assert await count("match_entrant") == 1


async def test_asking_ten_times_is_looking_once(brest, paris, monkeypatch):
    looked = []
    refresh = reading.refresh

    async def counted(members=None):
        looked.append(members)
        return await refresh(members)

    monkeypatch.setattr(reading, "refresh", counted)
    for _ in range(10):
        await ask_for_a_match(brest.id)
    assert len(await waiting_jobs()) == 10
    await run_jobs()
    assert looked == [[brest.id]]
    assert await count("match_asked") == 0


async def test_a_home_changed_again_and_again_is_left_to_the_night(brest):
    home = await database.row("SELECT * FROM listing WHERE author = $1", brest.id)
    await database.execute("DELETE FROM match_asked")
    for _ in range(CHANGES_A_DAY + 5):
        await follow_home(home)
    assert await count("match_asked") == len(await waiting_jobs()) == CHANGES_A_DAY


async def test_who_does_not_exchange_asks_for_nothing(undo):
    await ask_for_a_match((await person("Emilie", "29019")).id)
    assert await count("match_asked") == 0


async def test_what_somebody_changed_while_a_night_went_on_is_not_proposed(brest, paris, monkeypatch):
    searched = everybody.searched

    async def slowly(*given):
        found = await searched(*given)
        await database.execute("UPDATE exchanger SET changed_at = clock_timestamp() WHERE member = $1", paris.id)
        return found

    monkeypatch.setattr(everybody, "searched", slowly)
    await match_everybody()
    assert await proposals() == []
    assert await database.value("SELECT proposed FROM match_run") == 0


async def test_a_proposal_that_fails_at_night_is_made_the_next_night_and_the_others_at_once(brest, paris, monkeypatch):
    lyon = await lives("Denis", "69123", Wished(Scope.department, "13"))
    marseille = await lives("Farid", "13055", Wished(Scope.department, "69"))
    offer, tried = everybody.offer, []

    async def fails_at_first(what):
        tried.append(what)
        if len(tried) == 1:
            raise ConnectionError("two who waited for each other")
        return await offer(what)

    monkeypatch.setattr(everybody, "offer", fails_at_first)
    with pytest.raises(SweepIncomplete):
        await match_everybody()
    assert len(await proposals()) == 1
    assert await database.value("SELECT proposed FROM match_run") == 1
    monkeypatch.setattr(everybody, "offer", offer)
    await match_everybody()
    assert sorted(await proposals(), key=str) == sorted(
        [among(Form.pair, brest, paris), among(Form.pair, lyon, marseille)], key=str
    )


async def test_who_is_freed_is_matched_again_with_somebody_else(brest, paris):
    other = await lives("Chloe", "75056", FINISTERE)
    await asks(brest)
    ((_, first),) = await proposals()
    gone = next(one for one in first if one != brest.id)
    await database.execute("UPDATE exchanger SET paused_at = now() WHERE member = $1", gone)
    await member_left(gone)
    await run_jobs()
    left = paris if gone == other.id else other
    assert await proposals() == [among(Form.pair, brest, left)]
