"""The demo community, loaded once for this file's first test and undone with it."""

import io
import re
from collections import Counter

import pytest
from PIL import Image

from app import database
from app.demo import OTHERS, _refuse_a_real_site, _say_if_older, load
from app.demo_community import cast
from app.demo_community.drawings import DRAWINGS, photo_of
from app.demo_community.helping import SCHOOL, SOFA
from app.demo_community.writing import content_of, written_ads
from exchanges.figures.making import latest
from listings.kinds import Category
from listings.writing.completeness import missing
from moderation.desk.masking import masked
from tests.helpers.browser import said
from tests.helpers.browser import words as words_of


async def counts(sql: str) -> dict[str, int]:
    return {row[0]: row[1] for row in await database.rows(sql)}


async def test_the_community_is_whole_and_loaded_once(browser, tmp_path):
    assert await load() is True
    assert await load() is False

    states = await counts("SELECT status, count(*)::int FROM listing GROUP BY status")
    assert states["published"] >= 60
    assert states["draft"] >= 4  # three, and the one sent back to Émilie
    assert (states["pending"], states["closed"], states["removed"]) == (13, 4, 3)
    by_category = await counts(
        "SELECT category, count(*)::int FROM listing WHERE status = 'published' GROUP BY category"
    )
    assert set(by_category) == set(Category)
    departments = await counts("SELECT department, count(*)::int FROM listing WHERE status = 'published' GROUP BY 1")
    assert len(departments) >= 12
    assert {"974", "972", "973", "971"} <= set(departments)

    waiting = await database.rows("SELECT kind, findings::text AS found FROM moderation_case WHERE closed_at IS NULL")
    kinds = Counter(case["kind"] for case in waiting)
    assert kinds == {"listing": 15, "edit": 1, "reply": 1, "message": 1, "appeal": 1}
    assert sum(case["found"] != "[]" for case in waiting) >= 4
    held = await database.rows(
        "SELECT l.body FROM moderation_case c JOIN listing l ON l.id = c.listing"
        " WHERE c.closed_at IS NULL AND c.kind = 'listing'"
    )
    assert sum(masked(case["body"]) != case["body"] for case in held) == 1, "one shows hidden numbers"
    assert await database.value("SELECT count(*) FROM report") == 6
    assert await database.value("SELECT count(*) FROM decision WHERE decided_at < now() - interval '1 day'") == 9
    assert await database.value("SELECT state FROM sanction WHERE kind = 'suspension'") == "proposed"
    assert await database.value("SELECT count(*) FROM notice") == 1
    assert (
        await database.value("SELECT count(*) FROM conversation") == 18
    )  # 2, 8 and 4 answers, 3 helped, 1 exchange of homes
    assert await database.value("SELECT count(*) FROM message WHERE event IS NULL") == 21
    assert await database.value("SELECT count(*) FROM reply WHERE state = 'published'") == 9
    assert await database.value("SELECT count(*) FROM photo") >= 20
    topics = {row["topic"] for row in await database.rows("SELECT topic FROM notification")}
    assert {"listing_published", "listing_sent_back", "listing_ending", "new_message", "new_reply"} <= topics
    assert await database.value("SELECT count(*) FROM listing WHERE published_at > now() OR expires_at < now()") == 0

    page = await browser.follow(await browser.submit("/connexion", email=cast.address("anne"), password=cast.PASSWORD))
    assert "Anne" in said(page)
    for path in ("/", "/annonces", "/messages", "/notifications", "/mes-annonces"):
        assert (await browser.get(path)).status_code == 200, path


async def test_the_community_shows_a_whole_life_of_ads(browser, tmp_path):
    """What there is to see of answers, shared weeks, tips, thanks and moves."""
    await load()
    sofa = await database.row("SELECT id, reserved, places FROM listing WHERE title = $1", SOFA)
    assert (sofa["reserved"], sofa["places"]) == (1, 2)
    states = await counts(f"SELECT state, count(*)::int FROM answer WHERE listing = '{sofa['id']}' GROUP BY state")
    assert states == {"waiting": 6, "chosen": 1, "listed": 2}

    week = await database.rows(
        "SELECT k.slot, m.first_name FROM commitment k JOIN member m ON m.id = k.helper JOIN listing l"
        " ON l.id = k.listing WHERE l.title = $1 ORDER BY k.slot",
        SCHOOL,
    )
    assert [tuple(one) for one in week] == [("0", "Gaëlle"), ("1", "Bilal"), ("3", "Inès"), ("4", "Anne")]
    released = await database.row("SELECT day, covered_by FROM slot_release")
    assert released["day"].weekday() == 1 and released["covered_by"] is None

    assert await database.value("SELECT count(*) FROM tip WHERE best IS NOT NULL") == 1
    assert await database.value("SELECT count(*) FROM tip_check WHERE still_true") == 3
    words = await counts("SELECT state, count(*)::int FROM thanks GROUP BY state")
    assert words == {"published": 5}
    helped = "SELECT families_helped FROM member WHERE email = $1"
    assert await database.value(helped, cast.address("anne")) == 3
    ending = "SELECT count(*) FROM listing WHERE status = 'published' AND expires_at"
    assert await database.value(f"{ending} BETWEEN now() + '5 days' AND now() + '6 days'") >= 1

    await browser.follow(await browser.submit("/connexion", email=cast.address("anne"), password=cast.PASSWORD))
    assert "Rennes" in words_of(await browser.get("/"))
    for path in (f"/annonces/{sofa['id']}/candidatures", "/mutation", "/mercis", "/mon-espace", "/agenda"):
        page = await browser.get(path)
        assert page.status_code == 200, path


async def test_homes_are_exchanged_and_the_night_proposes_a_loop(undo):
    await load()
    homes = await database.rows("SELECT status, photos FROM listing WHERE category = 'home'")
    assert len(homes) == 10 and all(home["status"] == "published" and home["photos"] for home in homes)
    swaps = await counts("SELECT form || ' ' || state, count(*)::int FROM swap GROUP BY 1")
    assert swaps == {"pair confirmed": 1, "week_room proposed": 1, "pair proposed": 1, "loop proposed": 1}
    assert await latest() is not None, "an administrator reads figures at once"


async def test_there_is_something_to_see_around_rights(browser, undo):
    await load()
    assert await database.value("SELECT count(*) FROM contact WHERE checked_on < current_date - 400") == 1
    assert await database.value("SELECT count(*) FROM closed_days WHERE first > current_date") == 1
    talks = await counts("SELECT state, count(*)::int FROM social_talk GROUP BY state")
    assert talks == {"waiting": 1, "open": 1, "closed": 1}
    assert not await database.value("SELECT count(*) FROM social_message WHERE sent_at > clock_timestamp()")
    childcare = "category = 'childcare' AND kind = 'offer' AND status = 'published' AND department = '29'"
    assert await database.value(f"SELECT count(*) FROM listing WHERE {childcare}") >= 3
    await browser.follow(await browser.submit("/connexion", email=cast.address("denis"), password=cast.PASSWORD))
    page = await browser.get("/administration/prestations")
    assert "Complément de libre choix du mode de garde" in page.text and "/droits/simulateurs/cmg" in page.text
    assert not re.search(r"<td[^>]*>(prestation|simulateur|evenement)/", page.text)
    assert "Délégation d’Ille-et-Vilaine" in (await browser.get("/administration/contacts?voir=a-verifier")).text


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
