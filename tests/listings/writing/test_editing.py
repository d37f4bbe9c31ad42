"""Changing an ad that is online: at once, or after a moderator has read it; the old text stays meanwhile."""

import asyncio
import re

import pytest

from app import database
from app.refusals import Refused
from listings.life.removing import remove
from listings.life.steps import reserve
from listings.photos.files import Size, photo_file
from listings.tables import Edit, Listing
from listings.writing.editing import accept_edit, refuse_edit
from tests.helpers.ads import BODY, closed, draft, in_days, pending, published, removed
from tests.helpers.decisions import decided
from tests.helpers.finding import findable
from tests.helpers.jobs import run_jobs
from tests.helpers.pictures import photo
from tests.listings.writing.test_sending import ABSENCE, PHONE, WEAPON, actions, cases, state

WHOLE = {
    "kind": "request",
    "title": "Garde de deux enfants le jeudi",
    "body": BODY,
    "children": "2",
    "ages": ["child"],
    "home": "theirs",
    "commune": "Brest (29)",
    "do": "send",
}


def where(ad) -> str:
    return f"/annonces/{ad.id}/modification"


async def edits(ad) -> list[str]:
    found = await database.rows("SELECT state FROM listing_edit WHERE listing = $1 ORDER BY made_at, state", ad.id)
    return [edit["state"] for edit in found]


async def the_waiting(ad) -> Edit:
    found = await Edit.objects().get((Edit.listing == ad.id) & (Edit.state == "waiting"))
    assert found is not None
    return found


async def test_the_form_says_what_the_ad_says(browser, anne):
    await browser.sign_in(anne)
    ad = await published(anne, wanted_by=in_days(20))

    form = await browser.get(where(ad))

    assert f'value="{ad.title}"' in form.text
    assert f'value="{in_days(20).isoformat()}"' in form.text


async def test_a_trusted_members_edit_shows_at_once(browser, anne):
    await browser.sign_in(anne)
    ad = await published(anne)
    await run_jobs()

    page = await browser.follow(await browser.submit(where(ad), **WHOLE, wanted_by=in_days(5).isoformat()))

    assert "Votre modification est en ligne." in page.text
    kept = await state(ad)
    assert (kept.title, kept.version > ad.version) == (WHOLE["title"], True)
    assert kept.published_at == ad.published_at, "an edit does not bring an ad back to the top"
    assert kept.expires_at < ad.expires_at, "it now ends with its last day"
    assert await edits(ad) == []
    assert "listing.edited" in await actions(ad)
    assert (await findable(ad.id))["title"] == WHOLE["title"]


async def test_a_held_edit_waits_and_the_old_text_stays(browser, another_browser, anne, bilal):
    await browser.sign_in(anne)
    await another_browser.sign_in(bilal)
    ad = await published(anne)

    page = await browser.follow(await browser.submit(where(ad), **{**WHOLE, "body": ABSENCE}))

    assert "Votre modification attend une relecture" in page.text
    assert (await state(ad)).body == BODY
    assert "Mali" not in (await another_browser.get(f"/annonces/{ad.id}")).text
    assert await edits(ad) == ["waiting"]
    (case,) = await cases(ad)
    assert (case["kind"], case["edit"]) == ("edit", (await the_waiting(ad)).id)
    form = await browser.get(where(ad))
    assert "Votre modification attend une relecture" in form.text
    assert "Mali" in form.text


async def test_an_edit_of_a_new_member_waits(browser, emilie):
    await browser.sign_in(emilie)
    ad = await published(emilie)

    await browser.submit(where(ad), **WHOLE)

    assert await edits(ad) == ["waiting"]
    assert (await state(ad)).title == ad.title


async def test_a_second_edit_replaces_the_one_that_waits(browser, emilie):
    await browser.sign_in(emilie)
    ad = await published(emilie)
    await browser.submit(where(ad), **WHOLE)

    await browser.submit(where(ad), **{**WHOLE, "title": "Garde le vendredi soir"})

    assert await edits(ad) == ["waiting", "withdrawn"]
    first, second = await cases(ad)
    assert {first["closed_at"] is None, second["closed_at"] is None} == {True, False}
    assert "Garde le vendredi soir" in (await browser.get(where(ad))).text


@pytest.mark.commits
async def test_edits_sent_at_once_leave_one_waiting(browser, another_browser, emilie):
    ad = await published(emilie)
    for window in (browser, another_browser):
        await window.sign_in(emilie)
        await window.get("/charte")

    twice = await asyncio.gather(*(window.submit(where(ad), **WHOLE) for window in (browser, another_browser)))
    different = [WHOLE, {**WHOLE, "title": "Garde le vendredi soir"}]
    both = await asyncio.gather(
        *(window.submit(where(ad), **said) for window, said in zip((browser, another_browser), different, strict=True))
    )

    assert {answer.status_code for answer in twice} == {303}
    assert {answer.status_code for answer in both} <= {303, 409}
    assert (await edits(ad)).count("waiting") == 1
    open_cases = [case for case in await cases(ad) if case["closed_at"] is None]
    assert len(open_cases) == 1


async def test_an_accepted_edit_becomes_the_ad(browser, emilie):
    await browser.sign_in(emilie)
    ad = await published(emilie)
    await browser.submit(where(ad), **WHOLE)
    await run_jobs()

    await accept_edit((await the_waiting(ad)).id)

    kept = await state(ad)
    assert (kept.title, kept.status) == (WHOLE["title"], "published")
    assert kept.version > ad.version
    assert await edits(ad) == ["accepted"]
    assert (await findable(ad.id))["title"] == WHOLE["title"]


async def test_a_refused_edit_leaves_the_ad_and_says_why(browser, emilie, chloe):
    await browser.sign_in(emilie)
    ad = await published(emilie)
    await database.execute("UPDATE listing SET updated_at = now() - interval '1 minute' WHERE id = $1", ad.id)
    await browser.submit(where(ad), **WHOLE)
    (case,) = await cases(ad)
    await decided(case["id"], chloe.id, emilie.id, "ask_changes", "privacy", "Ne dites pas le jour.")

    await refuse_edit(case["edit"])

    assert (await state(ad)).title == ad.title
    assert await edits(ad) == ["refused"]
    form = await browser.get(where(ad))
    assert "Ne dites pas le jour." in form.text
    assert WHOLE["title"] in form.text


async def test_an_edit_is_decided_once(browser, emilie):
    await browser.sign_in(emilie)
    ad = await published(emilie)
    await browser.submit(where(ad), **WHOLE)
    edit = (await the_waiting(ad)).id
    await refuse_edit(edit)

    for decide in (accept_edit, refuse_edit):
        with pytest.raises(Refused):
            await decide(edit)


async def test_a_waiting_edit_is_withdrawn(browser, emilie):
    await browser.sign_in(emilie)
    ad = await published(emilie)
    await browser.submit(where(ad), **WHOLE)

    page = await browser.follow(await browser.submit(f"{where(ad)}/retrait"))

    assert "l’annonce reste comme elle est" in page.text
    assert await edits(ad) == ["withdrawn"]
    assert all(case["closed_at"] for case in await cases(ad))

    await browser.submit(f"{where(ad)}/retrait")
    told = await database.value(
        "SELECT count(*) FROM audit_entry WHERE subject = $1 AND action = 'edit.withdrawn'", str(ad.id)
    )
    assert told == 1


async def test_a_removed_ad_loses_its_waiting_edit(browser, emilie):
    await browser.sign_in(emilie)
    ad = await published(emilie)
    await browser.submit(where(ad), **WHOLE)

    await remove(ad.id)

    assert await edits(ad) == ["withdrawn"]
    assert (await state(ad)).status == "removed"
    with pytest.raises(Refused):
        await remove(ad.id)


async def test_a_refused_text_is_corrected_on_the_spot(browser, anne):
    await browser.sign_in(anne)
    ad = await published(anne)

    answer = await browser.submit(where(ad), **{**WHOLE, "body": WEAPON})

    assert answer.status_code == 422
    assert "À corriger avant d’envoyer" in answer.text
    assert "Envoyer quand même" not in answer.text
    assert (await browser.submit(where(ad), **{**WHOLE, "body": WEAPON, "do": "anyway"})).status_code == 422
    assert (await state(ad)).body == BODY
    assert await edits(ad) == []


async def test_advice_is_shown_once_and_may_be_passed_over(browser, anne):
    await browser.sign_in(anne)
    ad = await published(anne)

    answer = await browser.submit(where(ad), **{**WHOLE, "body": PHONE})
    assert answer.status_code == 422
    assert "<mark>06 12 34 56 78</mark>" in answer.text
    assert (await state(ad)).body == BODY

    assert (await browser.submit(where(ad), **{**WHOLE, "body": PHONE, "do": "anyway"})).status_code == 303
    assert (await state(ad)).body == PHONE


async def test_an_edit_lacking_something_is_shown_again(browser, anne):
    await browser.sign_in(anne)
    ad = await published(anne)

    answer = await browser.submit(where(ad), **{**WHOLE, "title": "", "commune": ""})

    assert answer.status_code == 422
    assert 'id="title-error"' in answer.text
    assert 'id="commune-error"' in answer.text
    assert (await state(ad)).title == ad.title


async def test_photos_of_an_edit_are_the_ads_once_it_is_accepted(browser, another_browser, emilie, bilal):
    await browser.sign_in(emilie)
    await another_browser.sign_in(bilal)
    ad = await published(emilie)
    file = [("photos", ("a.jpg", photo(60, 60), "image/jpeg"))]

    form = await browser.submit(where(ad), files=file, **{**WHOLE, "do": "photos"})
    assert form.status_code == 200
    one = await database.value("SELECT id FROM photo WHERE listing = $1", ad.id)
    assert f'name="photo" value="{one}"' in form.text
    assert WHOLE["title"] in form.text
    assert (await state(ad)).photos == []

    await browser.submit(where(ad), **WHOLE, photo=[str(one)])
    assert (await another_browser.get(f"/photos/{one}/thumb")).status_code == 404
    await accept_edit((await the_waiting(ad)).id)

    assert (await state(ad)).photos == [one]
    assert (await another_browser.get(f"/photos/{one}/thumb")).status_code == 200
    assert photo_file(one, Size.large).exists()


@pytest.mark.parametrize("other", [draft, pending, closed, removed])
async def test_only_an_ad_online_is_edited_or_closed(browser, anne, other):
    await browser.sign_in(anne)
    ad = await other(anne)
    for way in ("modification", "cloture"):
        back = await browser.get(f"/annonces/{ad.id}/{way}")
        assert (back.status_code, back.headers["location"]) == (303, f"/annonces/{ad.id}")
        assert (await browser.submit(f"/annonces/{ad.id}/{way}", **WHOLE, outcome="withdrawn")).status_code == 409
    assert (await state(ad)).title == ad.title


async def test_nobody_edits_or_closes_the_ad_of_another(browser, anne, bilal, chloe):
    ad = await published(anne)
    for member in (bilal, chloe):
        await browser.sign_in(member)
        for way in ("modification", "cloture"):
            assert (await browser.get(f"/annonces/{ad.id}/{way}")).status_code == 404
            assert (await browser.submit(f"/annonces/{ad.id}/{way}", **WHOLE, outcome="fulfilled")).status_code == 404
        assert (await browser.submit(f"{where(ad)}/retrait")).status_code == 404
    kept = await Listing.objects().get(Listing.id == ad.id)
    assert kept is not None
    assert (kept.title, kept.status) == (ad.title, "published")


async def test_the_second_of_two_windows_is_told_and_loses_nothing(browser, another_browser, anne):
    ad = await published(anne)
    await browser.sign_in(anne)
    await another_browser.sign_in(anne)
    address = where(ad)
    shown = re.search(r'name="stamp" value="(\d+)"', (await browser.get(address)).text)[1]
    await another_browser.submit(address, **(WHOLE | {"body": "Le mercredi, s’il vous plaît.", "stamp": shown}))

    late = await browser.submit(address, **(WHOLE | {"body": "Le jeudi, s’il vous plaît.", "stamp": shown}))

    assert late.status_code == 409
    assert "Le jeudi, s’il vous plaît." in late.text
    assert "modifiée entre-temps" in late.text
    assert "Le mercredi" in (await Listing.objects().get(Listing.id == ad.id)).body
    fresh = re.search(r'name="stamp" value="(\d+)"', late.text)[1]
    again = await browser.submit(address, **(WHOLE | {"body": "Le jeudi, s’il vous plaît.", "stamp": fresh}))
    assert again.status_code == 303
    assert "Le jeudi" in (await Listing.objects().get(Listing.id == ad.id)).body


async def test_a_place_taken_while_one_writes_is_no_other_change(browser, anne):
    await browser.sign_in(anne)
    ad = await published(anne)
    shown = re.search(r'name="stamp" value="(\d+)"', (await browser.get(where(ad))).text)[1]
    await reserve(ad.id)
    assert (await browser.submit(where(ad), **(WHOLE | {"stamp": shown}))).status_code == 303


async def test_the_same_edit_sent_twice_is_one_edit(browser, anne):
    ad = await published(anne)
    await browser.sign_in(anne)
    address = where(ad)
    shown = re.search(r'name="stamp" value="(\d+)"', (await browser.get(where(ad))).text)[1]
    sent = WHOLE | {"body": "Le mercredi, s’il vous plaît.", "stamp": shown}

    answers = [(await browser.submit(address, **sent)).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert (await Listing.objects().get(Listing.id == ad.id)).version == ad.version + 1
