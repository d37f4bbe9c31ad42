"""Two clicks, or two windows: what is done to a conversation is done once, and nobody is told that it failed."""

import asyncio
from uuid import uuid4

import pytest

from app import database
from app.refusals import NotHere, Refused
from contacts.social.closing import close
from contacts.social.handing import take_up
from contacts.social.packets import Packet, attach, withdraw
from contacts.social.saying import NO_LONGER
from tests.helpers.counting import count, logged
from tests.helpers.social import A_PACKET, a_talk, seen_by, social_worker, taken_up

pytestmark = pytest.mark.commits


async def lines(event: str) -> int:
    return await database.value("SELECT count(*) FROM social_message WHERE event = $1", event)


async def test_the_same_results_sent_twice_stand_there_once(anne):
    talk = await seen_by(await a_talk(anne), anne, is_person=True)
    first, second = await asyncio.gather(attach(talk, A_PACKET), attach(talk, A_PACKET))
    assert first == second
    assert await count("social_packet") == 1 and await lines("packet") == 1
    await attach(talk, Packet((), (("Allocations familiales", "Peu probable"),)))
    assert await count("social_packet") == 2
    await withdraw(talk, first)
    assert await attach(talk, A_PACKET) != first, "withdrawn, they may be sent anew"


async def test_results_withdrawn_twice_are_withdrawn(anne, bilal):
    talk = await seen_by(await a_talk(anne), anne, is_person=True)
    packet = await attach(talk, A_PACKET)
    assert await asyncio.gather(withdraw(talk, packet), withdraw(talk, packet)) == [None, None]
    assert await lines("withdrawn") == 1
    with pytest.raises(NotHere):
        await withdraw(await seen_by(await a_talk(bilal), bilal, is_person=True), packet)


async def test_who_takes_a_conversation_up_twice_is_not_told_that_somebody_else_did(anne):
    wanda = await social_worker("Wanda", "29")
    seen = await seen_by(await a_talk(anne), wanda, is_person=False)
    assert await asyncio.gather(take_up(seen, 1, wanda.id), take_up(seen, 1, wanda.id)) == [None, None]
    assert await lines("taken") == 1 and await logged("social.taken") == 1


@pytest.mark.parametrize("word", ["", "Merci, c’est réglé."])
async def test_who_closes_twice_has_closed_once(anne, word):
    seen, once = await seen_by(await a_talk(anne), anne, is_person=True), uuid4()
    before = await count("social_message")
    assert await asyncio.gather(close(seen, word, once), close(seen, word, once)) == [None, None]
    assert await count("social_message") == before + 1 + bool(word) and await logged("social.closed") == 1


async def test_another_last_word_is_not_lost_without_a_warning(anne):
    seen = await seen_by(await a_talk(anne), anne, is_person=True)
    await close(seen, "", uuid4())
    with pytest.raises(Refused, match=NO_LONGER):
        await close(seen, "Une dernière chose.", uuid4())


async def test_who_closes_what_the_other_side_closed_is_told(anne):
    wanda, talk = await social_worker("Wanda", "29"), await a_talk(anne)
    await taken_up(talk, wanda)
    theirs, mine = await seen_by(talk, wanda, is_person=False), await seen_by(talk, anne, is_person=True)
    done = await asyncio.gather(close(theirs, "", uuid4()), close(mine, "", uuid4()), return_exceptions=True)
    assert sorted(map(repr, done)) == sorted([repr(None), repr(Refused(NO_LONGER))])
