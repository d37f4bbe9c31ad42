"""The line that sums a tip up: written by its author, screened like the rest, read in lists and found."""

from app import database
from tests.helpers.ads import BODY, published
from tests.helpers.browser import Browser, words
from tests.helpers.cases import case_of, take_and_decide
from tests.helpers.finding import found, search
from tests.helpers.jobs import run_jobs
from tests.helpers.replies import HELD, REFUSED

SUMMARY = "L’atelier du samedi répare tout, même les dérailleurs."


async def sum_up(browser: Browser, tip, summary: str):
    sent = {"title": tip.title, "body": BODY, "commune": "Brest (29)", "do": "send", "summary": summary}
    return await browser.submit(f"/annonces/{tip.id}/modification", **sent)


async def test_it_is_read_on_the_page_in_the_list_and_found(browser, another_browser, index, anne, bilal):
    tip = await published(anne, "tips")
    await browser.sign_in(anne)
    assert "Résumer la discussion en une ligne" in words(await browser.get(f"/annonces/{tip.id}"))

    page = await browser.follow(await sum_up(browser, tip, SUMMARY))
    await run_jobs()

    assert "Changer la ligne qui résume" in words(page)
    await another_browser.sign_in(bilal)
    for path in (f"/annonces/{tip.id}", "/annonces"):
        assert SUMMARY in words(await another_browser.get(path)), path
    assert found(await search(another_browser, q="dérailleurs")) == [tip.title]


async def test_what_the_rules_hold_waits_and_the_moderator_compares(browser, another_browser, anne, chloe):
    tip = await published(anne, "tips", details={"summary": SUMMARY})
    await browser.sign_in(anne)
    await sum_up(browser, tip, HELD)
    assert SUMMARY in words(await browser.get(f"/annonces/{tip.id}"))

    await another_browser.sign_in(chloe)
    case = (await case_of(tip.id, "edit"))["id"]
    desk = await another_browser.get(f"/moderation/dossiers/{case}")
    assert f"<del>{SUMMARY}</del>" in desk.text and f"<ins>{HELD}</ins>" in desk.text
    assert "<mark>au black</mark>" in desk.text
    await take_and_decide(another_browser, case, "approve")
    assert HELD in words(await browser.get(f"/annonces/{tip.id}"))


async def test_what_the_rules_refuse_and_what_is_too_long_comes_back(browser, anne):
    tip = await published(anne, "tips")
    await browser.sign_in(anne)
    assert (await sum_up(browser, tip, REFUSED)).status_code == 422
    too_long = await sum_up(browser, tip, "a" * 201)
    assert too_long.status_code == 422 and 'id="summary-error"' in too_long.text
    assert await database.value("SELECT details->>'summary' FROM listing WHERE id = $1", tip.id) is None


async def test_an_empty_line_is_none(browser, anne):
    tip = await published(anne, "tips", details={"summary": SUMMARY})
    await browser.sign_in(anne)
    await sum_up(browser, tip, "  ")
    assert await database.value("SELECT details::text FROM listing WHERE id = $1", tip.id) == "{}"


async def test_other_categories_have_none(browser, anne):
    await browser.sign_in(anne)
    ad = await published(anne)
    assert 'name="summary"' not in (await browser.get(f"/annonces/{ad.id}/modification")).text


async def test_markup_in_it_is_shown_as_it_was_typed(browser, anne, bilal):
    await published(anne, "tips", details={"summary": "<script>alert(1)</script>"})
    await browser.sign_in(bilal)
    assert "<script>alert" not in (await browser.get("/annonces")).text


async def test_a_tip_reads_as_a_discussion_and_is_not_answered_in_private(browser, anne, bilal):
    tip = await published(anne, "tips")
    for member in (anne, bilal):
        await browser.sign_in(member)
        page = words(await browser.get(f"/annonces/{tip.id}"))
        assert "Discussion" in page and "Ajouter à la discussion" in page
        assert "Questions publiques" not in page and "Réponses privées" not in page
        assert "/candidature" not in (await browser.get(f"/annonces/{tip.id}")).text
