"""Whoever fills in the form of legal notices wrong is told of all of it at once, and where the answer will be."""

from app import database
from tests.helpers.ads import published
from tests.helpers.browser import said
from tests.moderation.notices.test_sending import notices, send


async def test_all_that_is_wrong_is_said_together_and_stays_typed(browser):
    answer = await send(
        browser, "https://ailleurs.example/x", why="Non.", name=None, email="pas une adresse", good_faith=None
    )
    assert answer.status_code == 422
    for sentence in (
        "Copiez ici l’adresse",
        "Expliquez en une phrase",
        "Écrivez votre nom",
        "Écrivez votre adresse e-mail",
        "Cochez cette case",
    ):
        assert sentence in said(answer), sentence
    assert 'value="pas une adresse"' in answer.text
    assert await notices() == []


async def test_who_gave_an_address_is_told_of_the_mail_and_who_gave_none_is_not(browser, anne):
    ad = await published(anne)
    for email, promised in (("odile@exemple.test", True), (None, False)):
        page = await browser.follow(
            await send(browser, f"/annonces/{ad.id}", illegality="minors", name=None, email=email)
        )
        assert ("par e-mail" in said(page)) == promised
        assert f'href="/annonces/{ad.id}"' in page.text
    assert await database.value("SELECT count(*) FROM notice") == 2
