"""What the passing of time makes of conversations with the social service."""

import pytest

from app import database
from contacts.social.passing import let_time_pass_over_talks
from members.tables import Role
from tests.helpers.counting import count, logged
from tests.helpers.social import a_photo, a_talk, says, shown_packet, social_worker, taken_up


@pytest.fixture
async def wanda(body):
    return await social_worker("Wanda", "29")


async def test_a_year_after_it_was_closed_nothing_is_left(anne, wanda):
    talk = await a_talk(anne)
    await taken_up(talk, wanda, "Bonjour.")
    await shown_packet(talk, anne)
    await a_photo(talk)
    await says(talk, wanda, "Bonne continuation.", is_person=False)
    await database.execute(
        "UPDATE social_talk SET state = 'closed', closed_at = now() - interval '12 months 1 day' WHERE id = $1", talk
    )
    for _ in range(2):
        await let_time_pass_over_talks()
    for table in ("social_talk", "social_message", "social_file", "social_packet", "notification"):
        assert await count(table) == 0, table
    assert await logged("social.erased") == 1


async def test_before_that_it_is_there(anne, wanda):
    talk = await a_talk(anne)
    await database.execute(
        "UPDATE social_talk SET state = 'closed', closed_at = now() - interval '11 months 20 days' WHERE id = $1", talk
    )
    await let_time_pass_over_talks()
    assert await count("social_talk") == 1


async def test_a_year_of_silence_closes_it_and_says_so(anne, wanda):
    talk, recent = await a_talk(anne), await a_talk(anne)
    await database.execute("UPDATE social_talk SET last_at = now() - interval '13 months' WHERE id = $1", talk)
    for _ in range(2):
        await let_time_pass_over_talks()
    assert await database.value("SELECT state FROM social_talk WHERE id = $1", talk) == "closed"
    assert await database.value("SELECT state FROM social_talk WHERE id = $1", recent) == "waiting"
    assert await database.value("SELECT count(*) FROM social_message WHERE event = 'closed_by_time'") == 1


@pytest.mark.parametrize("how", ["left", "without the role", "elsewhere", "suspended"])
async def test_nobody_is_left_with_a_worker_who_is_gone(anne, wanda, how: str):
    hugo = await social_worker("Hugo", "29")
    talk = await a_talk(anne)
    await taken_up(talk, wanda, "Bonjour.")
    if how == "left":
        await database.execute("DELETE FROM member WHERE id = $1", wanda.id)
    elif how == "without the role":
        await Role.delete().where(Role.member == wanda.id)
    elif how == "elsewhere":
        await database.execute("UPDATE role SET departments = ARRAY['35'] WHERE member = $1", wanda.id)
    else:
        await database.execute("UPDATE member SET suspended_until = now() + interval '9 days' WHERE id = $1", wanda.id)
    for _ in range(2):
        await let_time_pass_over_talks()
    now = await database.row("SELECT state, worker FROM social_talk WHERE id = $1", talk)
    assert (now["state"], now["worker"]) == ("waiting", None)
    waiting = "SELECT count(*) FROM notification WHERE member = $1 AND topic = 'social_waiting' AND read_at IS NULL"
    assert await database.value(waiting, hugo.id) == 1
    assert await database.value("SELECT count(*) FROM social_message WHERE event = 'returned'") == 1


async def test_a_member_who_leaves_takes_their_conversations_with_them(anne, wanda):
    talk = await a_talk(anne)
    await taken_up(talk, wanda, "Bonjour.")
    await database.execute("DELETE FROM membership WHERE member = $1", anne.id)
    await database.execute("DELETE FROM member WHERE id = $1", anne.id)
    assert await count("social_talk") == await count("social_message") == 0
