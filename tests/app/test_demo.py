"""The demo community, loaded once for these tests and undone after the last."""

import re
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest

from app import database
from app.demo import load
from app.demo_community import cast
from app.demo_community.helping import SCHOOL, SOFA
from app.piccolo_conf import DB
from exchanges.figures.making import latest
from listings.kinds import Category
from moderation.desk.masking import masked
from tests.helpers.browser import said
from tests.helpers.browser import words as words_of


@pytest.fixture(scope="module")
async def is_loaded(app: Any) -> AsyncIterator[bool]:
    """What loading it answered."""
    async with DB.transaction() as tx:
        yield await load()
        await tx.rollback()


@pytest.fixture(autouse=True)
async def undo(is_loaded: bool) -> AsyncIterator[None]:
    """What a test does is undone, the community stays."""
    before = await DB.current_transaction.get().savepoint()
    yield
    await before.rollback_to()
    await before.release()


async def counts(sql: str) -> dict[str, int]:
    return {row[0]: row[1] for row in await database.rows(sql)}


async def test_the_community_is_whole_and_loaded_once(browser, is_loaded):
    assert is_loaded is True
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


async def test_the_community_shows_a_whole_life_of_ads(browser):
    """What there is to see of answers, shared weeks, tips, thanks and moves."""
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


async def test_homes_are_exchanged_and_the_night_proposes_a_loop():
    homes = await database.rows("SELECT status, photos FROM listing WHERE category = 'home'")
    assert len(homes) == 10 and all(home["status"] == "published" and home["photos"] for home in homes)
    swaps = await counts("SELECT form || ' ' || state, count(*)::int FROM swap GROUP BY 1")
    assert swaps == {"pair confirmed": 1, "week_room proposed": 1, "pair proposed": 1, "loop proposed": 1}
    assert await latest() is not None, "an administrator reads figures at once"


async def test_there_is_something_to_see_around_rights(browser):
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
