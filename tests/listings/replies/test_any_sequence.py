"""Whatever members and moderators do, in any order: the ad counts what everybody can read, and nothing waits unread."""

from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import database
from app.piccolo_conf import DB
from tests.helpers.ads import published
from tests.helpers.browser import Browser
from tests.helpers.cases import take_and_decide
from tests.helpers.replies import HELD, counted, visible

WHO = st.sampled_from(["anne", "bilal", "emilie"])
BODY = st.sampled_from(["Bonjour.", "Bonsoir à tous.", HELD])
WHICH = st.integers(0, 6)
DOING = st.one_of(
    st.tuples(st.just("say"), WHO, BODY, st.none() | WHICH),
    st.tuples(st.just("edit"), WHO, BODY, WHICH),
    st.tuples(st.just("delete"), WHO, st.just(""), WHICH),
    st.tuples(st.just("report"), WHO, st.just(""), WHICH),
    st.tuples(st.just("decide"), st.just("chloe"), st.sampled_from(["approve", "ask_changes", "remove"]), WHICH),
)
NONSENSE = {
    "a change that waits for nobody": """
        SELECT id FROM reply r WHERE waiting_body IS NOT NULL AND NOT EXISTS (
            SELECT FROM moderation_case c WHERE c.reply = r.id AND c.closed_at IS NULL)""",
    "a held reply that waits for nobody": """
        SELECT id FROM reply r WHERE state = 'held' AND NOT EXISTS (
            SELECT FROM moderation_case c WHERE c.reply = r.id AND c.closed_at IS NULL)""",
    "a change of what is not visible": "SELECT id FROM reply WHERE waiting_body IS NOT NULL AND state <> 'published'",
    "a case with nothing to judge": """
        SELECT c.id FROM moderation_case c JOIN reply r ON r.id = c.reply WHERE c.closed_at IS NULL
        AND (r.state NOT IN ('published', 'held') OR (r.state = 'published' AND r.waiting_body IS NULL
            AND NOT EXISTS (SELECT FROM report WHERE "case" = c.id)))""",
    "an answer to an answer": """
        SELECT r.id FROM reply r JOIN reply p ON p.id = r.parent
        WHERE p.parent IS NOT NULL OR p.listing <> r.listing""",
    "a best answer that is gone": """
        SELECT t.listing FROM tip t JOIN reply r ON r.id = t.best WHERE r.state <> 'published'""",
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DOING, min_size=3, max_size=14))
async def test_any_sequence_keeps_the_count(browser, anne, bilal, emilie, chloe, steps):
    people = {"anne": anne, "bilal": bilal, "emilie": emilie, "chloe": chloe}
    before = await DB.current_transaction.get().savepoint()
    ad = (await published(anne, "tips")).id
    for what, who, how, which in steps:
        await browser.sign_in(people[who])
        await _do(browser, ad, what, how, await _pick(ad, which))
        assert await counted(ad) == await visible(ad), (what, who, how)
        wrong = {name: found for name, sql in NONSENSE.items() if (found := await database.rows(sql))}
        assert not wrong, (what, who, how)
    await before.rollback_to()


async def _pick(ad: UUID, which: int | None) -> int | None:
    numbers = [row["id"] for row in await database.rows("SELECT id FROM reply WHERE listing = $1 ORDER BY id", ad)]
    return numbers[which % len(numbers)] if numbers and which is not None else None


async def _do(browser: Browser, ad: UUID, what: str, how: Any, reply: int | None) -> None:
    """Whatever the site answers is fine, but a crash."""
    if what == "say" and reply is None:
        await browser.submit(f"/annonces/{ad}/reponses", body=how)
    elif what == "say":
        await browser.submit(f"/reponses/{reply}/reponse", body=how, quote="on")
        await browser.submit(f"/annonces/{ad}/meilleure-reponse", reply=reply)
    elif what == "edit":
        version = await database.value("SELECT version FROM reply WHERE id = $1", reply)
        await browser.submit(f"/reponses/{reply}/modification", body=how, version=version)
    elif what == "delete":
        await browser.submit(f"/reponses/{reply}/suppression")
    elif what == "report":
        await browser.submit(f"/reponses/{reply}/signalement", reason="market")
    elif case := await database.value(
        "SELECT id FROM moderation_case WHERE listing = $1 AND closed_at IS NULL ORDER BY id LIMIT 1", ad
    ):
        await take_and_decide(browser, case, how)
