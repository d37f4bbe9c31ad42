"""The same button twice on one's home: done once, and the second click leads where the first one led."""

from app import database
from tests.helpers.browser import words
from tests.helpers.cases import audited
from tests.helpers.home_forms import HERE
from tests.helpers.homes import a_home, home_draft, waiting_home

AGAIN = "C’est déjà fait."
FIRST_STEP = f"{HERE}/etape/logement"


async def second(browser, path: str) -> str:
    assert (await browser.submit(path)).status_code == 303
    browser.cookies.delete("fait")
    page = await browser.follow(await browser.submit(path))
    assert page.status_code == 200
    assert AGAIN in words(page)
    return page.url.path


async def test_a_sheet_deleted_twice_is_deleted(browser, anne):
    home = await home_draft(anne)
    await browser.sign_in(anne)
    assert await second(browser, f"{HERE}/suppression") == HERE
    assert await audited(home.id) == ["draft.deleted"]


async def test_a_home_withdrawn_twice_is_withdrawn(browser, anne):
    home = await a_home(anne)
    await browser.sign_in(anne)
    assert await second(browser, f"{HERE}/retrait") == HERE
    assert await audited(home.id) == ["listing.closed"]


async def test_a_sheet_taken_back_twice_is_a_draft(browser, anne):
    home = await waiting_home(anne)
    await browser.sign_in(anne)
    assert await second(browser, f"{HERE}/reprise") == FIRST_STEP
    assert await database.value("SELECT status FROM listing WHERE id = $1", home.id) == "draft"


async def test_a_sheet_taken_up_twice_is_a_draft(browser, anne):
    home = await a_home(anne)
    await browser.sign_in(anne)
    await browser.submit(f"{HERE}/retrait")
    assert await second(browser, f"{HERE}/reprise") == FIRST_STEP
    assert await audited(home.id) == ["listing.closed", "listing.taken_up"]


async def test_a_home_online_is_not_taken_back(browser, anne):
    await a_home(anne)
    await browser.sign_in(anne)
    answer = await browser.submit(f"{HERE}/reprise")
    assert answer.status_code == 409 and "rien à reprendre" in words(answer) and "annonce n’" not in words(answer)
