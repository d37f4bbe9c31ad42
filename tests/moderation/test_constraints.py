"""Every rule the database keeps, broken once."""

from uuid import uuid4

import asyncpg
import pytest

from app import database
from tests.helpers.ads import pending, published
from tests.helpers.cases import case_of, said_under
from tests.helpers.decisions import decided

CASE = (
    "INSERT INTO moderation_case (kind, listing, edit, reply, author, category, department, risk, due_at, findings,"
    " opened_at, version, claimed_by, claimed_until) VALUES ($1, $2, $3, $4, $5, 'childcare', '29', 0, now(), '[]',"
    " now(), 1, $6, CASE WHEN $7 THEN now() END) RETURNING id"
)
REPORT = "INSERT INTO report (\"case\", reporter, reason, words, made_at) VALUES ($1, $2, $3, '', now())"


async def _case(listing, *, kind="listing", edit=None, reply=None, claimed_by=None, until=False):
    return await database.value(CASE, kind, listing.id, edit, reply, listing.author, claimed_by, until)


async def _edit(listing):
    return await database.value(
        "INSERT INTO listing_edit (listing, content, made_at, state) VALUES ($1, '{}', now(), 'waiting') RETURNING id",
        listing.id,
    )


async def _refused(name: str, broken) -> None:
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
        await broken
    assert name in (refused.value.constraint_name or str(refused.value))


async def test_a_case_is_about_an_ad_an_edit_or_a_reply(anne):
    await _refused("known_kind", _case(await published(anne), kind="member"))


async def test_a_case_about_an_edit_names_it(anne):
    await _refused("names_its_thing", _case(await published(anne), kind="edit"))


async def test_a_case_about_an_ad_names_no_reply(anne, bilal):
    listing = await published(anne)
    reply = await said_under(listing.id, bilal, "Bonjour")
    await _refused("names_its_thing", _case(listing, reply=reply))


async def test_an_ad_has_one_open_case(anne):
    await _refused("one_open_case_per_listing", _case(await pending(anne)))


async def test_an_edit_has_one_open_case(anne):
    listing = await published(anne)
    edit = await _edit(listing)
    await _case(listing, kind="edit", edit=edit)
    await _refused("one_open_case_per_edit", _case(listing, kind="edit", edit=edit))


async def test_a_reply_has_one_open_case(anne, bilal):
    listing = await published(anne)
    reply = await said_under(listing.id, bilal, "Bonjour")
    await _case(listing, kind="reply", reply=reply)
    await _refused("one_open_case_per_reply", _case(listing, kind="reply", reply=reply))


async def test_a_claim_has_an_end(anne, chloe):
    await _refused("claim_is_whole", _case(await published(anne), claimed_by=chloe.id))


async def test_an_author_never_claims_their_own_case(anne):
    await _refused("never_by_the_author", _case(await published(anne), claimed_by=anne.id, until=True))


async def test_a_report_has_a_known_reason(anne, bilal):
    case = await case_of((await pending(anne)).id)
    await _refused("known_reason", database.execute(REPORT, case["id"], bilal.id, "spite"))


async def test_a_case_is_decided_once(anne, chloe):
    case = await case_of((await pending(anne)).id)
    await decided(case["id"], chloe.id, anne.id, "approve", "", "")
    await _refused("decision_case", decided(case["id"], chloe.id, anne.id, "remove", "unclear", "Parce que."))


async def test_a_decision_is_of_a_known_kind(anne, chloe):
    case = await case_of((await pending(anne)).id)
    await _refused("known_decision", decided(case["id"], chloe.id, anne.id, "ban", "unclear", "Parce que."))


@pytest.mark.parametrize(("reason", "words"), [("", "Parce que."), ("unclear", "")])
@pytest.mark.parametrize("kind", ["ask_changes", "remove"])
async def test_a_refusal_is_explained(anne, chloe, kind, reason, words):
    case = await case_of((await pending(anne)).id)
    await _refused("complete_statement", decided(case["id"], chloe.id, anne.id, kind, reason, words))


async def test_nobody_decides_of_their_own(anne):
    case = await case_of((await pending(anne)).id)
    await _refused("no_conflict_of_interest", decided(case["id"], anne.id, anne.id, "approve", "", ""))


async def test_a_moderator_who_decided_cannot_vanish(anne, chloe):
    case = await case_of((await pending(anne)).id)
    await decided(case["id"], chloe.id, anne.id, "approve", "", "")
    await _refused("moderator", database.execute("DELETE FROM member WHERE id = $1", chloe.id))


async def test_a_case_is_about_an_ad_that_is_there(anne):
    listing = await published(anne)
    listing.id = uuid4()
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await _case(listing)
