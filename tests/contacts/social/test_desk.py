"""The desk of the social service: each sees what is theirs to answer, and two never take up the same person."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import database
from app.refusals import Refused
from contacts.kinds import Topic
from contacts.social import desk
from contacts.social.desk import desk_of, in_words
from contacts.social.handing import hand_over, take_up
from contacts.social.workers import Worker, who_answers, workers
from members.tables import Role
from tests.helpers.browser import words
from tests.helpers.counting import logged
from tests.helpers.social import a_talk, says, seen_by, social_worker, taken_up, works_for


def path(talk, more: str = "") -> str:
    return f"/service-social/conversations/{talk}{more}"


async def desk_of_member(member):
    return await desk_of(next(worker for worker in await workers() if worker.id == member.id))


async def waiting_for(member) -> list:
    return [line.talk.id for line in (await desk_of_member(member)).waiting]


async def test_the_desk_is_for_social_workers_alone(browser, anne, chloe, denis):
    for member in (anne, chloe, denis):
        await browser.sign_in(member)
        assert (await browser.get("/service-social/bureau")).status_code == 403


async def test_whoever_waits_longest_comes_first(browser, anne, bilal):
    wanda = await social_worker("Wanda", "29")
    first, second = await a_talk(anne, topic="money"), await a_talk(bilal)
    assert await waiting_for(wanda) == [first, second]
    await browser.sign_in(wanda)
    page = await browser.get("/service-social/bureau")
    assert page.text.index("Budget et dettes") < page.text.index("Logement</strong>")
    assert "payer mon loyer" not in page.text


async def test_of_many_that_wait_the_desk_reads_the_oldest_of_those_it_may_take_up(anne, bilal, monkeypatch):
    monkeypatch.setattr(desk, "MOST", 1)
    wanda = await social_worker("Wanda", "29", topics=("housing",))
    await social_worker("Hugo", "29", topics=("money",))
    await a_talk(anne, topic="money")
    oldest = await a_talk(bilal, topic="housing")
    await a_talk(topic="housing")
    assert await waiting_for(wanda) == [oldest]


async def test_each_sees_their_departments(anne, body):
    wanda, hugo, everywhere = [await social_worker(*one) for one in (("Wanda", "29"), ("Hugo", "35"), ("Ines",))]
    here, there = await a_talk(anne), await a_talk(department="35")
    assert await waiting_for(wanda) == [here]
    assert await waiting_for(hugo) == [there]
    assert await waiting_for(everywhere) == [here, there]


async def test_each_sees_the_topics_they_know_unless_nobody_knows_them(anne, body):
    wanda = await social_worker("Wanda", "29", topics=("money",))
    hugo = await social_worker("Hugo", "29", topics=("housing", "family"))
    loyer, deuil = await a_talk(anne, topic="housing"), await a_talk(topic="bereavement")
    assert await waiting_for(wanda) == [deuil]
    assert await waiting_for(hugo) == [loyer, deuil]


async def test_nobody_answers_themselves(browser, anne):
    await works_for(anne, "29")
    talk = await a_talk(anne)
    assert await waiting_for(anne) == []
    assert await database.value("SELECT count(*) FROM notification WHERE member = $1", anne.id) == 0
    await browser.sign_in(anne)
    assert "Prendre en charge" not in (await browser.get(path(talk))).text
    assert (await browser.submit(path(talk, "/prise-en-charge"), version=1)).status_code == 404


async def test_taking_up_answers_and_tells_the_person_who_follows(browser, another_browser, anne):
    wanda = await social_worker("Wanda", "29")
    talk = await a_talk(anne)
    await browser.sign_in(wanda)
    page = await browser.get(path(talk))
    assert "payer mon loyer" in page.text and "Prendre en charge" in page.text
    assert 'id="thread-write"' not in page.text
    await browser.submit(path(talk, "/prise-en-charge"), version=1)
    assert await database.value("SELECT count(*) FROM notification WHERE read_at IS NULL") == 0
    await browser.submit(path(talk), text="Bonjour Anne.")
    await another_browser.sign_in(anne)
    page = await another_browser.get(path(talk))
    assert "Wanda suit maintenant cette conversation" in words(page) and "Bonjour Anne." in page.text
    entry = await database.row("SELECT * FROM audit_entry WHERE action = 'social.taken'")
    assert entry["actor"] == wanda.id and entry["facts"] == "{}"


async def test_of_two_with_the_same_page_the_second_is_told(browser, another_browser, anne):
    wanda, hugo = await social_worker("Wanda", "29"), await social_worker("Hugo", "29")
    talk = await a_talk(anne)
    seen = await seen_by(talk, hugo, is_person=False)
    await browser.sign_in(wanda)
    await browser.submit(path(talk, "/prise-en-charge"), version=1)
    with pytest.raises(Refused, match="Quelqu’un d’autre"):
        await take_up(seen, 1, hugo.id)
    await another_browser.sign_in(hugo)
    assert (await another_browser.get(path(talk))).status_code == 404
    assert (await another_browser.submit(path(talk), text="Bonjour")).status_code == 404


@pytest.mark.commits
async def test_of_ten_at_the_same_moment_one_takes_it_up(anne):
    team = [await social_worker(f"Wanda{n}", "29") for n in range(10)]
    talk = await a_talk(anne)
    seen = [await seen_by(talk, one, is_person=False) for one in team]
    done = await asyncio.gather(
        *(take_up(one, 1, worker.id) for one, worker in zip(seen, team, strict=True)), return_exceptions=True
    )
    assert sum(one is None for one in done) == 1
    assert all(one is None or isinstance(one, Refused) for one in done), done
    assert await logged("social.taken") == 1


async def test_a_conversation_passes_to_a_colleague_with_all_that_was_said(browser, another_browser, anne):
    wanda, hugo = await social_worker("Wanda", "29"), await social_worker("Hugo", "29")
    talk = await a_talk(anne)
    await taken_up(talk, wanda, "Je vous réponds.")
    await browser.sign_in(wanda)
    assert "Hugo" in (await browser.get(path(talk))).text
    done = await browser.submit(path(talk, "/transmission"), version=2, to=str(hugo.id))
    assert done.headers["location"] == "/service-social/bureau"
    assert (await browser.get(path(talk))).status_code == 404
    await another_browser.sign_in(hugo)
    page = await another_browser.get(path(talk))
    assert "payer mon loyer" in page.text and "Je vous réponds." in page.text
    assert await database.value("SELECT count(*) FROM notification WHERE topic = 'social_handed'") == 1


async def test_it_passes_to_nobody_who_does_not_act_there(browser, anne, bilal, chloe):
    wanda, far = await social_worker("Wanda", "29"), await social_worker("Hugo", "35")
    await works_for(anne, "29")
    talk = await a_talk(anne)
    await taken_up(talk, wanda)
    await browser.sign_in(wanda)
    for whom in (bilal, chloe, far, anne):
        answer = await browser.submit(path(talk, "/transmission"), version=2, to=str(whom.id))
        assert answer.status_code == 409
    seen = await seen_by(talk, far, is_person=False)
    with pytest.raises(Refused):
        await hand_over(seen, 2, wanda.id, far.id)


async def test_put_back_it_waits_for_anybody_again(browser, anne):
    wanda, hugo = await social_worker("Wanda", "29"), await social_worker("Hugo", "29")
    talk = await a_talk(anne)
    await taken_up(talk, wanda)
    await browser.sign_in(wanda)
    await browser.submit(path(talk, "/transmission"), version=2)
    assert await waiting_for(hugo) == [talk]
    assert await database.value("SELECT count(*) FROM notification WHERE read_at IS NULL") == 2


async def test_a_worker_who_lost_the_role_or_is_suspended_has_no_door(browser, anne):
    wanda = await social_worker("Wanda", "29")
    talk = await a_talk(anne)
    await taken_up(talk, wanda)
    await browser.sign_in(wanda)
    assert (await browser.get(path(talk))).status_code == 200
    await database.execute("UPDATE member SET suspended_until = now() + interval '1 day' WHERE id = $1", wanda.id)
    assert (await browser.get(path(talk))).status_code == 404
    assert (await browser.get("/service-social/bureau")).status_code == 403
    await database.execute("UPDATE member SET suspended_until = NULL")
    await database.execute("UPDATE role SET departments = ARRAY['35'] WHERE member = $1", wanda.id)
    assert (await browser.get(path(talk))).status_code == 404
    await Role.delete().where(Role.member == wanda.id)
    assert (await browser.get(path(talk))).status_code == 404


@pytest.mark.parametrize("state", ["waiting", "open", "closed"])
async def test_moderators_administrators_and_other_members_find_nothing(browser, anne, bilal, chloe, denis, state):
    wanda = await social_worker("Wanda", "29")
    talk = await a_talk(anne)
    if state != "waiting":
        await taken_up(talk, wanda)
    if state == "closed":
        await database.execute("UPDATE social_talk SET state = 'closed', closed_at = now()")
    for member in (bilal, chloe, denis):
        await browser.sign_in(member)
        for more in ("", "/nouveaux?apres=0", f"/fichiers/{uuid4()}"):
            assert (await browser.get(path(talk, more))).status_code == 404
        for more in ("", "/prise-en-charge", "/transmission", "/fermeture", f"/resultats/{uuid4()}/retrait"):
            assert (await browser.submit(path(talk, more), text="x", version=1)).status_code == 404


async def test_the_time_to_a_first_answer_is_the_median_of_thirty_days(anne):
    wanda = await social_worker("Wanda", "29")
    for hours, days in ((2, 1), (5, 2), (90, 3), (1, 40)):
        talk = await a_talk()
        await database.execute(
            "UPDATE social_talk SET first_answered_at = now() - $2::interval, opened_at = now() - $2::interval"
            " - $3::interval WHERE id = $1",
            talk,
            timedelta(days=days),
            timedelta(hours=hours),
        )
    desk = await desk_of_member(wanda)
    assert (desk.answered_in, desk.answered) == ("5 heures", 3)


async def test_a_first_answer_is_counted_once(anne):
    wanda = await social_worker("Wanda", "29")
    talk = await a_talk(anne)
    await taken_up(talk, wanda, "Bonjour.")
    first = await database.value("SELECT first_answered_at FROM social_talk")
    await database.execute("UPDATE social_talk SET opened_at = opened_at - interval '1 hour'")
    await says(talk, wanda, "Encore.", is_person=False)
    assert await database.value("SELECT first_answered_at FROM social_talk") == first


async def test_lapses_are_said_as_people_say_them():
    said = [in_words(timedelta(minutes=m)) for m in (0, 1, 12, 60, 150, 60 * 47, 60 * 72)]
    assert said == ["1 minute", "1 minute", "12 minutes", "1 heure", "2 heures", "47 heures", "3 jours"]


places = st.frozensets(st.sampled_from(["29", "35", "2A"]), max_size=2)
known = st.frozensets(st.sampled_from([topic.value for topic in Topic]), max_size=3)
team = st.lists(st.builds(Worker, st.uuids(), st.just("Wanda"), places, known), max_size=5)


@settings(max_examples=200)
@given(team, st.sampled_from(["29", "35", "2A", "75"]), st.sampled_from([topic.value for topic in Topic]))
async def test_nobody_waits_unseen_where_somebody_acts(all_of_them, department, topic):
    seen = who_answers(all_of_them, department, topic)
    there = [one for one in all_of_them if one.covers(department)]
    assert bool(seen) == bool(there)
    assert all(one in there for one in seen)
    assert not any(one.knows(topic) for one in there) or all(one.knows(topic) for one in seen)


@pytest.mark.parametrize("to_whom", ["a colleague", "nobody"])
async def test_a_second_click_on_handing_over_leads_to_the_desk(browser, anne, to_whom):
    wanda, hugo = await social_worker("Wanda", "29"), await social_worker("Hugo", "29")
    talk = await a_talk(anne)
    await taken_up(talk, wanda)
    await browser.sign_in(wanda)
    sent = {"version": "2", "to": str(hugo.id) if to_whom == "a colleague" else ""}
    assert (await browser.submit(path(talk, "/transmission"), **sent)).status_code == 303
    browser.cookies.delete("fait")
    again = await browser.follow(await browser.submit(path(talk, "/transmission"), **sent))
    assert again.url.path == "/service-social/bureau" and "C’est déjà fait." in words(again)
    assert await logged("social.handed") + await logged("social.returned") == 1


async def test_who_never_had_a_conversation_finds_none_to_hand_over(browser, anne):
    wanda, hugo, ines = [await social_worker(name, "29") for name in ("Wanda", "Hugo", "Ines")]
    talk = await a_talk(anne)
    await taken_up(talk, wanda)
    seen = await seen_by(talk, wanda, is_person=False)
    await hand_over(seen, 2, hugo.id, wanda.id)
    await browser.sign_in(ines)
    assert (await browser.submit(path(talk, "/transmission"), version="3", to=str(wanda.id))).status_code == 404
