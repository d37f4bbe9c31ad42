"""An appeal on the desk: the contested decision beside what it was about, and no other form than the answer."""

from uuid import UUID, uuid4

import pytest

from app import database
from moderation.appeals.opening import open_appeal
from tests.helpers.appeals import APPEAL, removed_ad
from tests.helpers.browser import words
from tests.helpers.budget import Asked
from tests.helpers.cases import take
from tests.moderation.cases.people import as_me


@pytest.fixture
async def appealed(anne, farid) -> UUID:
    """The case of an appeal against what Farid removed."""
    decision = await removed_ad(anne, farid, title="Poussette pliante")
    appeal = await open_appeal(decision, APPEAL, uuid4(), as_me(anne, is_moderator=False))
    return await database.value('SELECT "case" FROM appeal WHERE id = $1', appeal)


async def test_an_appeal_is_taken_like_any_case_and_answered_beside_it(browser, chloe, appealed):
    await browser.sign_in(chloe)
    assert "recours" in words(await browser.get("/moderation?nature=appeal"))
    page = await take(browser, appealed)
    assert "Donner raison" in words(page)
    assert "Poussette pliante" in words(page)
    assert f"/moderation/dossiers/{appealed}/recours" in page.text
    assert f"/moderation/dossiers/{appealed}/decision" not in page.text


async def test_an_appeal_nobody_holds_has_one_button_to_take_it(browser, chloe, appealed):
    page = await (await browser.sign_in(chloe)).get(f"/moderation/dossiers/{appealed}")
    assert words(page).count("Prendre ce dossier") == 1


async def test_an_appeal_keeps_to_what_a_dossier_may_ask(browser, chloe, appealed):
    await browser.sign_in(chloe)
    await browser.get(f"/moderation/dossiers/{appealed}")
    with Asked() as asked:
        await browser.get(f"/moderation/dossiers/{appealed}")
    assert asked.queries <= 12


async def test_whoever_decided_first_does_not_find_it(browser, farid, appealed):
    assert (await (await browser.sign_in(farid)).get(f"/moderation/dossiers/{appealed}")).status_code == 404
