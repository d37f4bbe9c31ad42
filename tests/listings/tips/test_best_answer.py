"""The best answer of a discussion: who marks it, where it shows, what happens when it goes."""

import pytest

from app import database
from listings.replies.judging import remove_reply
from members.blocking import block
from tests.helpers.ads import closed, published
from tests.helpers.browser import words
from tests.helpers.cases import audited, said_under, told, topics
from tests.helpers.replies import delete, say

MARK = "Meilleure réponse"


async def best_of(tip) -> int | None:
    return await database.value("SELECT best FROM tip WHERE listing = $1", tip.id)


async def test_the_author_marks_it_and_everybody_reads_it_on_top(browser, another_browser, anne, bilal):
    tip = await published(anne, "tips")
    await said_under(tip.id, bilal, "Une première idée.")
    answer = await said_under(tip.id, bilal, "L’atelier du samedi répare tout.")
    await browser.sign_in(anne)
    assert (await browser.get(f"/annonces/{tip.id}")).text.count(MARK) == 2

    page = words(await browser.follow(await browser.submit(f"/annonces/{tip.id}/meilleure-reponse", reply=answer)))

    assert "La meilleure réponse est mise en avant." in page
    assert await best_of(tip) == answer
    assert await audited(tip.id) == ["tip.best_marked"]
    await another_browser.sign_in(bilal)
    shown = words(await another_browser.get(f"/annonces/{tip.id}"))
    assert shown.count("L’atelier du samedi répare tout.") == 2
    assert shown.index("La meilleure réponse") < shown.index("Discussion") < shown.index("meilleure réponse L’atelier")
    assert MARK not in shown


async def test_another_takes_its_place_or_none_does(browser, anne, bilal):
    tip = await published(anne, "tips")
    one, other = await said_under(tip.id, bilal, "Une idée."), await said_under(tip.id, bilal, "Une autre.")
    await browser.sign_in(anne)
    for answer in (one, other, other):
        await browser.submit(f"/annonces/{tip.id}/meilleure-reponse", reply=answer)
    assert await best_of(tip) == other
    page = await browser.follow(await browser.submit(f"/annonces/{tip.id}/meilleure-reponse/retrait"))
    assert "La lire dans la discussion" not in page.text and await best_of(tip) is None
    assert await audited(tip.id) == ["tip.best_marked", "tip.best_marked", "tip.best_unmarked"]


async def test_who_wrote_it_is_told_once(browser, anne, bilal):
    tip = await published(anne, "tips")
    answer, own = await said_under(tip.id, bilal, "L’atelier."), await said_under(tip.id, anne, "Merci !")
    await browser.sign_in(anne)
    for reply in (answer, answer, own):
        await browser.submit(f"/annonces/{tip.id}/meilleure-reponse", reply=reply)
    path = f"/annonces/{tip.id}?depuis={answer}#reponse-{answer}"
    assert [one for one in await told(bilal) if one[0] == "best_answer"] == [("best_answer", path)]
    assert "best_answer" not in await topics(anne)


@pytest.mark.parametrize("first", ["block", "mark"])
async def test_nobody_is_told_across_a_block(browser, anne, bilal, first):
    tip = await published(anne, "tips")
    answer = await said_under(tip.id, bilal, "L’atelier.")
    await browser.sign_in(anne)
    if first == "block":
        await block(bilal.id, anne.id)
    await browser.submit(f"/annonces/{tip.id}/meilleure-reponse", reply=answer)
    assert await best_of(tip) == answer
    if first == "mark":
        assert "best_answer" in await topics(bilal)
        await block(bilal.id, anne.id)
    assert "best_answer" not in await topics(bilal)


async def test_moderators_mark_it_in_their_scope_and_nobody_else(browser, anne, bilal, chloe, farid):
    tip = await published(anne, "tips")
    answer = await said_under(tip.id, bilal, "L’atelier du samedi.")
    for member, status in ((bilal, 404), (farid, 404), (chloe, 303)):
        await browser.sign_in(member)
        sent = await browser.submit(f"/annonces/{tip.id}/meilleure-reponse", reply=answer)
        assert sent.status_code == status, member.first_name
    await browser.sign_in(bilal)
    assert (await browser.submit(f"/annonces/{tip.id}/meilleure-reponse/retrait")).status_code == 404


@pytest.mark.parametrize("state", ["held", "removed", "withdrawn"])
async def test_what_others_do_not_read_is_nobodys_best(browser, anne, bilal, state):
    tip, other = await published(anne, "tips"), await published(anne, "tips")
    hidden = await said_under(tip.id, bilal, "Un secret.")
    body = "" if state == "withdrawn" else "Un secret."
    await database.execute("UPDATE reply SET state = $2, body = $3 WHERE id = $1", hidden, state, body)
    elsewhere = await said_under(other.id, bilal, "Ailleurs.")
    await browser.sign_in(anne)
    for forged in (hidden, elsewhere, 0, 2**63, "x", ""):
        sent = await browser.submit(f"/annonces/{tip.id}/meilleure-reponse", reply=forged)
        assert sent.status_code == 409, forged
    assert await best_of(tip) is None


async def test_only_a_tip_online_has_one(browser, anne, bilal):
    question, ended = await published(anne), await closed(anne, "tips")
    await browser.sign_in(anne)
    for ad, status in ((question, 404), (ended, 409)):
        answer = await said_under(ad.id, bilal, "Bonjour.")
        assert (await browser.submit(f"/annonces/{ad.id}/meilleure-reponse", reply=answer)).status_code == status
    assert MARK not in (await browser.get(f"/annonces/{question.id}")).text


async def test_it_goes_with_its_words(browser, another_browser, anne, bilal):
    tip = await published(anne, "tips")
    await another_browser.sign_in(bilal)
    await browser.sign_in(anne)
    for go in ("deleted", "removed", "blocked"):
        answer = await say(another_browser, tip.id, "L’atelier du samedi.")
        await browser.submit(f"/annonces/{tip.id}/meilleure-reponse", reply=answer)
        if go == "deleted":
            await delete(another_browser, answer)
        elif go == "removed":
            await remove_reply(answer)
            await database.execute("UPDATE member SET trusted_at = now() WHERE id = $1", bilal.id)
        else:
            await block(anne.id, bilal.id)
        page = (await browser.get(f"/annonces/{tip.id}")).text
        assert "La meilleure réponse</h2>" not in page and "L’atelier" not in page.split('id="toujours-vrai"')[0], go
        assert (await best_of(tip) is None) == (go != "blocked")
