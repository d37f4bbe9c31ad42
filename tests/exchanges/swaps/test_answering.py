"""Yes, no, or nothing: everybody or nobody, and nobody learns who said what."""

import pytest

from app import database
from exchanges.swaps.answering import accept
from exchanges.swaps.passing import let_swaps_pass
from exchanges.swaps.reading import swaps_of
from tests.helpers.browser import said, words
from tests.helpers.jobs import run_jobs
from tests.helpers.swaps import WEEK, accepted, host, proposed, saturday, state_of

SIZE = {"sleeps": 7, "title": "La maison aux volets bleus"}


@pytest.fixture
async def pair(anne, bilal):
    return await host(anne, 6), await host(bilal, 6, commune="29232", **SIZE)


@pytest.fixture
async def loop(pair, emilie):
    return [*pair, await host(emilie, 6, commune="35238", title="Un appartement à Rennes", home_kind="flat")]


async def ended_why(swap) -> str:
    return await database.value("SELECT ended_why FROM swap WHERE id = $1", swap)


async def told(member, topic: str) -> int:
    return await database.value(
        "SELECT coalesce(sum(times), 0) FROM notification WHERE member = $1 AND topic = $2", member.id, topic
    )


async def time_is_over(swap) -> None:
    await database.execute("UPDATE swap SET answer_by = now() - interval '1 second' WHERE id = $1", swap)


async def test_a_proposal_says_the_region_the_kind_and_the_size_and_nothing_else(browser, anne, pair):
    swap = await proposed(*pair)
    await browser.sign_in(anne)
    page = await browser.get(f"/echanges/{swap}")
    assert page.status_code == 200, said(page)
    assert "Maison pour 7 personnes" in words(page) and "Bretagne" in words(page)
    for secret in ("Bilal", "Quimper", "volets bleus", str(pair[1].id), str(pair[1].author), "janvier", "2027"):
        assert secret not in page.text.replace(f"/echanges/{swap}", ""), secret
    assert "Bilal" not in (await browser.get("/moi/echanges")).text


async def test_a_loop_tells_who_likes_what_by_regions_alone(browser, anne, loop):
    swap = await proposed(*loop)
    await browser.sign_in(anne)
    page = await browser.get(f"/echanges/{swap}")
    assert "Échange en boucle" in words(page) and "Et le sien vous plaît" in words(page)
    for secret in ("Bilal", "Emilie", "Quimper", "Rennes", *(str(home.id) for home in loop[1:])):
        assert secret not in page.text, secret


async def test_who_said_yes_does_not_see_by_the_day_that_another_said_it(browser, anne, bilal, emilie, loop):
    """The last one is asked then, and has four days of their own."""
    swap = await proposed(*loop)
    await database.execute("UPDATE swap SET answer_by = answer_by - interval '2 days' WHERE id = $1", swap)
    await database.execute("UPDATE swap_party SET asked_last = TRUE WHERE member = $1", emilie.id)
    await accept(swap, anne.id)
    await browser.sign_in(anne)
    before = [main(await browser.get(path)) for path in (f"/echanges/{swap}", "/moi/echanges")]
    assert "huit jours en tout" in before[0]
    until = await database.value("SELECT answer_by FROM swap WHERE id = $1", swap)
    await accept(swap, bilal.id)
    assert await database.value("SELECT answer_by FROM swap WHERE id = $1", swap) > until
    assert [main(await browser.get(path)) for path in (f"/echanges/{swap}", "/moi/echanges")] == before


def main(page) -> str:
    return words(page).partition("Mes échanges")[2]


async def test_everybody_says_yes_and_they_meet(browser, anne, bilal, pair):
    swap = await proposed(*pair)
    for member in (anne, bilal):
        await browser.sign_in(member)
        answer = await browser.submit(f"/echanges/{swap}/accord")
    page = await browser.follow(answer)
    assert "Tout le monde a dit oui" in words(page) and "Anne" in words(page)
    assert await state_of(swap) == "accepted"
    assert await database.value("SELECT count(*) FROM engagement WHERE swap = $1", swap) == 2
    held = await database.rows("SELECT first, last FROM engagement WHERE swap = $1", swap)
    assert {tuple(row) for row in held} == {(saturday(6), saturday(6) + WEEK)}
    talks = await database.rows("SELECT DISTINCT conversation FROM stay WHERE swap = $1", swap)
    assert len(talks) == 1 and talks[0]["conversation"]
    talk = await database.row(
        "SELECT listing, author, helper FROM conversation WHERE id = $1", talks[0]["conversation"]
    )
    assert tuple(talk) == (pair[1].id, bilal.id, anne.id)
    thread = await browser.get(f"/messages/{talks[0]['conversation']}")
    assert "vous avez dit oui tous les deux" in words(thread).lower().replace("\u202f", " ")


async def test_a_loop_opens_a_conversation_for_each_stay_and_keeps_the_days_of_two_from_the_third(browser, anne, loop):
    swap = await accepted(*loop)
    talks = await database.rows("SELECT DISTINCT conversation FROM stay WHERE swap = $1", swap)
    assert len(talks) == 3
    await browser.sign_in(anne)
    page = words(await browser.get(f"/echanges/{swap}"))
    assert "Vous chez Bilal" in page and "Emilie chez vous" in page
    assert "Bilal chez Emilie Leurs jours restent entre eux." in page


async def test_a_no_ends_it_for_all_who_learn_only_that(browser, another_browser, anne, bilal, pair):
    swap = await proposed(*pair)
    await browser.sign_in(anne)
    await browser.submit(f"/echanges/{swap}/accord")
    await another_browser.sign_in(bilal)
    ended = await another_browser.submit(f"/echanges/{swap}/refus", reason="place")
    assert "nous continuons de chercher" in words(await another_browser.follow(ended))
    assert (await state_of(swap), await ended_why(swap)) == ("dissolved", "declined")
    page = words(await browser.get(f"/echanges/{swap}"))
    assert "n’aura pas lieu" in page and "Bilal" not in page and "refus" not in page.lower()
    assert await told(anne, "swap_dissolved") == 1 and await told(bilal, "swap_dissolved") == 0
    kept = await database.row(
        "SELECT d.home, d.reason FROM home_declined d JOIN exchanger e ON e.id = d.exchanger WHERE e.member = $1",
        bilal.id,
    )
    assert tuple(kept) == (pair[0].id, "place")
    asked = await database.rows("SELECT member FROM match_asked")
    assert {row["member"] for row in asked} == {anne.id, bilal.id}


async def test_a_no_without_a_reason_asks_for_one(browser, anne, pair):
    swap = await proposed(*pair)
    await browser.sign_in(anne)
    page = await browser.submit(f"/echanges/{swap}/refus")
    assert page.status_code == 422 and "Remplissez ce champ" in words(page)
    assert await state_of(swap) == "proposed"


async def test_who_said_yes_may_still_say_no(browser, anne, pair):
    swap = await proposed(*pair)
    await browser.sign_in(anne)
    await browser.submit(f"/echanges/{swap}/accord")
    await browser.submit(f"/echanges/{swap}/refus", reason="weeks")
    assert await ended_why(swap) == "withdrawn"


async def test_four_days_of_silence_are_a_no_at_the_door_already(browser, anne, bilal, pair):
    swap = await proposed(*pair)
    await browser.sign_in(anne)
    await time_is_over(swap)
    assert "n’aura pas lieu" in words(await browser.get(f"/echanges/{swap}"))
    late = await browser.submit(f"/echanges/{swap}/accord")
    assert late.status_code == 409 and "n’est plus ouverte" in words(late)
    assert (await browser.submit(f"/echanges/{swap}/refus", reason="other")).status_code == 409
    assert [line.is_open for line in await swaps_of(anne.id)] == [False]


async def test_the_job_ends_what_was_left_without_an_answer(anne, bilal, pair):
    swap = await proposed(*pair)
    await let_swaps_pass()
    assert await state_of(swap) == "proposed"
    await time_is_over(swap)
    await let_swaps_pass()
    await let_swaps_pass()
    assert await ended_why(swap) == "silence"
    answers = await database.rows("SELECT answer FROM swap_party WHERE swap = $1", swap)
    assert {row["answer"] for row in answers} == {"silent"}
    assert await told(anne, "swap_dissolved") == await told(bilal, "swap_dissolved") == 1


async def test_a_second_yes_changes_nothing(browser, anne, pair):
    swap = await proposed(*pair)
    await browser.sign_in(anne)
    for _ in range(2):
        assert (await browser.submit(f"/echanges/{swap}/accord")).status_code == 303
    assert await state_of(swap) == "proposed"


async def test_nobody_else_comes_to_it(browser, emilie, chloe, denis, pair):
    swap = await accepted(*pair)
    for stranger in (emilie, chloe, denis):
        await browser.sign_in(stranger)
        assert (await browser.get(f"/echanges/{swap}")).status_code == 404
        for door in ("accord", "refus", "retrait", "jours", "jours/accord", "jours/maintien"):
            assert (await browser.submit(f"/echanges/{swap}/{door}", reason="other")).status_code == 404


async def test_nobody_has_two_proposals_of_the_server_at_once(anne, bilal, emilie, loop):
    first = await proposed(*loop[:2])
    assert await proposed(loop[0], loop[2]) is None
    await time_is_over(first)
    await let_swaps_pass()
    assert await proposed(loop[0], loop[2])


async def test_who_is_paused_suspended_blocked_or_without_a_home_is_not_proposed_to(anne, bilal, pair):
    undo = {
        "UPDATE exchanger SET paused_at = now() WHERE member = $1": "UPDATE exchanger SET paused_at = NULL",
        "UPDATE member SET suspended_until = 'infinity' WHERE id = $1": "UPDATE member SET suspended_until = NULL",
        "UPDATE listing SET status = 'pending' WHERE author = $1": "UPDATE listing SET status = 'published'",
        "INSERT INTO block (blocker, blocked, since) SELECT $1, id, now() FROM member WHERE first_name = 'Anne'":
            "DELETE FROM block",
    }  # fmt: skip
    for away, back in undo.items():
        await database.execute(away, bilal.id)
        assert await proposed(*pair) is None, away
        assert await database.value("SELECT count(*) FROM swap") == 0
        await database.execute(back)
    assert await proposed(*pair)


async def test_days_that_are_held_are_not_proposed_again(anne, bilal, emilie, loop):
    await accepted(*loop[:2])
    await database.execute("UPDATE swap SET state = 'confirmed', confirmed_at = now()")
    assert await proposed(loop[0], loop[2], week=6) is None
    assert await proposed(loop[0], loop[2], week=7)


async def test_a_proposal_on_days_that_another_now_holds_ends_as_taken(anne, bilal, emilie, loop):
    waiting = await proposed(loop[0], loop[2])
    await database.execute("UPDATE swap SET origin = 'requested', asked_by = $2 WHERE id = $1", waiting, emilie.id)
    await accepted(*loop[:2])
    await run_jobs()
    assert (await state_of(waiting), await ended_why(waiting)) == ("dissolved", "taken")


async def test_a_week_taken_back_meanwhile_ends_it_at_the_last_yes(browser, anne, bilal, pair):
    swap = await proposed(*pair)
    await database.execute(
        "DELETE FROM planned_week WHERE exchanger = (SELECT id FROM exchanger WHERE member = $1)", anne.id
    )
    await browser.sign_in(bilal)
    await browser.submit(f"/echanges/{swap}/accord")
    await browser.sign_in(anne)
    page = await browser.follow(await browser.submit(f"/echanges/{swap}/accord"))
    assert "n’aura finalement pas lieu" in words(page)
    assert await ended_why(swap) == "no_days"
    assert await database.value("SELECT count(*) FROM engagement") == 0


@pytest.mark.parametrize("begun", [proposed, accepted])
async def test_a_second_click_on_saying_no_or_leaving_leads_to_ones_exchanges(browser, anne, pair, begun):
    path = f"/echanges/{await begun(*pair)}/{'refus' if begun is proposed else 'retrait'}"
    await browser.sign_in(anne)
    assert (await browser.submit(path, reason="weeks")).status_code == 303
    browser.cookies.delete("fait")
    again = await browser.follow(await browser.submit(path, reason="weeks"))
    assert again.url.path == "/moi/echanges" and "C’est déjà fait." in words(again)
