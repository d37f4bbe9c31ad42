"""A long random walk through the life of ads, by the doors people use; after every step the rows must make sense.

Everyone does anything at any time, also what is no longer possible: the walk is the same for a seed.
"""

import random
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx
import pytest

from app import database
from app.piccolo_conf import DB
from tests.helpers.ads import BODY, draft
from tests.helpers.browser import Browser
from tests.helpers.cases import decide, take
from tests.helpers.finding import told_wrong

STEPS = 600
MOST_STEPS = 4 * STEPS  # a rare thing may need a longer walk
WHOLE = {
    "kind": "request",
    "title": "Garde de deux enfants le jeudi",
    "children": "2",
    "ages": ["child"],
    "home": "theirs",
    "commune": "Brest (29)",
}
HARMLESS, ADVISED = BODY, f"{BODY} Appelez-moi au 06 12 34 56 78."
HELD = "Mon mari est parti en opération au Mali jusqu’au 12 mars, il faut garder deux enfants."

NONSENSE = {
    "two open cases of one thing": """
        SELECT listing FROM moderation_case WHERE closed_at IS NULL
        GROUP BY kind, listing, edit, reply HAVING count(*) > 1""",
    "two edits that wait": """
        SELECT listing FROM listing_edit WHERE state = 'waiting' GROUP BY listing HAVING count(*) > 1""",
    "an ad that waits without an open case": """
        SELECT id FROM listing l WHERE status = 'pending' AND NOT EXISTS (
            SELECT FROM moderation_case c WHERE c.listing = l.id AND c.kind = 'listing' AND c.closed_at IS NULL)""",
    "a case open about an ad that nobody can read": """
        SELECT l.id FROM moderation_case c JOIN listing l ON l.id = c.listing
        WHERE c.kind = 'listing' AND c.closed_at IS NULL AND l.status IN ('draft', 'removed')""",
    "an edit that waits without an open case": """
        SELECT e.id FROM listing_edit e WHERE e.state = 'waiting' AND NOT EXISTS (
            SELECT FROM moderation_case c WHERE c.edit = e.id AND c.closed_at IS NULL)""",
    "an open case about an edit that does not wait": """
        SELECT e.id FROM moderation_case c JOIN listing_edit e ON e.id = c.edit
        WHERE c.closed_at IS NULL AND e.state <> 'waiting'""",
    "an edit that waits for an ad that is not online": """
        SELECT e.id FROM listing_edit e JOIN listing l ON l.id = e.listing
        WHERE e.state = 'waiting' AND l.status <> 'published'""",
    "a published ad that is not whole": """
        SELECT id FROM listing WHERE status = 'published'
        AND (title = '' OR body = '' OR commune IS NULL OR latitude IS NULL OR expires_at <= published_at)""",
    "a decision of a case that is open": """
        SELECT d.id FROM decision d JOIN moderation_case c ON c.id = d."case" WHERE c.closed_at IS NULL""",
    "a decision without its entry in the log": """
        SELECT d.id FROM decision d WHERE NOT EXISTS (
            SELECT FROM audit_entry a WHERE a.action = 'case.decided' AND a.subject = d."case"::text)""",
    "a closed ad without its day": "SELECT id FROM listing WHERE status = 'closed' AND closed_at IS NULL",
    "a case claimed and closed by nobody": """
        SELECT c.id FROM moderation_case c WHERE c.closed_at IS NULL AND c.claimed_by = c.author""",
}
EVERYTHING = {
    "listing.published",
    "listing.held",
    "listing.taken_back",
    "listing.edited",
    "listing.closed",
    "edit.held",
    "edit.withdrawn",
    "thing.reported",
    "case.opened",
    "case.closed",
    "case.decided",
}


class Walk:
    """Two authors, a neighbour who reports, a moderator; each step is a request."""

    def __init__(self, chance: random.Random, browsers: dict[str, Browser], authors: dict[str, Any]) -> None:
        self.chance, self.browsers, self.authors = chance, browsers, authors
        self.ads: list[tuple[str, UUID]] = []
        self.story: list[str] = []

    async def step(self) -> None:
        steps: list[Callable[[], Awaitable[httpx.Response | None]]] = [
            self.write, *3 * [self.send], *3 * [self.take_back], *4 * [self.edit], *3 * [self.withdraw],
            self.close, self.delete, self.report, self.report, *4 * [self.decide], self.change_draft,
        ]  # fmt: skip
        chosen = self.chance.choice(steps) if self.ads else self.write
        before = await DB.current_transaction.get().savepoint()
        answer = await chosen()
        if answer is not None and answer.status_code in (404, 409):
            await before.rollback_to()  # as its own transaction would, were it not inside the test's
        if answer is not None:
            self.story.append(f"{chosen.__name__}: {answer.status_code}")
            assert answer.status_code < 500, self.story[-12:]

    async def write(self) -> None:
        name = self.chance.choice(sorted(self.authors))
        self.ads.append((name, (await draft(self.authors[name], body=self._words())).id))
        self.story.append(f"write as {name}")

    async def send(self) -> httpx.Response:
        return await self._author("publication")

    async def take_back(self) -> httpx.Response:
        return await self._author("reprise")

    async def edit(self) -> httpx.Response:
        do = self.chance.choice(["send", "send", "anyway"])
        return await self._author("modification", **WHOLE, body=self._words(), do=do)

    async def change_draft(self) -> httpx.Response:
        return await self._author("brouillon", **WHOLE, body=self._words(), do="save")

    async def withdraw(self) -> httpx.Response:
        return await self._author("modification/retrait")

    async def close(self) -> httpx.Response:
        return await self._author("cloture", outcome=self.chance.choice(["fulfilled", "withdrawn", "expired"]))

    async def delete(self) -> httpx.Response:
        return await self._author("suppression")

    async def report(self) -> httpx.Response:
        _, ad = self.chance.choice(self.ads[-4:])
        return await self.browsers["neighbour"].submit(f"/annonces/{ad}/signalement", reason="other", words="Voyez.")

    async def decide(self) -> httpx.Response | None:
        cases = await database.rows("SELECT id FROM moderation_case WHERE closed_at IS NULL ORDER BY opened_at, id")
        if not cases:
            return None
        case = self.chance.choice(cases)["id"]
        browser = self.browsers["moderator"]
        page = await take(browser, case)
        return await decide(browser, page, case, self.chance.choice(["approve", "approve", "ask_changes", "remove"]))

    async def _author(self, what: str, **fields: Any) -> httpx.Response:
        name, ad = self.chance.choice(self.ads[-4:])
        return await self.browsers[name].submit(f"/annonces/{ad}/{what}", **fields)

    def _words(self) -> str:
        return self.chance.choice([HARMLESS, HARMLESS, ADVISED, HELD])


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_whatever_happens_in_whatever_order_the_rows_make_sense(seed, app, anne, bilal, chloe, emilie):
    people = {"anne": anne, "emilie": emilie, "neighbour": bilal, "moderator": chloe}
    browsers = {name: Browser(transport=httpx.ASGITransport(app=app), base_url="https://site.test") for name in people}
    for name, member in people.items():
        await browsers[name].sign_in(member)
    walk = Walk(random.Random(seed), browsers, {"anne": anne, "emilie": emilie})
    logged = 0
    for step in range(MOST_STEPS):
        if step >= STEPS and not await _not_yet_done():
            break
        await database.execute("DELETE FROM procrastinate_jobs")
        await database.execute("DELETE FROM throttle")
        await walk.step()
        await _makes_sense(walk)
        logged = await _is_logged(walk, logged)
        await _is_findable(walk)
    for browser in browsers.values():
        await browser.aclose()
    assert not await _not_yet_done(), "the walk never came to this"


async def _not_yet_done() -> set[str]:
    return EVERYTHING - {row["action"] for row in await database.rows("SELECT DISTINCT action FROM audit_entry")}


async def _makes_sense(walk: Walk) -> None:
    for nonsense, sql in NONSENSE.items():
        assert not await database.rows(sql), f"{nonsense}, after {walk.story[-12:]}"


async def _is_logged(walk: Walk, before: int) -> int:
    """The log only grows."""
    now = await database.value("SELECT count(*) FROM audit_entry")
    assert now >= before, walk.story[-12:]
    return now


async def _is_findable(walk: Walk) -> None:
    """What is online is found as it stands, and nothing else is, in the same transaction."""
    assert not await told_wrong(), walk.story[-12:]
