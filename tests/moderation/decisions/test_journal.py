"""What was decided can be read again, and rewritten by nobody."""

import asyncpg
import pytest

from app import database
from app.paging import SIZE
from moderation import audit
from tests.helpers.ads import pending
from tests.helpers.browser import said, words
from tests.helpers.cases import WORDS, case_of, take_and_decide
from tests.helpers.sanctions import taken


async def test_the_journal_says_who_decided_what_and_why(browser, chloe, emilie):
    listing = await pending(emilie, title="Garde du soir")
    await take_and_decide(await browser.sign_in(chloe), (await case_of(listing.id))["id"], "ask_changes")
    page = said(await browser.get("/moderation/journal"))
    for shown in ("Garde du soir", "Renvoyée pour correction", "Demande à préciser", WORDS, "Chloe"):
        assert shown in page


async def test_an_empty_journal_says_so(browser, chloe):
    assert "Aucune décision" in said(await (await browser.sign_in(chloe)).get("/moderation/journal"))


async def test_a_moderator_reads_the_decisions_of_their_scope_only(browser, chloe, farid, emilie):
    await browser.sign_in(chloe)
    for category in ("pet_care", "childcare"):
        listing = await pending(emilie, category, title=f"Dans {category}")
        await take_and_decide(browser, (await case_of(listing.id))["id"], "approve")
    page = said(await (await browser.sign_in(farid)).get("/moderation/journal"))
    assert "Dans pet_care" in page
    assert "Dans childcare" not in page


async def test_the_journal_is_paged_and_costs_the_same_on_every_page(browser, chloe, emilie):
    for number in range(SIZE + 3):
        listing = await pending(emilie, title=f"Annonce numéro {number:02}")
        await database.execute(
            "WITH closed AS (UPDATE moderation_case SET closed_at = now() WHERE listing = $1 RETURNING id)"
            ' INSERT INTO decision ("case", moderator, author, kind, reason, words, decided_at)'
            " SELECT id, $2, $3, 'approve', '', '', now() FROM closed",
            listing.id,
            chloe.id,
            emilie.id,
        )
    await browser.sign_in(chloe)
    first = await browser.get("/moderation/journal")
    older = first.text.split('href="/moderation/journal?apres=')[1].split('"')[0]
    before = database.asked
    second = await browser.get(f"/moderation/journal?apres={older}")
    assert database.asked - before <= 4
    shown = [[f"numéro {n:02}" in page.text for n in range(SIZE + 3)] for page in (first, second)]
    assert (sum(shown[0]), sum(shown[1])) == (SIZE, 3)
    assert "Revenir au début" in said(second)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET actor = NULL", "DELETE FROM audit_entry", "TRUNCATE audit_entry CASCADE"],
)
async def test_the_log_refuses_to_be_rewritten(emilie, statement):
    await audit.record("tried", by=emilie.id, kind="member", subject=emilie.id)
    with pytest.raises(asyncpg.RestrictViolationError) as refused:
        await database.execute(statement)
    assert refused.value.constraint_name == "audit_is_append_only"


async def test_a_line_says_the_reference_the_article_and_the_measure(browser, anne, chloe):
    sanction = await taken(anne, "warn", by=chloe)
    reference = await database.value(
        "SELECT reference FROM decision d JOIN sanction s ON s.decision = d.id WHERE s.id = $1", sanction
    )
    await browser.sign_in(chloe)
    page = words(await browser.get("/moderation/journal"))
    assert reference in page
    assert "article 7" in page
    assert "Avertissement" in page
    await database.execute("UPDATE decision SET overturned_at = now()")
    assert "annulée après un recours" in words(await browser.get("/moderation/journal"))
