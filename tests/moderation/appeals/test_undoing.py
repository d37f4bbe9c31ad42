"""What an upheld appeal gives back: each kind of thing, with the time it was away, and the records it had spoilt."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from app import database
from app.database import transaction
from listings.life.term import LIVES
from listings.tables import Listing
from members.tables import Member
from messaging.access import conversation
from moderation.decisions.undoing import undo
from tests.helpers.ads import closed, content, in_days, pending, published
from tests.helpers.appeals import case_about, decide_of
from tests.helpers.cases import case_of, said_under
from tests.helpers.exchanges import helping, word_of_thanks
from tests.helpers.jobs import run_jobs
from tests.helpers.talks import answered

SOON = timedelta(minutes=5)


async def row(listing: UUID):
    found = await database.row("SELECT * FROM listing WHERE id = $1", listing)
    assert found is not None
    return found


async def undone(decision: UUID) -> None:
    async with transaction():
        await undo(decision)


async def days_ago(days: int, listing: Listing, decision: UUID) -> None:
    """As if all of it had happened so long ago."""
    ago = timedelta(days=days)
    await database.execute(
        "UPDATE listing SET published_at = published_at - $2::interval, expires_at = expires_at - $2::interval,"
        " closed_at = closed_at - $2::interval WHERE id = $1",
        listing.id,
        ago,
    )
    await database.execute(
        """
        UPDATE before_decision SET stood = jsonb_set(stood, '{ad}', stood->'ad' || (
            SELECT jsonb_object_agg(key, to_jsonb((value #>> '{}')::timestamptz - $2::interval))
            FROM jsonb_each(stood->'ad') WHERE key LIKE '%at' AND jsonb_typeof(value) = 'string'))
        WHERE decision = $1
        """,
        decision,
        ago,
    )


async def test_a_removed_ad_comes_back_with_the_days_it_had_left(anne, chloe):
    ad = await published(anne, published_at=datetime.now(UTC) - timedelta(days=20))
    decision = await decide_of(await case_about(ad), chloe, "remove")
    await days_ago(90, ad, decision)
    await undone(decision)
    back = await row(ad.id)
    assert back["status"] == "published"
    assert abs(back["expires_at"] - (datetime.now(UTC) + LIVES - timedelta(days=20))) < SOON
    assert back["published_at"] is not None


async def test_but_never_beyond_its_own_last_day(anne, chloe):
    ad = await published(anne, wanted_by=in_days(3))
    decision = await decide_of(await case_about(ad), chloe, "remove")
    until = (await row(ad.id))["expires_at"]
    await undone(decision)
    assert (await row(ad.id))["expires_at"] <= until


async def test_an_ad_whose_day_has_passed_meanwhile_comes_back_as_ended(anne, chloe):
    ad = await published(anne, wanted_by=in_days(3))
    decision = await decide_of(await case_about(ad), chloe, "remove")
    await database.execute("UPDATE listing SET wanted_by = $2 WHERE id = $1", ad.id, in_days(-10))
    await undone(decision)
    back = await row(ad.id)
    assert (back["status"], back["outcome"]) == ("closed", "expired")


@pytest.mark.parametrize("outcome", ["fulfilled", "withdrawn", "expired"])
async def test_an_ad_that_had_ended_comes_back_ended_the_same_way(anne, chloe, outcome):
    ad = await closed(anne, outcome=outcome)
    decision = await decide_of(await case_about(ad), chloe, "remove")
    assert (await row(ad.id))["outcome"] is None
    await days_ago(30, ad, decision)
    await undone(decision)
    back = await row(ad.id)
    assert (back["status"], back["outcome"]) == ("closed", outcome)
    assert abs(back["closed_at"] - datetime.now(UTC)) < SOON, "what was left of its six months counts from here"


async def test_an_ad_removed_before_anybody_read_it_begins_its_life(emilie, chloe):
    ad = await pending(emilie)
    decision = await decide_of((await case_of(ad.id))["id"], chloe, "remove")
    await undone(decision)
    back = await row(ad.id)
    assert back["status"] == "published"
    assert abs(back["expires_at"] - (datetime.now(UTC) + LIVES)) < SOON


async def test_an_ad_sent_back_goes_online_again_as_it_was(anne, chloe):
    ad = await published(anne, published_at=datetime.now(UTC) - timedelta(days=20))
    decision = await decide_of(await case_about(ad), chloe, "ask_changes")
    assert (await row(ad.id))["published_at"] is None
    await undone(decision)
    back = await row(ad.id)
    assert back["status"] == "published"
    assert abs(back["published_at"] - ad.published_at) < SOON
    assert abs(back["expires_at"] - ad.expires_at) < SOON


async def test_unless_its_author_has_rewritten_it(anne, chloe):
    ad = await published(anne)
    decision = await decide_of(await case_about(ad), chloe, "ask_changes")
    await database.execute("UPDATE listing SET body = 'Autre chose.' WHERE id = $1", ad.id)
    await undone(decision)
    assert (await row(ad.id))["status"] == "draft"
    assert await database.value("SELECT overturned_at IS NOT NULL FROM decision")


async def test_or_sent_it_again_already(anne, chloe):
    ad = await published(anne)
    decision = await decide_of(await case_about(ad), chloe, "ask_changes")
    await database.execute("UPDATE listing SET status = 'pending', title = 'Corrigée' WHERE id = $1", ad.id)
    await undone(decision)
    assert (await row(ad.id))["status"] == "pending"


async def test_undone_twice_it_is_undone_once(anne, chloe):
    ad = await published(anne)
    decision = await decide_of(await case_about(ad), chloe, "remove")
    await undone(decision)
    version = (await row(ad.id))["version"]
    await undone(decision)
    assert (await row(ad.id))["version"] == version


async def test_photos_come_back_with_their_ad(anne, chloe):
    ad = await published(anne)
    photo = await database.value(
        "INSERT INTO photo (listing, width, height, added_at) VALUES ($1, 40, 30, now()) RETURNING id", ad.id
    )
    await database.execute("UPDATE listing SET photos = ARRAY[$2::uuid] WHERE id = $1", ad.id, photo)
    decision = await decide_of(await case_about(ad), chloe, "remove")
    await undone(decision)
    assert (await row(ad.id))["photos"] == [photo]
    assert await database.value("SELECT count(*) FROM photo WHERE id = $1", photo) == 1


@pytest.mark.parametrize("state", ["published", "held"])
async def test_a_removed_reply_is_read_and_counted_again(anne, bilal, chloe, state):
    ad = await published(anne)
    await database.execute("UPDATE listing SET replies = 1 WHERE id = $1 AND $2", ad.id, state == "published")
    reply = await said_under(ad.id, bilal, "Est-ce libre ?", state)
    decision = await decide_of(await case_about(ad, reply=reply, author=bilal.id), chloe, "remove")
    assert (await row(ad.id))["replies"] == 0
    await undone(decision)
    assert await database.value("SELECT state FROM reply WHERE id = $1", reply) == "published"
    assert (await row(ad.id))["replies"] == 1


async def test_a_reply_its_author_deleted_stays_deleted(anne, bilal, chloe):
    ad = await published(anne)
    reply = await said_under(ad.id, bilal, "Est-ce libre ?")
    decision = await decide_of(await case_about(ad, reply=reply, author=bilal.id), chloe, "remove")
    await database.execute("UPDATE reply SET state = 'deleted', body = '' WHERE id = $1", reply)
    await undone(decision)
    assert await database.value("SELECT state FROM reply WHERE id = $1", reply) == "deleted"


async def test_a_refused_change_of_a_reply_is_made(anne, bilal, chloe):
    ad = await published(anne)
    reply = await said_under(ad.id, bilal, "Est-ce libre ?")
    await database.execute("UPDATE reply SET waiting_body = 'Est-ce libre jeudi ?' WHERE id = $1", reply)
    decision = await decide_of(await case_about(ad, reply=reply, author=bilal.id), chloe, "ask_changes")
    await undone(decision)
    now_says = await database.row("SELECT body, refused_body FROM reply WHERE id = $1", reply)
    assert tuple(now_says) == ("Est-ce libre jeudi ?", None)


async def test_but_not_one_its_author_has_replaced(anne, bilal, chloe):
    ad = await published(anne)
    reply = await said_under(ad.id, bilal, "Est-ce libre ?")
    await database.execute("UPDATE reply SET waiting_body = 'Est-ce libre jeudi ?' WHERE id = $1", reply)
    decision = await decide_of(await case_about(ad, reply=reply, author=bilal.id), chloe, "ask_changes")
    await database.execute("UPDATE reply SET refused_body = 'Encore autre chose' WHERE id = $1", reply)
    await undone(decision)
    assert await database.value("SELECT body FROM reply WHERE id = $1", reply) == "Est-ce libre ?"


async def held_edit(ad: Listing, title: str) -> UUID:
    return await database.value(
        "INSERT INTO listing_edit (listing, content, made_at, state) VALUES ($1, $2::text::jsonb, clock_timestamp(),"
        " 'waiting') RETURNING id",
        ad.id,
        msgspec.json.encode(content(ad.category, title=title)).decode(),
    )


async def test_a_refused_edit_is_made(anne, chloe):
    ad = await published(anne)
    edit = await held_edit(ad, "Un titre plus juste")
    decision = await decide_of(await case_about(ad, edit=edit), chloe, "ask_changes")
    await undone(decision)
    assert (await row(ad.id))["title"] == "Un titre plus juste"
    assert await database.value("SELECT state FROM listing_edit WHERE id = $1", edit) == "accepted"


async def test_but_not_over_a_later_one(anne, chloe):
    ad = await published(anne)
    edit = await held_edit(ad, "Un titre plus juste")
    decision = await decide_of(await case_about(ad, edit=edit), chloe, "ask_changes")
    await database.execute(
        "UPDATE listing SET title = 'Encore mieux', updated_at = clock_timestamp() WHERE id = $1", ad.id
    )
    await undone(decision)
    assert (await row(ad.id))["title"] == "Encore mieux"
    assert await database.value("SELECT state FROM listing_edit WHERE id = $1", edit) == "refused"


@pytest.mark.parametrize(("was", "is_now"), [("published", "published"), ("sealed", "sealed")])
async def test_a_removed_word_of_thanks_comes_back_as_it_was(anne, bilal, chloe, was, is_now):
    ad = await closed(anne, "helping_hand")
    word = await word_of_thanks(await helping(ad.id, bilal, anne), anne, bilal, "Merci !", was)
    await database.execute("UPDATE thanks SET opens_at = now() + interval '5 days' WHERE id = $1", word)
    decision = await decide_of(await case_about(ad, thanks=word), chloe, "remove")
    assert await database.value("SELECT state FROM thanks WHERE id = $1", word) == "removed"
    await undone(decision)
    assert await database.value("SELECT state FROM thanks WHERE id = $1", word) == is_now


async def trust(member: Member) -> tuple[bool, int]:
    found = await database.row(
        "SELECT trusted_at IS NOT NULL, approved_publications FROM member WHERE id = $1", member.id
    )
    assert found is not None
    return tuple(found)


async def test_trust_comes_back_with_what_it_was_lost_for(anne, chloe):
    await database.execute("UPDATE member SET approved_publications = 4 WHERE id = $1", anne.id)
    decision = await decide_of(await case_about(await published(anne)), chloe, "remove")
    assert await trust(anne) == (False, 0)
    await undone(decision)
    assert await trust(anne) == (True, 4)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_of_two_removals_trust_comes_back_with_the_second_that_falls(anne, chloe, order):
    await database.execute("UPDATE member SET approved_publications = 4 WHERE id = $1", anne.id)
    decisions = [await decide_of(await case_about(await published(anne)), chloe, "remove") for _ in range(2)]
    await undone(decisions[order[0]])
    assert await trust(anne) == (False, 0)
    await undone(decisions[order[1]])
    assert await trust(anne) == (True, 4)


async def test_what_was_approved_since_is_not_lost(emilie, chloe):
    await database.execute("UPDATE member SET approved_publications = 1 WHERE id = $1", emilie.id)
    decision = await decide_of(await case_about(await published(emilie)), chloe, "remove")
    await database.execute("UPDATE member SET approved_publications = 2 WHERE id = $1", emilie.id)
    await undone(decision)
    assert await trust(emilie) == (False, 2)


async def test_a_sanction_taken_with_it_is_lifted_and_reporters_were_wrong(anne, bilal, chloe):
    case = await case_about(await published(anne))
    await database.execute(
        'INSERT INTO report ("case", reporter, reason, words, made_at) VALUES ($1, $2, $3, $4, now())',
        case, bilal.id, "market", "",
    )  # fmt: skip
    decision = await decide_of(case, chloe, "remove")
    await database.execute("UPDATE report SET outcome = 'founded'")
    await database.execute(
        "INSERT INTO sanction (member, decision, kind, reason, facts, words, days, state, proposed_by, proposed_at,"
        " starts_at, ends_at) VALUES ($1, $2, 'no_posting', 'unclear', 'f', 'w', 7, 'active', $3, now(), now(),"
        " now() + interval '7 days')",
        anne.id,
        decision,
        chloe.id,
    )
    await database.execute("UPDATE member SET no_posting_until = now() + interval '7 days' WHERE id = $1", anne.id)
    await undone(decision)
    assert await database.value("SELECT state FROM sanction") == "lifted"
    assert await database.value("SELECT no_posting_until FROM member WHERE id = $1", anne.id) is None
    assert await database.value("SELECT outcome FROM report") == "unfounded"


async def test_those_who_talked_about_the_ad_read_its_title_again(anne, bilal, chloe):
    ad = await published(anne, title="Poussette pliante")
    talk = await answered(ad.id, bilal.id)
    decision = await decide_of(await case_about(ad), chloe, "remove")
    await undone(decision)
    assert (await conversation(talk, bilal.id)).title == "Poussette pliante"


async def test_of_a_member_who_stays_suspended_it_comes_back_aside(anne, chloe):
    ad = await published(anne, published_at=datetime.now(UTC) - timedelta(days=20))
    decision = await decide_of(await case_about(ad), chloe, "remove")
    await database.execute("UPDATE member SET suspended_until = now() + interval '9 days' WHERE id = $1", anne.id)
    await undone(decision)
    await run_jobs()
    assert (await row(ad.id))["status"] == "aside"


async def test_an_ad_removed_while_it_was_aside_has_the_days_it_had_then(anne, chloe):
    ad = await published(anne, published_at=datetime.now(UTC) - timedelta(days=20))
    await database.execute(
        "UPDATE listing SET status = 'aside', set_aside_at = now() - interval '30 days',"
        " expires_at = now() + interval '10 days' WHERE id = $1",
        ad.id,
    )
    decision = await decide_of(await case_about(ad), chloe, "remove")
    await undone(decision)
    back = await row(ad.id)
    assert back["status"] == "published"
    assert abs(back["expires_at"] - (datetime.now(UTC) + timedelta(days=40))) < SOON
