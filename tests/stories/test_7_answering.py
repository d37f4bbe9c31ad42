"""Private answers, public questions, changing an ad and ending it."""

from uuid import uuid4

from tests.helpers.ads import BODY, published
from tests.helpers.browser import words
from tests.helpers.cases import case_of, take_and_decide
from tests.helpers.finding import found, search
from tests.helpers.talks import badge
from tests.listings.writing.test_sending import PHONE

CHANGED = {
    "kind": "request",
    "title": "Garde de deux enfants le jeudi",
    "body": BODY,
    "children": "2",
    "ages": ["child"],
    "home": "theirs",
    "commune": "Brest (29)",
    "do": "send",
}


async def test_a_private_answer_opens_a_conversation_and_counts_follow(browser, another_browser, anne, bilal):
    ad = await published(anne)
    author, helper = await browser.sign_in(anne), await another_browser.sign_in(bilal)
    answer = await helper.submit(f"/annonces/{ad.id}/candidature", text="Je peux venir mercredi.", once=uuid4())
    assert "Je peux venir mercredi." in words(await helper.follow(answer))
    where = answer.headers["location"]

    assert badge(await author.get("/"), "messages") == 1
    assert "Je peux venir mercredi." in words(await author.get("/messages"))
    read = await author.get(where)
    assert badge(read, "messages") == 0
    await author.submit(where, text="Avec plaisir, à 14 h.", once=uuid4())

    assert badge(await helper.get("/annonces"), "messages") == 1
    assert "Avec plaisir, à 14 h." in words(await helper.get(where))
    assert "1 réponse" in words(await author.get(f"/annonces/{ad.id}"))
    assert "Bilal" in words(await author.get(f"/annonces/{ad.id}/candidatures"))


async def test_a_conversation_is_between_two(browser, another_browser, anne, bilal, emilie):
    ad = await published(anne)
    await browser.sign_in(bilal)
    where = (await browser.submit(f"/annonces/{ad.id}/candidature", text="Bonjour !", once=uuid4())).headers["location"]
    await another_browser.sign_in(emilie)
    assert (await another_browser.get(where)).status_code == 404
    assert (await another_browser.submit(where, text="Coucou", once=uuid4())).status_code == 404


async def test_a_question_and_its_reply_stand_under_the_ad(browser, another_browser, anne, bilal):
    ad = await published(anne)
    author, reader = await browser.sign_in(anne), await another_browser.sign_in(bilal)
    asked = await reader.submit(f"/annonces/{ad.id}/reponses", body="À quelle heure, le mercredi ?")
    assert "À quelle heure, le mercredi ?" in words(await reader.follow(asked))
    await author.follow(await author.submit(f"/annonces/{ad.id}/reponses", body="De 14 h à 18 h."))
    page = words(await reader.get(f"/annonces/{ad.id}"))
    assert page.index("À quelle heure") < page.index("De 14 h à 18 h.")
    assert badge(await author.get("/"), "notifications") == 1


async def test_an_empty_question_is_not_said(browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    assert (await browser.submit(f"/annonces/{ad.id}/reponses", body="   ")).status_code == 422


async def test_a_held_edit_leaves_the_old_text_until_it_is_approved(
    browser, another_browser, index, emilie, bilal, chloe
):
    ad = await published(emilie)
    author, other = await browser.sign_in(emilie), await another_browser.sign_in(bilal)
    page = await author.follow(await author.submit(f"/annonces/{ad.id}/modification", **CHANGED))
    assert "l’ancien texte reste visible" in words(page)
    assert ad.title in words(await other.get(f"/annonces/{ad.id}"))
    assert found(await search(other, q="jeudi")) == []

    await other.sign_in(chloe)
    await take_and_decide(other, (await case_of(ad.id, "edit"))["id"], "approve")
    await other.sign_in(bilal)
    assert CHANGED["title"] in words(await other.get(f"/annonces/{ad.id}"))
    assert found(await search(other, q="jeudi")) == [CHANGED["title"]]


async def test_a_trusted_members_edit_shows_at_once_unless_the_rules_object(browser, another_browser, anne, bilal):
    ad = await published(anne)
    author, other = await browser.sign_in(anne), await another_browser.sign_in(bilal)
    await author.follow(await author.submit(f"/annonces/{ad.id}/modification", **CHANGED))
    assert CHANGED["title"] in words(await other.get(f"/annonces/{ad.id}"))
    await author.submit(f"/annonces/{ad.id}/modification", **{**CHANGED, "body": PHONE})
    assert "06 12 34 56 78" not in words(await other.get(f"/annonces/{ad.id}"))


async def test_an_ad_ends_with_its_outcome_and_takes_no_more_answers(browser, another_browser, anne, bilal, emilie):
    ad = await published(anne)
    author, helper = await browser.sign_in(anne), await another_browser.sign_in(bilal)
    where = (await helper.submit(f"/annonces/{ad.id}/candidature", text="Bonjour !", once=uuid4())).headers["location"]

    assert (await author.submit(f"/annonces/{ad.id}/cloture")).status_code == 422
    page = await author.follow(await author.submit(f"/annonces/{ad.id}/cloture", outcome="fulfilled"))
    assert "Votre annonce est terminée" in words(page)

    assert ad.title not in words(await helper.get("/annonces"))
    assert (await helper.get(where)).status_code == 200, "what they said to each other stays"
    late = await another_browser.sign_in(emilie)
    assert (await late.submit(f"/annonces/{ad.id}/candidature", text="Moi aussi", once=uuid4())).status_code == 409
