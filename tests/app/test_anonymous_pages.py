"""What anyone reads without an account: no cookie, and a cache that only asks whether it changed."""

import pytest

PAGES = ("/droits", "/droits/simulateurs", "/contacts", "/offres")


@pytest.mark.parametrize("path", PAGES)
async def test_a_visitor_gets_no_cookie_and_a_validator(browser, path: str):
    first = await browser.get(path)
    assert first.status_code == 200 and "set-cookie" not in first.headers and not browser.cookies
    assert first.headers["cache-control"] == "public, max-age=60" and "cookie" in first.headers["vary"]
    again = await browser.get(path, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content and again.headers["etag"] == first.headers["etag"]
    assert "set-cookie" not in again.headers


@pytest.mark.parametrize("path", PAGES)
async def test_a_member_s_page_is_kept_by_no_cache(browser, anne, path: str):
    await browser.sign_in(anne)
    page = await browser.get(path)
    assert page.status_code == 200 and page.headers["cache-control"] == "no-store" and "etag" not in page.headers


@pytest.mark.parametrize("path", ["/droits/rien", "/contacts/rien", "/offres/rien"])
async def test_what_is_not_there_sets_no_cookie_either(browser, path: str):
    missing = await browser.get(path)
    assert missing.status_code == 404 and "set-cookie" not in missing.headers and "etag" not in missing.headers


async def test_the_other_pages_give_their_forms_a_token(browser):
    assert "set-cookie" in (await browser.get("/connexion")).headers


@pytest.mark.parametrize("path", PAGES)
async def test_what_is_said_once_is_kept_by_no_cache_and_not_said_again(browser, path: str):
    browser.cookies.set("fait", "social_sent", domain="site.test", path="/")
    said = await browser.get(path)
    assert "C’est envoyé" in said.text
    assert said.headers["cache-control"] == "no-store" and "etag" not in said.headers
    assert not browser.cookies and "C’est envoyé" not in (await browser.get(path)).text
