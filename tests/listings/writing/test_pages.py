"""A draft from its category to its preview, in every category."""

import pytest

from listings.kinds import ADS
from listings.tables import Listing
from tests.helpers.ads import BODY, TITLES

COMMON = {"title": "", "body": BODY, "commune": "Brest (29)"}
TYPED = {
    "childcare": {"kind": "request", "children": "2", "ages": ["toddler", "child"], "home": "theirs"},
    "school_run": {"kind": "offer", "school": "Guipavas (29)", "seats": "2"},
    "pet_care": {"kind": "request", "species": ["cat", "bird"], "home": "mine"},
    "classifieds": {"deal": "sell", "price": "12,50", "condition": "good", "quantity": "2"},
    "helping_hand": {"kind": "request", "task": "moving", "quantity": "3"},
    "rides": {"kind": "offer", "to": "Quimper (29)", "seats": "3"},
    "tips": {},
}
KEPT = {
    "childcare": {"children": 2, "ages": ["toddler", "child"], "home": "theirs"},
    "school_run": {"school": "29075", "seats": 2},
    "pet_care": {"species": ["cat", "bird"], "home": "mine"},
    "classifieds": {"condition": "good"},
    "helping_hand": {"task": "moving"},
    "rides": {"to": "29232", "seats": 3},
    "tips": {},
}


async def the_ad() -> Listing:
    found = await Listing.objects().output(load_json=True).first()
    assert found is not None
    return found


@pytest.mark.parametrize("category", [one.value for one in ADS])
async def test_an_ad_of_each_category_goes_from_its_category_to_its_preview(browser, anne, category):
    await browser.sign_in(anne)
    started = await browser.submit("/annonces/nouvelle", category=category)
    here = started.headers["location"]
    form = await browser.follow(started)
    assert "Brest (29)" in form.text

    sent = await browser.submit(here, **{**COMMON, "title": TITLES[category]}, **TYPED[category], do="preview")
    preview = await browser.follow(sent)

    assert sent.headers["location"].endswith("/apercu")
    assert TITLES[category] in preview.text
    ad = await the_ad()
    assert (ad.category, ad.status, ad.details) == (category, "draft", KEPT[category])
    assert (ad.commune, ad.department, ad.region) == ("29019", "29", "53")
    again = await browser.get(here)
    assert TITLES[category] in again.text
