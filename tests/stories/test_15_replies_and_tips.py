"""Questions in public, and tips that are discussed, checked and kept true."""

from datetime import timedelta

from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.cases import case_of, take, take_and_decide, told
from tests.helpers.finding import found, search
from tests.helpers.jobs import run_jobs
from tests.helpers.replies import HELD, answer_to, change, counted, delete, said_ago, say
from tests.helpers.talks import badge
from tests.listings.tips.test_summary import sum_up


async def test_a_question_is_answered_quoted_corrected_and_taken_back(browser, another_browser, anne, bilal, emilie):
    ad = await published(anne)
    author, helper = await browser.sign_in(anne), await another_browser.sign_in(bilal)

    question = await say(helper, ad.id, "Le mercredi, à quelle heur ?")
    await change(helper, question, "Le mercredi, à quelle heure ?")
    assert badge(await author.get("/"), "notifications") == 1
    answer = await answer_to(author, question, "De 14 h à 18 h.", quote="on")
    assert badge(await helper.get("/"), "notifications") == 1

    (_, path), *_ = await told(bilal)
    page = words(await helper.get(path))
    assert page.count("Le mercredi, à quelle heure ?") == 2, "in its place, and quoted"
    assert "auteur de l’annonce" in page and "modifié le" not in page

    await said_ago(answer, timedelta(hours=2))
    await change(author, answer, "De 14 h à 19 h.")
    assert "modifié le" in words(await helper.get(f"/annonces/{ad.id}"))

    await helper.follow(await delete(helper, question))
    page = words(await author.get(f"/annonces/{ad.id}"))
    assert "Message supprimé par son auteur." in page and "De 14 h à 19 h." in page
    assert "à quelle heure" not in page
    assert await counted(ad.id) == 1


async def test_a_change_a_moderator_reads_word_by_word(browser, another_browser, anne, bilal, chloe):
    ad = await published(anne)
    writer, moderator = await browser.sign_in(bilal), await another_browser.sign_in(chloe)
    own = await say(writer, ad.id, "On règle ça ensemble ?")
    page = words(await writer.follow(await change(writer, own, HELD)))
    assert "Votre modification attend une relecture" in page and "ensemble" in page

    case = (await case_of(ad.id, "reply"))["id"]
    desk = await take(moderator, case)
    assert "<del>ensemble</del>" in desk.text and "au black" in desk.text
    await take_and_decide(moderator, case, "ask_changes")
    page = words(await writer.get(f"/annonces/{ad.id}"))
    assert "ensemble" in page and "au black" not in page and "attend une relecture" not in page
    assert badge(await writer.get("/"), "notifications") == 1


async def test_a_tip_is_discussed_summed_up_checked_and_doubted(
    browser, another_browser, index, anne, bilal, emilie, chloe, denis
):
    tip = await published(anne, "tips")
    author, reader = await browser.sign_in(anne), await another_browser.sign_in(bilal)
    page = words(await reader.get(f"/annonces/{tip.id}"))
    assert "Discussion" in page and "Ajouter à la discussion" in page and "Toujours vrai ?" in page

    advice = await say(reader, tip.id, "L’atelier du samedi prête même les outils.")
    await answer_to(author, advice, "Merci, je ne savais pas !")
    await author.submit(f"/annonces/{tip.id}/meilleure-reponse", reply=advice)
    await author.follow(await sum_up(author, tip, "Le samedi, l’atelier prête ses outils."))
    await run_jobs()

    page = words(await reader.get(f"/annonces/{tip.id}"))
    assert page.index("La meilleure réponse") < page.index("Toujours vrai ?") < page.index("Discussion")
    assert "Le samedi, l’atelier prête ses outils." in words(await reader.get("/annonces"))
    assert found(await search(reader, q="outils")) == [tip.title]

    page = await reader.follow(await reader.submit(f"/annonces/{tip.id}/verification", still="oui"))
    assert "Vérifié par un membre" in words(page)
    for member in (emilie, chloe, denis):
        await reader.sign_in(member)
        await reader.submit(f"/annonces/{tip.id}/verification", still="non")
    assert "Peut-être plus vrai" in words(await reader.get(f"/annonces/{tip.id}"))
    assert "tip_doubted" in [topic for topic, _ in await told(anne)]
    assert "Mettez votre bon procédé à jour" in words(await author.get(f"/annonces/{tip.id}"))
