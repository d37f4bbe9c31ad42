"""The sentence after a form: nobody can put words of their own on a page through the cookie that carries it."""

import pytest

from app.pages import FLASH
from app.signing import signed


@pytest.mark.parametrize(
    "cookie",
    [
        "Bonjour",
        "answer_declined.x.y",
        "a.b",
        ".",
        signed("other", ["answer_declined", "Eve"]),
        signed(FLASH, ["no", ""]),
    ],
)
async def test_what_this_site_did_not_sign_is_not_shown(browser, cookie):
    browser.cookies.set(FLASH, cookie, domain="site.test")
    page = await browser.get("/charte")
    assert page.status_code == 200 and 'role="status"></div>' in page.text


async def test_a_name_in_it_is_text(browser):
    browser.cookies.set(FLASH, signed(FLASH, ["answer_declined", "<b>Eve</b>"]), domain="site.test")
    page = await browser.get("/charte")
    assert "à &lt;b&gt;Eve&lt;/b&gt;." in page.text
