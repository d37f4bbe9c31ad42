"""What the demo community is made of, and what it leaves alone."""

import io

import pytest
from PIL import Image

from app import database
from app.demo import OTHERS, _refuse_a_real_site, _say_if_older
from app.demo_community import cast
from app.demo_community.drawings import DRAWINGS, photo_of
from app.demo_community.writing import content_of, written_ads
from listings.writing.completeness import missing


async def test_every_ad_is_complete_and_bears_a_title_of_its_own(undo):
    ads = written_ads()
    titles = [ad["title"] for ad in ads]
    assert len(set(titles)) == len(titles)
    for ad in ads:
        assert ad["by"] in cast.CAST
        assert ad.get("state") == "draft" or not missing(content_of(ad)), ad["title"]
        assert "photo" not in ad or ad["photo"] in DRAWINGS


@pytest.mark.parametrize("thing", sorted(DRAWINGS))
async def test_every_drawing_is_a_photo(thing):
    with Image.open(io.BytesIO(photo_of(thing))) as image:
        assert (image.format, image.size) == ("JPEG", (1200, 900))
        assert len(image.getcolors(1_000_000)) > 3


async def test_the_demo_never_touches_a_real_site(anne):
    with pytest.raises(Exception, match="members who are not the demo's"):
        await _refuse_a_real_site()
    assert "STATE_DIR" in OTHERS
    await database.execute("UPDATE member SET email = $1", cast.address("anne"))
    await _refuse_a_real_site()


def test_a_small_ad_is_of_the_kind_its_deal_says():
    kinds = {(content.deal, content.kind) for content in map(content_of, written_ads()) if content.deal}
    assert kinds == {("give", "offer"), ("lend", "offer"), ("sell", "offer"), ("seek", "request")}


async def test_a_community_that_lacks_somebody_says_how_to_load_another(monkeypatch, capsys):
    monkeypatch.setattr("app.demo.CAST", {})
    await _say_if_older()
    assert capsys.readouterr().out == ""
    monkeypatch.setattr("app.demo.CAST", cast.CAST)
    await _say_if_older()
    assert "entraide demo --again" in capsys.readouterr().out
