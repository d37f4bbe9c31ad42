"""Somebody without an account says that an ad is illegal: a number at once, a decision, and what they may do next."""

import re

import pytest

from app import database
from app.dates import now
from moderation.notices import braking
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.cases import case_of, take_and_decide
from tests.helpers.codes import empty_mailbox, letters_to
from tests.helpers.jobs import run_jobs

WHO = "lecteur@exemple.test"


async def filled_in(browser, ad, **changed: str):
    """The form, opened a moment ago and not in the same second."""
    page = await browser.get(f"/signaler-un-contenu-illicite?ou=/annonces/{ad.id}")
    fields = {
        "where": f"https://site.test/annonces/{ad.id}",
        "illegality": "forbidden",
        "why": "On y propose des munitions de chasse, ce que la loi interdit en ligne.",
        "name": "Lecteur",
        "email": WHO,
        "good_faith": "true",
        "opened": re.search(r'name="opened" value="([^"]+)"', page.text)[1],
    }
    sent = {**fields, **changed}
    if not sent["good_faith"]:
        del sent["good_faith"]  # as a browser leaves a box that is not ticked out
    return await browser.submit("/signaler-un-contenu-illicite", **sent)


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits in a test as long as a person takes to write."""
    monkeypatch.setattr(braking, "too_fast_or_old", lambda _: "")
    monkeypatch.setattr("moderation.notices.pages.too_fast_or_old", lambda _: "")


@pytest.mark.usefixtures("unhurried")
async def test_a_notice_without_an_account_is_numbered_judged_and_answered(browser, another_browser, anne, chloe):
    empty_mailbox()
    ad = await published(anne, "classifieds", title="Lot de cartouches")
    received = await browser.follow(await filled_in(browser, ad))
    number = f"N-{now().year}-"
    assert number in words(received)
    await run_jobs()
    (letter,) = letters_to(WHO)
    assert number in letter.as_string()
    assert "cartouches" not in letter.as_string()

    desk = await another_browser.sign_in(chloe)
    case = (await case_of(ad.id))["id"]
    assert "munitions de chasse" in words(await desk.get(f"/moderation/dossiers/{case}"))
    await take_and_decide(desk, case, "remove", reason="forbidden", ground="law", law="weapons")

    assert await database.value("SELECT outcome FROM notice") == "founded"
    followed = words(await browser.get(str(received.url)))
    assert "retiré" in followed
    assert "Chloe" not in followed
    await run_jobs()
    assert len(letters_to(WHO)) == 2


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize("lacks", ["why", "name", "email", "good_faith", "where"])
async def test_what_a_notice_lacks_is_said_beside_the_field_and_the_rest_is_kept(browser, anne, lacks):
    ad = await published(anne)
    answer = await filled_in(browser, ad, **{lacks: ""})
    assert answer.status_code == 422
    assert f'id="{lacks}-error"' in answer.text
    assert lacks == "why" or "munitions de chasse" in answer.text
    assert not await database.value("SELECT count(*) FROM notice")
