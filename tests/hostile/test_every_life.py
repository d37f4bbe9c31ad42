"""Any life an ad can have: Hypothesis takes steps in every order, by the doors people use, and lets time pass between.

After each step the rows make sense, what changed is a step of the table, and what can be found has its job.
"""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from answers.committing import commit, uncommit
from app import database
from app.piccolo_conf import DB
from app.refusals import Refused
from listings.kinds import Outcome
from listings.life.ending_links import Action, ending_link
from listings.life.passing import let_time_pass
from listings.life.steps import TRANSITIONS, Step
from tests.helpers.ads import BODY, draft, in_days
from tests.helpers.browser import Browser
from tests.helpers.cases import decide, take
from tests.helpers.finding import told_wrong
from tests.hostile.test_life_of_an_ad import HELD, NONSENSE

ALLOWED = {(origin.value, way.to.value) for way in TRANSITIONS.values() for origin in way.origins}
MORE_NONSENSE = {
    **NONSENSE,
    "more places taken than there are, or others than people have": """
        SELECT id FROM listing l WHERE reserved < 0 OR reserved > places OR reserved <> (
            SELECT count(*) FROM commitment k WHERE k.listing = l.id AND k.ended_at IS NULL)""",
    "an ended ad without its outcome, or another with one": """
        SELECT id FROM listing WHERE (status = 'closed') <> (outcome IS NOT NULL)
        OR (status = 'closed') <> (closed_at IS NOT NULL)""",
    "somebody expected for an ad that has ended": """
        SELECT l.id FROM listing l JOIN commitment k ON k.listing = l.id
        WHERE k.ended_at IS NULL AND (l.status = 'removed' OR l.outcome <> 'fulfilled')""",
    "a draft that remembers having been online": """
        SELECT id FROM listing WHERE status = 'draft' AND (published_at IS NOT NULL OR expires_at IS NOT NULL
        OR renewed_at IS NOT NULL OR reminded_at IS NOT NULL OR renewals > 0)""",
    "an ad that outlives its term": """
        SELECT id FROM listing WHERE status = 'published'
        AND expires_at > coalesce(renewed_at, published_at) + interval '60 days 1 hour'""",
}
ALL_NONSENSE = " UNION ALL ".join(
    f"SELECT '{nonsense}' AS nonsense WHERE EXISTS ({sql})" for nonsense, sql in MORE_NONSENSE.items()
)
FORM = {
    "kind": "request",
    "title": "Aide pour porter un canapé",
    "task": "moving",
    "commune": "Brest (29)",
    "when": "none",
}
SHIFT = """
    UPDATE listing SET created_at = created_at - $1::interval, updated_at = updated_at - $1::interval,
        submitted_at = submitted_at - $1::interval, published_at = published_at - $1::interval,
        expires_at = expires_at - $1::interval, renewed_at = renewed_at - $1::interval,
        reminded_at = reminded_at - $1::interval, closed_at = closed_at - $1::interval
"""
SHIFT_CASES = """
    UPDATE moderation_case SET opened_at = opened_at - $1::interval, closed_at = closed_at - $1::interval,
        claimed_until = claimed_until - $1::interval
"""


class Life(RuleBasedStateMachine):
    """One ad at a time. The machine is not asynchronous: each step is handed to the loop of the test."""

    loop: asyncio.AbstractEventLoop
    browsers: dict[str, Browser]
    people: dict[str, Any]
    seen: set[tuple[str, str]]

    def __init__(self) -> None:
        super().__init__()
        self.ad: UUID
        self.links: list[str] = []
        self.used: set[str] = set()
        assert not self.run(told_wrong())
        self.is_judged = False
        self.before: dict[UUID, Any] = {}
        self.start = self.run(_savepoint())

    @property
    def status(self) -> str:
        return self.before[self.ad]["status"]

    def run(self, step: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(step, self.loop).result(60)

    def teardown(self) -> None:
        self.run(self.start.rollback_to())

    @initialize(
        body=some.sampled_from([BODY, HELD]),
        author=some.sampled_from(["anne", "emilie"]),
        is_sent=some.sampled_from([True, True, False]),
    )
    def write(self, body: str, author: str, is_sent: bool) -> None:
        self.author = author
        self.ad = self.run(draft(self.people[author], "helping_hand", quantity=3, body=body)).id
        self.before = self.run(_rows())
        if is_sent:
            self.send()

    @rule(what=some.sampled_from(["publication", "reprise", "prolongation", "suppression", "modification/retrait"]))
    def ask_for_what_may_not_be_possible(self, what: str) -> None:
        self.run(self._ask(self.author, f"/annonces/{self.ad}/{what}"))

    @precondition(lambda self: self.status == "draft")
    @rule()
    def send(self) -> None:
        self.run(self._ask(self.author, f"/annonces/{self.ad}/publication"))

    @precondition(lambda self: self.status == "draft")
    @rule()
    def throw_away(self) -> None:
        self.run(self._ask(self.author, f"/annonces/{self.ad}/suppression"))

    @precondition(lambda self: self.status in ("pending", "closed"))
    @rule()
    def begin_again(self) -> None:
        self.run(self._ask(self.author, f"/annonces/{self.ad}/reprise"))

    @precondition(lambda self: self.status == "published")
    @rule()
    def prolong(self) -> None:
        self.run(self._ask(self.author, f"/annonces/{self.ad}/prolongation"))

    @precondition(lambda self: self.status in ("draft", "published"))
    @rule(
        body=some.sampled_from([BODY, HELD]),
        quantity=some.sampled_from([1, 1, 3, 4]),
        wanted_by=some.sampled_from([None, 3, 90]),
    )
    def edit(self, body: str, quantity: int, wanted_by: int | None) -> None:
        wanted = {"wanted_by": in_days(wanted_by).isoformat()} if wanted_by else {}
        door, do = ("brouillon", "save") if self.status == "draft" else ("modification", "anyway")
        sent = {**FORM, "body": body, "quantity": str(quantity), **wanted, "do": do}
        self.run(self._ask(self.author, f"/annonces/{self.ad}/{door}", **sent))

    @precondition(lambda self: self.status == "published")
    @rule(outcome=some.sampled_from(list(Outcome)))
    def close(self, outcome: Outcome) -> None:
        self.run(self._ask(self.author, f"/annonces/{self.ad}/cloture", outcome=outcome.value))

    @precondition(lambda self: self.status == "published")
    @rule()
    def report(self) -> None:
        self.run(self._ask("bilal", f"/annonces/{self.ad}/signalement", reason="other", words="Voyez."))

    @precondition(lambda self: self.is_judged)
    @rule(kind=some.sampled_from(["approve", "approve", "ask_changes", "remove"]))
    def judge(self, kind: str) -> None:
        self.run(self._judge(kind))

    @precondition(lambda self: self.is_judged)
    @rule()
    def judge_against(self) -> None:
        self.run(self._judge("ask_changes" if self.status == "published" else "remove"))

    @precondition(lambda self: self.status == "published")
    @rule(helpers=some.sets(some.sampled_from(["bilal", "farid", "denis"]), min_size=1))
    def count_on(self, helpers: set[str]) -> None:
        for helper in sorted(helpers):
            self.run(self._count_on(self.people[helper].id, True))

    @precondition(lambda self: self.status == "published")
    @rule(quantity=some.sampled_from([1, 2, 4]))
    def count_on_two_and_change_how_many(self, quantity: int) -> None:
        self.count_on(helpers={"bilal", "farid"})
        self.edit(body=BODY, quantity=quantity, wanted_by=None)

    @rule(helper=some.sampled_from(["bilal", "farid", "denis"]))
    def count_no_more_on(self, helper: str) -> None:
        self.run(self._count_on(self.people[helper].id, False))

    @rule(days=some.sampled_from([1, 20, 54, 54, 61, 190]), is_job_late=some.booleans())
    def time_passes(self, days: int, is_job_late: bool) -> None:
        self.run(self._pass(timedelta(days=days)))
        if not is_job_late:
            self.run(let_time_pass())

    @precondition(lambda self: self.links)
    @rule(which=some.integers(0, 9), actions=some.lists(some.sampled_from(list(Action)), min_size=1, max_size=2))
    def use_a_link(self, which: int, actions: list[Action]) -> None:
        token = self.links[-1 - which % len(self.links)]
        for action in actions:
            before = self.run(_rows())
            answer = self.run(self._ask("visitor", f"/lien/annonce/{token}", do=action.value))
            changed = self.run(_rows()) != before
            assert answer.status_code in (200, 410)
            assert not (changed and (token in self.used or answer.status_code == 410)), "a link that works twice"
            if changed:
                self.used.add(token)

    @invariant()
    def the_rows_make_sense(self) -> None:
        wrong = self.run(database.rows(ALL_NONSENSE))
        assert not wrong, [row["nonsense"] for row in wrong]

    @invariant()
    def what_changed_is_a_step_of_the_table_and_is_found_as_it_stands(self) -> None:
        now = self.run(_rows())
        for ad in self.before.keys() | now.keys():
            was, is_ = self.before.get(ad), now.get(ad)
            if was and is_ and was["status"] != is_["status"]:
                assert (was["status"], is_["status"]) in ALLOWED
                self.seen.add((was["status"], is_["status"]))
        assert not self.run(told_wrong())
        self.is_judged = self.run(database.value("SELECT EXISTS (SELECT FROM moderation_case WHERE closed_at IS NULL)"))
        self.before = now
        self.run(self._keep_links())
        if self.ad not in now:  # erased, or a draft thrown away: life goes on
            self.write(body=BODY, author=self.author, is_sent=True)

    async def _ask(self, who: str, path: str, **fields: Any) -> httpx.Response:
        """What is refused is undone, as its own transaction would, were it not inside the test's."""
        before = await _savepoint()
        await database.execute("DELETE FROM throttle")
        answer = await self.browsers[who].submit(path, **fields)
        assert answer.status_code < 500, f"{path}: {answer.status_code}"
        if answer.status_code >= 400:
            await before.rollback_to()
        return answer

    async def _judge(self, kind: str) -> None:
        cases = await database.rows("SELECT id FROM moderation_case WHERE closed_at IS NULL ORDER BY opened_at, id")
        if cases:
            before = await _savepoint()
            page = await take(self.browsers["chloe"], cases[0]["id"])
            answer = await decide(self.browsers["chloe"], page, cases[0]["id"], kind)
            assert answer.status_code < 500
            if answer.status_code in (404, 409):
                await before.rollback_to()

    async def _count_on(self, helper: UUID, comes: bool) -> None:
        before = await _savepoint()
        try:
            if comes:
                await commit(self.ad, helper, [""], in_days(1))
            else:
                await uncommit(self.ad, helper, None, None)
        except Refused:
            await before.rollback_to()

    async def _pass(self, days: timedelta) -> None:
        await database.execute(SHIFT, days)
        await database.execute(SHIFT_CASES, days)
        await database.execute("UPDATE decision SET decided_at = decided_at - $1::interval", days)

    async def _keep_links(self) -> None:
        for ad in await database.rows("SELECT id, renewals, reminded_at FROM listing WHERE reminded_at IS NOT NULL"):
            token = ending_link(ad["id"], ad["renewals"], ad["reminded_at"], Action.renew)
            if token not in self.links:
                self.links.append(token)
        await database.execute("DELETE FROM procrastinate_jobs")


async def _savepoint() -> Any:
    return await DB.current_transaction.get().savepoint()


async def _rows() -> dict[UUID, Any]:
    found = await database.rows("SELECT id, status, version, renewals FROM listing")
    return {row["id"]: dict(row) for row in found}


@pytest.fixture
async def browsers(app, anne, bilal, chloe, emilie):
    people = {"anne": anne, "emilie": emilie, "bilal": bilal, "chloe": chloe, "visitor": None}
    found = {name: Browser(transport=httpx.ASGITransport(app=app), base_url="https://site.test") for name in people}
    for name, member in people.items():
        if member:
            await found[name].sign_in(member)
    yield found
    for one in found.values():
        await one.aclose()


async def test_whatever_life_an_ad_has_it_makes_sense(browsers, anne, emilie, bilal, farid, denis):
    class Lived(Life):
        loop = asyncio.get_running_loop()
        people = {"anne": anne, "emilie": emilie, "bilal": bilal, "farid": farid, "denis": denis}
        seen = set()

    Lived.browsers = browsers
    chosen = settings(
        max_examples=80,
        stateful_step_count=50,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    await asyncio.to_thread(run_state_machine_as_test, Lived, settings=chosen)
    by_others = {Step.set_aside, Step.bring_back, Step.let_go, Step.restore, Step.restore_ended}
    # A second moderator and a judge of appeals live elsewhere: tests/moderation/sanctions and appeals.
    lived_here = {(o.value, w.to.value) for step, w in TRANSITIONS.items() if step not in by_others for o in w.origins}
    changes = {(was, is_) for was, is_ in lived_here if was != is_ and "aside" not in (was, is_)}
    assert len(Lived.seen) > 0.7 * len(changes), f"lives too poor: nobody ever went {changes - Lived.seen}"
