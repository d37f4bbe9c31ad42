"""Pages rendered once for many: nothing of one reader may reach another."""

import re

import pytest

from app.kept import Kept, pages
from members.tables import Block
from tests.helpers.ads import published


@pytest.fixture(autouse=True)
def nothing_kept():
    pages.clear()


def tokens(page) -> set[str]:
    return set(re.findall(r'name="_csrf_token" value="([^"]*)"', page.text))


def numbers(page) -> set[str]:
    return set(re.findall(r'name="once" value="([^"]*)"', page.text))


async def test_each_reader_of_a_kept_page_has_their_own_token_and_number(browser, another_browser, anne, bilal, chloe):
    ad = await published(anne)
    await browser.sign_in(bilal)
    await another_browser.sign_in(chloe)
    await browser.get("/charte")
    await another_browser.get("/charte")

    first, second = await browser.get(f"/annonces/{ad.id}"), await another_browser.get(f"/annonces/{ad.id}")
    again = await browser.get(f"/annonces/{ad.id}")

    assert tokens(first) == {browser.cookies["__Host-csrf"]}
    assert tokens(second) == {another_browser.cookies["__Host-csrf"]}
    assert tokens(again) == tokens(first)
    assert len(numbers(first) | numbers(second) | numbers(again)) == 3


async def test_an_edited_ad_is_never_shown_from_before(browser, another_browser, anne, bilal):
    ad = await published(anne, title="Garde du mardi")
    await browser.sign_in(bilal)
    assert "Garde du mardi" in (await browser.get(f"/annonces/{ad.id}")).text
    await another_browser.sign_in(anne)
    form = (await another_browser.get(f"/annonces/{ad.id}/modification")).text
    assert "Garde du mardi" in form

    ad.title, ad.version = "Garde du jeudi", ad.version + 1
    await ad.save(columns=["title", "version"])

    assert "Garde du jeudi" in (await browser.get(f"/annonces/{ad.id}")).text
    assert "Garde du jeudi" in (await browser.get("/annonces")).text


async def test_a_block_takes_effect_on_a_page_already_kept(browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    assert ad.title in (await browser.get("/annonces")).text
    assert (await browser.get(f"/annonces/{ad.id}")).status_code == 200

    await Block(blocker=anne.id, blocked=bilal.id).save()

    assert ad.title not in (await browser.get("/annonces")).text
    assert (await browser.get(f"/annonces/{ad.id}")).status_code == 404


async def test_the_author_sees_their_tools_and_others_do_not(browser, another_browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    await another_browser.sign_in(anne)

    for _ in range(2):
        assert "/modification" not in (await browser.get(f"/annonces/{ad.id}")).text
        assert "/modification" in (await another_browser.get(f"/annonces/{ad.id}")).text


async def test_unread_counts_are_the_readers_own(browser, another_browser, anne, bilal, chloe):
    ad = await published(anne)
    await browser.sign_in(bilal)
    await another_browser.sign_in(anne)
    await browser.get("/annonces")
    await browser.submit(f"/annonces/{ad.id}/reponses", body="Est-ce aussi pour le soir ?")

    assert "non lue" in (await another_browser.get("/annonces")).text
    assert "non lue" not in (await browser.get("/annonces")).text


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
async def test_a_kept_page_is_the_same_in_every_encoding(browser, anne, bilal, encoding):
    ad = await published(anne)
    await browser.sign_in(bilal)

    pages_seen = [await browser.get("/annonces", headers={"accept-encoding": encoding}) for _ in range(2)]

    assert all(ad.title in page.text for page in pages_seen)
    assert pages_seen[0].headers.get("content-encoding", "identity") == encoding
    assert pages_seen[0].headers["vary"] == "accept-encoding"


async def test_only_so_many_are_kept_and_the_least_asked_goes_first():
    kept = Kept[str, int](2)
    kept.put("a", 1)
    kept.put("b", 2)
    kept.get("a")
    kept.put("c", 3)

    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)
