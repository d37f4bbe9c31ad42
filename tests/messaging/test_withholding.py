"""A private message that moderation removed is read by nobody but its sender, until it is brought back or erased."""

from app import database
from messaging.thread import WITHHELD
from messaging.withholding import erase, give_back, withhold
from tests.helpers.ads import published
from tests.helpers.appeals import case_about
from tests.helpers.browser import words
from tests.helpers.cases import take, take_and_decide
from tests.moderation.cases.people import talk

INSULT = "Vous êtes le pire voisin de Brest."


async def _pages(browser, member, ad, message) -> str:
    """Everywhere this member could read the message."""
    await browser.sign_in(member)
    conversation = await database.value("SELECT conversation FROM message WHERE id = $1", message)
    paths = ["/messages", f"/messages/{conversation}", f"/messages/{conversation}/nouveaux?apres=0", "/mon-espace"]
    board = [f"/annonces/{ad.id}/candidatures"] if ad.author == member.id else []
    return " ".join([words(await browser.get(path)) for path in [*paths, *board]])


async def test_the_other_reads_that_it_was_removed_and_its_sender_their_own_words(browser, anne, bilal):
    ad = await published(anne)
    (message,) = await talk(ad.id, anne, bilal, INSULT)
    assert INSULT in await _pages(browser, anne, ad, message)
    await withhold(message)
    await withhold(message)
    read = await _pages(browser, anne, ad, message)
    assert INSULT not in read
    assert read.count(WITHHELD) >= 4
    own = await _pages(browser, bilal, ad, message)
    assert INSULT in own
    assert "Retiré par l’équipe" in own


async def test_an_answer_that_was_removed_is_not_on_the_authors_board_and_another_of_theirs_is(browser, anne, bilal):
    ad = await published(anne)
    _, _, later = await talk(ad.id, anne, bilal, "Je peux venir mardi.", "Merci !", INSULT)
    await withhold(later)
    await browser.sign_in(anne)
    board = words(await browser.get(f"/annonces/{ad.id}/candidatures"))
    assert "Je peux venir mardi." in board
    assert WITHHELD not in board


async def test_brought_back_both_read_it_again(browser, anne, bilal):
    ad = await published(anne)
    (message,) = await talk(ad.id, anne, bilal, INSULT)
    await withhold(message)
    assert await give_back(message)
    assert not await give_back(message)
    assert INSULT in await _pages(browser, anne, ad, message)
    assert "Retiré par l’équipe" not in await _pages(browser, bilal, ad, message)


async def test_erased_nobody_reads_it_and_it_never_comes_back(browser, anne, bilal):
    ad = await published(anne)
    (message,) = await talk(ad.id, anne, bilal, INSULT)
    await erase(message)
    assert INSULT in await _pages(browser, anne, ad, message)
    await withhold(message)
    await erase(message)
    assert not await give_back(message)
    for member in (anne, bilal):
        read = await _pages(browser, member, ad, message)
        assert INSULT not in read
        assert WITHHELD in read


async def test_a_moderator_reads_a_reported_message_with_the_few_around_it_and_may_remove_it(
    browser, anne, bilal, chloe
):
    ad = await published(anne)
    said = ["Un peu avant.", "Deux.", "Trois.", "Quatre.", INSULT, "Six.", "Sept.", "Bien après."]
    messages = await talk(ad.id, anne, bilal, *said)
    case = await case_about(ad, message=messages[4], author=bilal.id, risk=65)
    await browser.sign_in(chloe)
    page = words(await take(browser, case))
    assert INSULT in page
    assert all(one in page for one in ("Deux.", "Quatre.", "Six.", "Sept."))
    assert not any(one in page for one in ("Un peu avant.", "Bien après."))
    await take_and_decide(browser, case, "remove")
    assert INSULT not in await _pages(browser, anne, ad, messages[4])


async def test_the_two_of_a_conversation_never_judge_it(browser, chloe, farid, anne, bilal):
    ad = await published(anne, "pet_care")
    _, his = await talk(ad.id, anne, chloe, "Bonjour, je peux nourrir le chat.", INSULT)
    case = await case_about(ad, message=his, author=anne.id)
    for member, status in ((chloe, 404), (farid, 200)):
        await browser.sign_in(member)
        assert (await browser.get(f"/moderation/dossiers/{case}")).status_code == status, member.first_name
