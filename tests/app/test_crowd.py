"""The crowd of `entraide demo --ads N`: generated, and yet nothing the site would not have let through."""

from random import Random

import pytest

from app import database
from app.dates import now
from app.demo_crowd import phrases
from app.demo_crowd.ads import ads
from app.demo_crowd.copying import lines
from app.demo_crowd.loading import gather
from app.demo_crowd.people import helped_by, id_of
from listings.content import Content
from listings.kinds import ADS
from listings.writing.completeness import missing
from places.communes import commune
from search.documents.ads import Ads
from search.following.deriving import derive_all


async def test_every_theme_says_whole_sentences(undo):
    chance, here, other = Random(1), commune("29019"), commune("35238")
    for theme in phrases.phrases().themes:
        written = [phrases.written(chance, theme, here, other) for _ in range(60)]
        for title, body in written:
            assert title and body and not any(mark in title + body for mark in "{}"), title
            assert title[0] == title[0].upper() and len(title) <= phrases.LONGEST_TITLE
            assert 30 < len(body) < 700
        assert len({body for _, body in written}) > 30, theme.is_about


async def test_the_ads_are_complete_online_and_of_every_category(undo):
    rows = ads(0, 400, members=7, now=now())
    assert {row["category"] for row in rows} == set(ADS)
    assert {row["author"] for row in rows} == {id_of(number) for number in range(7)}
    for row in rows:
        assert not missing(Content.of(row)), row["title"]
        assert row["published_at"] < now() < row["expires_at"]
    assert len({row["commune"] for row in rows}) > 100
    assert [row["title"] for row in ads(0, 20, members=7, now=now())] == [row["title"] for row in rows[:20]]


async def test_the_crowd_is_loaded_with_what_it_is_found_by(anne, chloe):
    assert await gather(members=5, how_many=60) == 60
    assert await database.value("SELECT count(*) FROM listing WHERE status = 'published'") == 60
    vouched_for = "SELECT count(*) FROM member JOIN membership m ON m.member = member.id WHERE email LIKE 'foule-%'"
    assert await database.value(vouched_for) == 5
    assert await derive_all([Ads()]) == 0, "each document is as the site itself would have derived it"


async def test_loading_again_adds_only_what_is_missing(anne):
    assert await gather(members=0, how_many=41) == 41
    assert await database.value("SELECT count(*) FROM member WHERE email LIKE 'foule-%'") == 3
    assert await gather(members=0, how_many=41) == 0
    assert await gather(members=4, how_many=50) == 9
    assert await database.value("SELECT count(*) FROM listing") == 50
    assert await gather(0, 0) == 0


async def test_what_is_copied_is_what_was_meant(undo):
    odd = {"a": "une\ttabulation, une\nligne et \\ une barre", "b": None, "c": ["x", 'deux "mots", {et}'], "d": True}
    await database.script("CREATE TEMP TABLE copied (a text, b date, c text[], d bool)")
    await database.copy("copied", list(odd), lines([odd], list(odd)))
    assert dict(await database.row("SELECT * FROM copied")) == odd


async def test_some_of_the_crowd_have_helped(undo):
    helped = [helped_by(number) for number in range(1000)]
    assert 200 < sum(many > 0 for many in helped) < 400
    assert max(helped) < 20


@pytest.mark.parametrize(
    ("town", "said"),
    [("Brest", "à Brest"), ("Le Havre", "au Havre"), ("Les Ulis", "aux Ulis"), ("La Rochelle", "à La Rochelle")],
)
def test_towns_are_said_with_their_preposition(town, said):
    assert phrases.at(town) == said
