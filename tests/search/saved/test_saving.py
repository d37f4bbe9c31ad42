"""Keeping a search, from the list or from a page that found nothing; changing it, letting it go."""

import asyncio
import re

import pytest

from app import database
from app.dates import today
from app.refusals import Refused
from members.tables import Member
from moving.seasons import coming
from search.saved.paces import Pace
from search.saved.saving import MOST
from search.saved.tables import SavedSearch
from tests.helpers.browser import words
from tests.search.saved.keeping import keeps


def criteria(page) -> list[str]:
    return re.findall(r'name="criteria"[^>]* value="([^"]*)" checked', page.text)


async def test_a_list_that_found_nothing_offers_to_keep_the_search(browser, anne, index):
    await browser.sign_in(anne)
    page = await browser.get("/annonces", params={"q": "poussette jumelle", "rayon": "25", "prix_max": "30"})
    link = re.search(r'href="(/moi/recherches/nouvelle\?[^"]*)"', page.text)
    assert link
    page = await browser.get(link[1].replace("&amp;", "&"))
    assert "À moins de 25 km" in words(page) and "30 € au plus" in words(page)
    assert 'value="poussette jumelle"' in page.text
    answer = await browser.submit("/moi/recherches/nouvelle", criteria=criteria(page), q="poussette", pace="daily")
    page = await browser.follow(answer)
    assert "nous vous préviendrons" in words(page)
    assert "« poussette » · À moins de 25 km · 30 € au plus" in words(page) and "Une fois par jour" in words(page)
    row = await database.row("SELECT * FROM saved_search")
    assert row["kms"] == [25.0] and row["price_max_cents"] == 3000 and row["member"] == anne.id


async def test_the_same_search_saved_twice_is_one_with_the_last_pace(browser, anne):
    await keeps(anne, q="poussette", categorie="classifieds")
    await keeps(anne, Pace.weekly, categorie="classifieds", q="poussette", tri="newest")
    [row] = await database.rows("SELECT pace FROM saved_search")
    assert row["pace"] == "weekly"


@pytest.mark.parametrize("asked", [{}, {"tri": "newest"}, {"commune": "Quimper (29)"}])
async def test_a_search_for_everything_is_not_kept(browser, anne, asked):
    await browser.sign_in(anne)
    page = await browser.get("/moi/recherches/nouvelle", params=asked)
    answer = await browser.submit("/moi/recherches/nouvelle", criteria=criteria(page), q="", pace="daily")
    assert answer.status_code == 422 and "au moins un critère" in words(answer)
    assert await database.value("SELECT count(*) FROM saved_search") == 0


async def test_a_pace_has_to_be_chosen_and_what_was_typed_stays(browser, anne):
    await browser.sign_in(anne)
    answer = await browser.submit("/moi/recherches/nouvelle", criteria="categorie=rides", q="lundi", pace="hourly")
    assert answer.status_code == 422 and "Choisissez quand vous prévenir" in words(answer)
    assert 'value="lundi"' in answer.text and criteria(answer) == ["categorie=rides"]


async def test_so_many_searches_and_no_more(browser, anne):
    for number in range(MOST):
        await keeps(anne, q=f"poussette {number}")
    with pytest.raises(Refused):
        await keeps(anne, q="une de trop")
    await browser.sign_in(anne)
    answer = await browser.submit("/moi/recherches/nouvelle", criteria="", q="une de trop", pace="daily")
    assert answer.status_code == 422 and f"déjà {MOST} recherches" in words(answer)


@pytest.mark.commits
async def test_two_windows_do_not_pass_the_limit_together(anne):
    for number in range(MOST - 1):
        await keeps(anne, q=f"poussette {number}")
    done = await asyncio.gather(*(keeps(anne, q=f"fin {n}") for n in range(4)), return_exceptions=True)
    assert sum(isinstance(one, Refused) for one in done) == 3
    assert await database.value("SELECT count(*) FROM saved_search") == MOST


@pytest.mark.commits
async def test_the_same_form_sent_twice_at_once_is_one_search(anne):
    await asyncio.gather(*(keeps(anne, q="poussette") for _ in range(4)))
    assert await database.value("SELECT count(*) FROM saved_search") == 1


async def test_changing_one_changes_what_it_is_compared_by(browser, anne):
    search = await keeps(anne, q="poussette", departement="29")
    await browser.sign_in(anne)
    page = await browser.get(f"/moi/recherches/{search}")
    assert "Finistère (29)" in words(page) and criteria(page) == ["departement=29"]
    await browser.submit(f"/moi/recherches/{search}", criteria=[], q="landau", pace="weekly")
    row = await database.row("SELECT asked, pace, wanted::text FROM saved_search")
    assert row["asked"] == "q=landau" and row["pace"] == "weekly" and "department" not in row["wanted"]


async def test_each_criterion_is_kept_or_left_by_itself(browser, anne):
    asked = {
        "categorie": "childcare",
        "rayon": 25,
        "commune": "Quimper (29)",
        "jours": ["0", "2"],
        "moments": "evening",
    }
    search = await keeps(anne, **asked)
    await browser.sign_in(anne)
    boxes = criteria(await browser.get(f"/moi/recherches/{search}"))
    assert len(boxes) == 6
    await browser.submit(f"/moi/recherches/{search}", criteria=boxes, q="", pace="weekly")
    before = await database.value("SELECT asked FROM saved_search")
    assert before == "categorie=childcare&commune=Quimper+%2829%29&rayon=25&jours=0&jours=2&moments=evening"
    left = [box for box in boxes if box != "jours=0"]
    await browser.submit(f"/moi/recherches/{search}", criteria=left, q="", pace="weekly")
    assert await database.value("SELECT asked FROM saved_search") == before.replace("jours=0&", "")


async def test_the_place_counted_from_stays_with_the_criteria(browser, anne):
    search = await keeps(anne, q="armoire", rayon=25, autour="la-bas")
    await browser.sign_in(anne)
    page = await browser.get(f"/moi/recherches/{search}")
    assert '<input type="hidden" name="criteria" value="autour=la-bas">' in page.text


async def test_two_searches_do_not_become_the_same(browser, anne):
    await keeps(anne, q="poussette")
    search = await keeps(anne, q="landau")
    await browser.sign_in(anne)
    answer = await browser.submit(f"/moi/recherches/{search}", criteria="", q="poussette", pace="daily")
    assert answer.status_code == 422 and "Vous gardez déjà une recherche" in words(answer)


async def test_deleting_one_leaves_the_others(browser, anne):
    search = await keeps(anne, q="poussette")
    await keeps(anne, q="landau")
    await browser.sign_in(anne)
    page = await browser.follow(await browser.submit(f"/moi/recherches/{search}/suppression"))
    assert "n’est plus gardée" in words(page) and "poussette" not in words(page) and "landau" in words(page)
    browser.cookies.pop("fait", None)
    again = await browser.follow(await browser.submit(f"/moi/recherches/{search}/suppression"))
    assert "C’est déjà fait." in words(again) and "landau" in words(again)


async def test_nobody_sees_or_changes_another_s(browser, anne, bilal):
    search = await keeps(anne, q="poussette")
    await browser.sign_in(bilal)
    for answer in (
        await browser.get(f"/moi/recherches/{search}"),
        await browser.get(f"/moi/recherches/{search}/annonces"),
        await browser.submit(f"/moi/recherches/{search}", criteria="", q="x", pace="daily"),
    ):
        assert answer.status_code == 404
    await browser.submit(f"/moi/recherches/{search}/suppression")
    assert "poussette" not in (await browser.get("/moi/recherches")).text
    assert await database.value("SELECT asked FROM saved_search") == "q=poussette"


async def test_what_a_member_looks_for_stands_in_no_log(anne):
    await keeps(anne, q="poussette")
    assert await database.value("SELECT count(*) FROM audit_entry") == 0
    assert "poussette" not in repr(await SavedSearch.objects().first())


async def test_distances_follow_a_member_who_moves(browser, anne):
    await keeps(anne, q="poussette", rayon=10)
    await browser.sign_in(anne)
    await browser.submit("/moi/profil", first_name="Anne", commune="Quimper (29)")
    assert (await Member.objects().get(Member.id == anne.id)).commune == "29232"
    assert await database.value("SELECT round(lats[1]::numeric, 1)::text FROM saved_search") == "48.0"


async def test_both_communes_of_a_mover_until_they_have_arrived(browser, anne):
    await browser.sign_in(anne)
    await browser.submit("/mutation", commune="Toulon (83)", since=coming(today())[2].key)
    page = await browser.get("/moi/recherches/nouvelle", params={"q": "poussette", "rayon": "10"})
    assert "Autour de Brest et de Toulon" in words(page)
    await browser.submit(
        "/moi/recherches/nouvelle", criteria=criteria(page), q="poussette", pace="daily", both_places="on"
    )
    assert await database.value("SELECT kms FROM saved_search") == [10.0, 10.0]
    await browser.submit("/mutation/arrivee", commune="83137")
    assert await database.value("SELECT kms FROM saved_search") == [10.0]
    assert await database.value("SELECT round(lats[1]::numeric)::int FROM saved_search") == 43
