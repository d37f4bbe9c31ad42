"""Any life exchanges can have: Hypothesis takes steps in every order, for four homes and the exchanges between them.

After each step the rows make sense: nobody is held in two places, all said yes or nobody is bound, what ended holds
nothing, nobody is in more than they may be, and before all said yes nobody can be known.
"""

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from app import database
from app.piccolo_conf import DB
from app.refusals import Refused
from exchanges.kinds import Ended, Form, Reason, State
from exchanges.swaps.access import swap_for
from exchanges.swaps.agreeing import Span, agree, keep_days, propose_days
from exchanges.swaps.answering import accept, decline
from exchanges.swaps.leaving import blocked, home_left, member_left
from exchanges.swaps.passing import end_taken_by, let_swaps_pass
from exchanges.swaps.proposing import Place, PlannedStay, propose
from exchanges.swaps.requesting import request_swap
from exchanges.swaps.steps import TRANSITIONS
from exchanges.swaps.withdrawing import withdraw
from listings.life.steps import Step, move
from tests.helpers.swaps import WEEK, free_in, host, in_turn, saturday
from tests.moderation.cases.people import as_me

NONSENSE = {
    "somebody held in two places": """
        SELECT g.id FROM engagement g JOIN engagement h ON h.exchanger = g.exchanger AND h.id > g.id
            AND daterange(g.first, g.last) && daterange(h.first, h.last)""",
    "accepted, and not by everybody": """
        SELECT s.id FROM swap s JOIN swap_party p ON p.swap = s.id
        WHERE s.state IN ('accepted', 'confirmed', 'done') AND p.answer <> 'accepted'""",
    "days held by what nobody is bound to": """
        SELECT g.id FROM engagement g JOIN swap s ON s.id = g.swap WHERE s.state NOT IN ('accepted', 'confirmed')""",
    "days that stand and are not held for guest and host": """
        SELECT t.id FROM stay t JOIN swap s ON s.id = t.swap CROSS JOIN LATERAL (VALUES (t.guest), (t.host)) who(member)
        WHERE s.state IN ('accepted', 'confirmed') AND s.form <> 'week_room' AND t.first IS NOT NULL
            AND NOT EXISTS (SELECT FROM engagement g JOIN exchanger e ON e.id = g.exchanger WHERE g.swap = s.id
                AND e.member = who.member AND daterange(g.first, g.last) @> daterange(t.first, t.last))""",
    "two matches at once": """
        SELECT p.member FROM swap_party p JOIN swap s ON s.id = p.swap
        WHERE s.origin = 'matched' AND s.state IN ('proposed', 'accepted') GROUP BY p.member HAVING count(*) > 1""",
    "more requests than one may have": """
        SELECT asked_by FROM swap WHERE asked_by IS NOT NULL GROUP BY asked_by
        HAVING count(*) FILTER (WHERE state = 'proposed') > 2 OR count(*) > 5""",
    "a proposal of days for what is not accepted": """
        SELECT d.id FROM proposed_days d JOIN stay t ON t.id = d.stay JOIN swap s ON s.id = t.swap
        WHERE s.state NOT IN ('accepted', 'confirmed')""",
    "confirmed on days not all agreed on": """
        SELECT s.id FROM swap s WHERE s.state = 'confirmed' AND (
            EXISTS (SELECT FROM stay t WHERE t.swap = s.id AND t.first IS NULL)
            OR EXISTS (SELECT FROM swap_party p WHERE p.swap = s.id AND p.agreed_version IS DISTINCT FROM s.version)
                AND NOT EXISTS (SELECT FROM proposed_days d JOIN stay t ON t.id = d.stay WHERE t.swap = s.id))""",
    "agreed to days yet to be written": """
        SELECT p.id FROM swap_party p JOIN swap s ON s.id = p.swap WHERE p.agreed_version > s.version""",
    "people who meet before all said yes, or do not after": """
        SELECT t.id FROM stay t JOIN swap s ON s.id = t.swap
        WHERE (s.accepted_at IS NULL) <> (t.conversation IS NULL)""",
    "a home that is gone": """
        SELECT s.id FROM swap s JOIN swap_party p ON p.swap = s.id JOIN listing l ON l.id = p.home
        WHERE s.state = 'proposed' AND l.status <> 'published'
            OR s.state IN ('accepted', 'confirmed') AND l.status IN ('removed', 'aside')""",
    "somebody blocked or suspended": """
        SELECT s.id FROM swap s JOIN swap_party p ON p.swap = s.id JOIN member m ON m.id = p.member
        WHERE s.state IN ('proposed', 'accepted', 'confirmed') AND (m.suspended_until > now()
            OR (s.state <> 'proposed' OR s.origin = 'requested') AND EXISTS (
                SELECT FROM swap_party q JOIN block b ON (b.blocker, b.blocked) IN ((p.member, q.member),
                (q.member, p.member)) WHERE q.swap = s.id))""",
    "ended without leave": """
        SELECT id FROM swap WHERE (state = 'dissolved') <> (ended_why IS NOT NULL)""",
}
ALL_NONSENSE = " UNION ALL ".join(
    f"SELECT '{nonsense}' AS nonsense WHERE EXISTS ({sql})" for nonsense, sql in NONSENSE.items()
)
ALL_SAID_YES = """
    SELECT id FROM swap s WHERE state = 'proposed'
        AND NOT EXISTS (SELECT FROM swap_party p WHERE p.swap = s.id AND p.answer <> 'accepted')"""
WITH_BOTH = """
    SELECT swap AS id FROM swap_party WHERE member IN ($1, $2) GROUP BY swap HAVING count(*) = 2"""
ASKED_LAST = "SELECT asked_last FROM swap_party WHERE swap = $1 AND member = $2"
ALLOWED = {(origin, way.to) for way in TRANSITIONS.values() for origin in way.origins}
WHO, WHICH, WEEKS = some.integers(0, 3), some.integers(0, 9), some.integers(4, 7)
MOSTLY = some.sampled_from([True, True, True, False])


class Exchanges(RuleBasedStateMachine):
    """The machine is not asynchronous: each step is handed to the loop of the test."""

    loop: asyncio.AbstractEventLoop
    people: list[Any]
    homes: list[Any]
    seen: set[Any]

    def __init__(self) -> None:
        super().__init__()
        self.start = self.run(_savepoint())
        self.before: dict[UUID, str] = {}
        self.apart: set[UUID] = set()

    def run(self, step: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(step, self.loop).result(60)

    def teardown(self) -> None:
        self.run(self.start.rollback_to())

    @rule(order=some.permutations(range(4)), size=some.integers(2, 4), week=WEEKS, last=some.booleans())
    def the_server_finds(self, order: list[int], size: int, week: int, last: bool) -> None:
        homes = [self.homes[n] for n in order[:size]]
        form = Form.pair if size == 2 else Form.loop
        places = [Place(home.author, home.id) for home in homes]
        stays = in_turn(homes, week, 1 + week % 2)
        self.run(self._tried(propose(form, places, stays, score=70, one_last=last)))

    @rule(guest=WHO, other=WHO, week=WEEKS)
    def the_server_finds_a_host(self, guest: int, other: int, week: int) -> None:
        if guest != other:
            home, first = self.homes[other], saturday(week)
            stay = PlannedStay(self.people[guest].id, home.author, home.id, first, first + WEEK)
            places = [Place(home.author, home.id), Place(self.people[guest].id, None)]
            self.run(self._tried(propose(Form.hospitality, places, [stay], score=60)))

    @rule(who=WHO, other=WHO, form=some.sampled_from([Form.pair, Form.pair, Form.hospitality, Form.week_room]))
    def one_asks_another(self, who: int, other: int, form: Form) -> None:
        me = as_me(self.people[who], is_moderator=False)
        self.run(self._tried(request_swap(me, self.homes[other].id, form, uuid4())))

    @rule(order=some.permutations(range(4)), week=WEEKS, finds_meanwhile=some.booleans())
    def two_agree_by_themselves(self, order: list[int], week: int, finds_meanwhile: bool) -> None:
        who, other, *_ = order
        self.one_asks_another(who=who, other=other, form=Form.pair)
        self.say_yes(which=0, whos={other})
        self.propose_other_days(which=0, who=who, week=week, days=9, is_one=False, late=False)
        if finds_meanwhile:
            self.the_server_finds(order=order[1:], size=2, week=week, last=False)
        self.agree_to_days(which=1 if finds_meanwhile else 0, who=other)
        self.jobs_run()

    @rule(which=WHICH, whos=some.sets(WHO, min_size=1))
    def say_yes(self, which: int, whos: set[int]) -> None:
        for who in sorted(whos):
            self.run(self._in_one(which, who, lambda swap, member: accept(swap, member)))

    @rule(which=WHICH, who=WHO)
    def all_say_yes_and_agree(self, which: int, who: int) -> None:
        self.say_yes(which=which, whos={0, 1, 2, 3})
        for each in range(4):
            self.run(self._in_one(which, each, self._agree))

    @rule(which=WHICH, who=WHO, reason=some.sampled_from(list(Reason)))
    def say_no(self, which: int, who: int, reason: Reason) -> None:
        self.run(self._in_one(which, who, lambda swap, member: decline(swap, member, reason)))

    @rule(which=WHICH, who=WHO)
    def leave(self, which: int, who: int) -> None:
        self.run(self._in_one(which, who, withdraw))

    @rule(which=WHICH, who=WHO, week=WEEKS, days=some.integers(3, 15), is_one=some.booleans(), late=some.booleans())
    def propose_other_days(self, which: int, who: int, week: int, days: int, is_one: bool, late: bool) -> None:
        async def proposing(swap: UUID, member: UUID) -> None:
            seen, first = await swap_for(swap, member), saturday(week)
            weekdays = (0, 1) if seen.form is Form.week_room else ()
            span = Span(first, first + days * WEEK / 7, weekdays)
            stays = seen.my_stays[:1] if is_one else seen.my_stays
            await propose_days(swap, member, {stay.id: span for stay in stays}, seen.version - late)

        self.run(self._in_one(which, who, proposing))

    @rule(which=WHICH, who=WHO)
    def agree_to_days(self, which: int, who: int) -> None:
        self.run(self._in_one(which, who, self._agree))

    @rule(which=WHICH, who=WHO)
    def keep_to_days(self, which: int, who: int) -> None:
        async def keeping(swap: UUID, member: UUID) -> None:
            await keep_days(swap, member, (await swap_for(swap, member)).version)

        self.run(self._in_one(which, who, keeping))

    @rule(which=WHICH, is_job_late=some.booleans())
    def nobody_answers(self, which: int, is_job_late: bool) -> None:
        async def time_passes(swap: UUID, _: UUID) -> None:
            await database.execute("UPDATE swap SET answer_by = now() - interval '1 second' WHERE id = $1", swap)

        self.run(self._in_one(which, 0, time_passes))
        if not is_job_late:
            self.run(let_swaps_pass())

    @rule(who=WHO, step=some.sampled_from([Step.send_back, Step.publish, Step.publish, Step.publish, Step.remove]))
    def a_home_changes(self, who: int, step: Step) -> None:
        self.run(self._home(self.homes[who].id, step))

    @rule(who=WHO, weeks=some.sets(WEEKS))
    def weeks_change(self, who: int, weeks: set[int]) -> None:
        self.run(self._weeks(self.people[who], weeks))

    @rule(which=WHICH, are_known=MOSTLY)
    def one_blocks_another(self, which: int, are_known: bool) -> None:
        where = "state IN ('accepted', 'confirmed') OR origin = 'requested'" if are_known else "TRUE"
        self.run(self._in_one(which, 0, self._block, where))

    @rule()
    def all_blocks_are_lifted(self) -> None:
        self.run(database.execute("DELETE FROM block"))

    @rule(who=WHO, comes_back=some.booleans())
    def a_member_is_suspended(self, who: int, comes_back: bool) -> None:
        self.run(self._suspend(self.people[who].id, self.homes[who].id, comes_back))

    @rule(who=WHO, goes_on=MOSTLY)
    def a_member_pauses(self, who: int, goes_on: bool) -> None:
        sql = "UPDATE exchanger SET paused_at = CASE WHEN NOT $2 THEN now() END WHERE member = $1"
        self.run(database.execute(sql, self.people[who].id, goes_on))

    @rule()
    def jobs_run(self) -> None:
        self.run(self._jobs())

    @invariant()
    def the_rows_make_sense(self) -> None:
        wrong = self.run(database.rows(ALL_NONSENSE))
        assert not wrong, [row["nonsense"] for row in wrong]

    @invariant()
    def what_changed_is_a_step_of_the_table(self) -> None:
        now = self.run(_states())
        for swap, (state, why) in now.items():
            was = self.before.get(swap, State.proposed)
            # Several steps may lie between two looks: all say yes, then all agree.
            assert state == was or (was, state) in ALLOWED or (was, state) == (State.proposed, State.confirmed)
            self.seen |= {state, why}
        self.before = {swap: state for swap, (state, _) in now.items()}

    @invariant()
    def what_everybody_accepted_begins_unless_a_block_kept_them_apart(self) -> None:
        found = self.run(database.rows(ALL_SAID_YES))
        assert {row["id"] for row in found} <= self.apart

    @invariant()
    def nobody_is_known_before_all_said_yes(self) -> None:
        self.run(self._look())

    async def _look(self) -> None:
        for swap in await database.rows("SELECT id FROM swap WHERE origin = 'matched' AND accepted_at IS NULL"):
            for person in self.people:
                try:
                    seen = await swap_for(swap["id"], person.id)
                except Refused:
                    continue
                assert seen.state in (State.proposed, State.dissolved)
                assert not await database.value(ASKED_LAST, swap["id"], person.id)
                assert not any(one.member or one.name or one.has_agreed for one in seen.others)
                assert not any(one.home.id or one.home.title or one.home.where for one in seen.others if one.home)
                assert not any(stay.stands or stay.proposed or stay.talk for stay in seen.stays)

    async def _agree(self, swap: UUID, member: UUID) -> None:
        await agree(swap, member, (await swap_for(swap, member)).version)

    async def _in_one(self, which: int, who: int, do: Any, where: str = "TRUE") -> None:
        """In one of the exchanges there are, the latest first."""
        swaps = await database.rows(f"SELECT id FROM swap WHERE {where} ORDER BY proposed_at DESC, id")
        if swaps:
            await self._tried(do(swaps[which % len(swaps)]["id"], self.people[who].id))

    async def _tried(self, doing: Coroutine[Any, Any, Any]) -> None:
        """What is refused is undone, as its own transaction would, were it not inside the test's."""
        before = await _savepoint()
        try:
            await doing
        except Refused:
            await before.rollback_to()

    async def _home(self, home: UUID, step: Step) -> None:
        sets = {"expires_at": datetime(2999, 1, 1, tzinfo=UTC)} if step is Step.publish else {}
        if await move(home, step, **sets):
            await home_left(home)
        # A new one, once the other was removed: lives would soon run out of homes.
        await database.execute("UPDATE listing SET status = 'draft' WHERE id = $1 AND status = 'removed'", home)

    async def _weeks(self, member: Any, weeks: set[int]) -> None:
        await database.execute(
            "DELETE FROM planned_week WHERE exchanger = (SELECT id FROM exchanger WHERE member = $1)", member.id
        )
        await free_in(member, *weeks)

    async def _block(self, swap: UUID, _: UUID) -> None:
        """Two who are in it."""
        found = await database.rows("SELECT member FROM swap_party WHERE swap = $1 ORDER BY place LIMIT 2", swap)
        one, other = (row["member"] for row in found)
        await database.execute(
            "INSERT INTO block (blocker, blocked, since) VALUES ($1, $2, now()) ON CONFLICT DO NOTHING", one, other
        )
        self.apart |= {row["id"] for row in await database.rows(WITH_BOTH, one, other)}
        await blocked(one, other)

    async def _suspend(self, member: UUID, home: UUID, comes_back: bool) -> None:
        """As moderation/sanctions/following.py follows it."""
        until = None if comes_back else datetime(2999, 1, 1, tzinfo=UTC)
        await database.execute("UPDATE member SET suspended_until = $2 WHERE id = $1", member, until)
        if not comes_back:
            await member_left(member)
        await self._home(home, Step.bring_back if comes_back else Step.set_aside)

    async def _jobs(self) -> None:
        await let_swaps_pass()
        for swap in await database.rows("SELECT id FROM swap WHERE state IN ('accepted', 'confirmed')"):
            await end_taken_by(swap["id"])


async def _savepoint() -> Any:
    return await DB.current_transaction.get().savepoint()


async def _states() -> dict[UUID, tuple[str, str | None]]:
    return {row["id"]: (row["state"], row["ended_why"]) for row in await database.rows("SELECT * FROM swap")}


async def test_whatever_happens_to_exchanges_they_make_sense(anne, bilal, emilie, farid):
    communes = ("29019", "29232", "35238", "75056")
    members = [anne, bilal, emilie, farid]

    class Lived(Exchanges):
        loop = asyncio.get_running_loop()
        people = members
        seen = set()

    Lived.homes = [
        await host(member, 4, 5, 6, 7, 8, commune=commune, week_room=True)
        for member, commune in zip(members, communes, strict=True)
    ]

    chosen = settings(
        max_examples=60,
        stateful_step_count=40,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    await asyncio.to_thread(run_state_machine_as_test, Lived, settings=chosen)
    everything = {State.proposed, State.accepted, State.confirmed, State.dissolved, *Ended}
    assert everything <= Lived.seen, f"lives too poor: never {everything - Lived.seen}"
