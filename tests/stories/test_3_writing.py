"""A member writes an ad: its own fields, photos, days and hours, a place; sees it; sends it."""

from datetime import timedelta

import pytest

from app.dates import today
from tests.helpers.ads import BODY
from tests.helpers.browser import words
from tests.helpers.pictures import photo

WHOLE = {
    "childcare": {"kind": "request", "children": "2", "ages": ["toddler"], "home": "theirs"},
    "school_run": {"kind": "offer", "school": "Quimper (29)", "seats": "2"},
    "pet_care": {"kind": "request", "species": ["cat"], "home": "theirs"},
    "classifieds": {"deal": "sell", "price": "12,50", "condition": "good"},
    "helping_hand": {"kind": "request", "task": "moving", "quantity": "2"},
    "rides": {"kind": "offer", "to": "Quimper (29)", "seats": "3"},
    "tips": {},
}


async def _begin(browser, category: str) -> str:
    """The address of the new draft, without its last part."""
    begun = await browser.submit("/annonces/nouvelle", category=category)
    assert (await browser.follow(begun)).status_code == 200
    return begun.headers["location"].removesuffix("/brouillon")


@pytest.mark.parametrize("category", WHOLE)
async def test_an_ad_of_every_category_is_written_seen_and_sent(browser, anne, category):
    await browser.sign_in(anne)
    where = await _begin(browser, category)

    form = {"title": "Un titre choisi", "body": BODY, "commune": "29200", **WHOLE[category]}
    preview = await browser.follow(await browser.submit(f"{where}/brouillon", do="preview", **form))
    assert "Relire avant d’envoyer" in words(preview)
    assert "Brest (29)" in words(preview)

    online = await browser.follow(await browser.submit(f"{where}/publication"))
    assert "Votre annonce est en ligne" in words(online)
    assert "Un titre choisi" in words(online)


async def test_photos_and_the_days_of_the_week_are_shown_before_sending(browser, anne):
    await browser.sign_in(anne)
    where = await _begin(browser, "childcare")
    form = {
        "title": "Garde le mercredi",
        "body": BODY,
        "commune": "Brest (29)",
        **WHOLE["childcare"],
        "when": "weekly",
        "days": ["2"],
        "starts": "14:00",
        "ends": "18:30",
        "until": (today() + timedelta(days=40)).isoformat(),
    }
    files = [("photos", (f"{colour}.jpg", photo(colour=colour), "image/jpeg")) for colour in ("teal", "navy")]

    shown = await browser.follow(await browser.submit(f"{where}/brouillon", files=files, do="photos", **form))
    assert shown.text.count('alt="Photo ') == 2

    preview = await browser.follow(await browser.submit(f"{where}/brouillon", do="preview", **form))
    assert "mercredi" in words(preview)
    assert "14 h" in words(preview)
    assert preview.text.count("/photos/") >= 2


async def test_a_draft_is_kept_with_what_is_missing_said_beside_each_field(browser, anne):
    await browser.sign_in(anne)
    where = await _begin(browser, "pet_care")

    half = await browser.submit(f"{where}/brouillon", do="preview", title="Nourrir notre chat", body="")
    assert half.status_code == 422
    assert 'href="#body"' in half.text
    assert 'id="species-error"' in half.text

    later = await browser.get("/mes-annonces")
    assert "Nourrir notre chat" in words(later)
    assert 'value="Nourrir notre chat"' in (await browser.get(f"{where}/brouillon")).text
    assert (await browser.submit(f"{where}/publication")).status_code >= 400


async def test_a_draft_is_nobody_elses(browser, another_browser, anne, bilal):
    await browser.sign_in(anne)
    where = await _begin(browser, "tips")
    await another_browser.sign_in(bilal)
    for path in (where, f"{where}/brouillon", f"{where}/apercu"):
        assert (await another_browser.get(path)).status_code == 404
    assert (await another_browser.submit(f"{where}/brouillon", title="À moi")).status_code == 404
