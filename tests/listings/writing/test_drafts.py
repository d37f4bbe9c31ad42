"""Drafts: begun, kept even when something is wrong, deleted; seen by their author only."""

import pytest

from app import database
from listings.tables import Listing
from tests.helpers.ads import BODY, draft, in_days, pending, published
from tests.helpers.browser import stamp_in
from tests.helpers.pictures import photo

HERE = "/annonces/{}/brouillon"


async def ad_of(row) -> dict:
    found = await Listing.select().where(Listing.id == row.id).output(load_json=True).first()
    assert found is not None
    return found


async def test_the_categories_stand_with_their_hint(browser, anne):
    await browser.sign_in(anne)

    page = await browser.get("/annonces/nouvelle")

    assert page.text.count('type="radio" name="category"') == 8
    assert "Visites, promenades" in page.text


async def test_no_category_begins_nothing(browser, anne):
    await browser.sign_in(anne)
    for wrong in ({}, {"category": "weapons"}):
        answer = await browser.submit("/annonces/nouvelle", **wrong)
        assert answer.status_code == 422
        assert "Choisissez d’abord une catégorie." in answer.text
    assert await Listing.count() == 0


async def test_twenty_drafts_a_day_are_enough(browser, anne):
    await browser.sign_in(anne)
    for _ in range(20):
        await draft(anne, "tips")

    assert (await browser.submit("/annonces/nouvelle", category="tips")).status_code == 429
    assert await Listing.count() == 20


async def test_a_draft_not_written_yet_is_taken_up_again(browser, anne, bilal):
    await draft(bilal, "tips", title="", body="")
    await browser.sign_in(anne)

    begun = [
        (await browser.submit("/annonces/nouvelle", category=one)).headers["location"]
        for one in ("tips", "tips", "rides")
    ]

    assert begun[0] == begun[1] != begun[2]
    assert await Listing.count() == 3


async def test_an_incomplete_draft_is_kept(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne, title="", body="")

    saved = await browser.follow(await browser.submit(HERE.format(ad.id), title="Lit", do="save"))

    assert "Brouillon enregistré" in saved.text
    assert (await ad_of(ad))["title"] == "Lit"
    assert "Lit" in (await browser.get("/mes-annonces")).text


async def test_the_preview_asks_for_what_is_missing(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne, title="", body="", details={}, commune=None, kind=None)
    await database.execute("UPDATE listing SET kind = NULL WHERE id = $1", ad.id)

    answer = await browser.submit(HERE.format(ad.id), do="preview")

    assert answer.status_code == 422
    for field in ("kind", "title", "body", "children", "ages", "home", "commune"):
        assert f'id="{field}-error"' in answer.text, field
    assert answer.text.index('href="#kind"') < answer.text.index('href="#title"') < answer.text.index('href="#commune"')
    preview = await browser.get(f"/annonces/{ad.id}/apercu")
    assert preview.status_code == 422
    assert 'id="title-error"' in preview.text


@pytest.mark.parametrize(
    ("category", "field", "typed"),
    [
        ("childcare", "title", "x" * 101),
        ("childcare", "body", "x" * 4001),
        ("childcare", "children", "0"),
        ("childcare", "children", "trois"),
        ("childcare", "kind", "gift"),
        ("childcare", "ages", "pensioner"),
        ("childcare", "wanted_by", "demain"),
        ("childcare", "commune", "Zzyzx"),
        ("school_run", "seats", "400"),
        ("school_run", "school", "st denis"),
        ("pet_care", "species", "tiger"),
        ("pet_care", "home", "zoo"),
        ("classifieds", "quantity", "100"),
        ("classifieds", "condition", "broken"),
        ("classifieds", "deal", "steal"),
        ("helping_hand", "task", "heist"),
        ("rides", "to", "Nulle-Part-sur-Rien"),
    ],
)
async def test_what_does_not_fit_is_told_beside_its_field_and_what_fits_is_kept(browser, anne, category, field, typed):
    await browser.sign_in(anne)
    ad = await draft(anne, category)
    before = await ad_of(ad)
    fine = {"title": "Un titre qui convient", "body": "Une description qui convient."}

    answer = await browser.submit(HERE.format(ad.id), **{**fine, field: typed}, do="save")

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    if field in {"title", "body", "children", "seats", "quantity", "commune", "school", "to"}:
        assert typed in answer.text, "what was typed is lost"
    after = await ad_of(ad)
    assert after.get(field) == before.get(field)
    assert after["details"].get(field) == before["details"].get(field)
    assert all(after[name] == fine[name] for name in fine if name != field)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("12,50", 1250), ("12.5", 1250), ("12", 1200), ("0,99 €", 99), ("500", 50000), ("12 euros", 1200)],
)
async def test_a_price_is_typed_as_people_do(browser, anne, typed, cents):
    await browser.sign_in(anne)
    ad = await draft(anne, "classifieds")

    await browser.submit(HERE.format(ad.id), deal="sell", price=typed, do="save")

    assert (await ad_of(ad))["price_cents"] == cents
    assert (await ad_of(ad))["kind"] == "offer"


@pytest.mark.parametrize("typed", ["0", "-3", "gratuit", "1e3", "12,345", "0,00", "٣"])
async def test_what_is_no_price_is_refused(browser, anne, typed):
    await browser.sign_in(anne)
    ad = await draft(anne, "classifieds")

    answer = await browser.submit(HERE.format(ad.id), deal="sell", price=typed, do="save")

    assert answer.status_code == 422
    assert 'id="price-error"' in answer.text
    assert (await ad_of(ad))["price_cents"] is None


async def test_a_price_has_a_cap_and_is_asked_of_a_seller(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne, "classifieds")
    whole = {"title": "Poussette pliante", "body": BODY, "commune": "Brest (29)", "deal": "sell", "do": "preview"}

    for price in ("", "5000,01"):
        answer = await browser.submit(HERE.format(ad.id), **whole, price=price)
        assert answer.status_code == 422
        assert 'id="price-error"' in answer.text
    assert (await browser.submit(HERE.format(ad.id), **whole, price="5000")).status_code == 303


@pytest.mark.parametrize("deal", ["give", "lend", "seek"])
async def test_what_is_not_sold_has_no_price(browser, anne, deal):
    await browser.sign_in(anne)
    ad = await draft(anne, "classifieds", deal="sell", price_cents=1000)

    await browser.submit(HERE.format(ad.id), deal=deal, price="10", do="save")

    kept = await ad_of(ad)
    assert (kept["deal"], kept["price_cents"]) == (deal, None)
    assert kept["kind"] == ("request" if deal == "seek" else "offer")


async def test_a_field_of_another_category_is_not_taken(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne, "tips")

    await browser.submit(HERE.format(ad.id), title="Une adresse", deal="sell", price="10", seats="3", do="save")

    kept = await ad_of(ad)
    assert (kept["deal"], kept["price_cents"], kept["details"]) == (None, None, {})


async def test_a_doubtful_commune_is_chosen_from_a_list(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne)

    asked = await browser.submit(HERE.format(ad.id), commune="st denis", do="save")
    assert asked.status_code == 422
    assert 'value="Saint-Denis (93)"' in asked.text

    chosen = {"commune": "st denis", "commune-chosen": "Saint-Denis (93)"}
    assert (await browser.submit(HERE.format(ad.id), **chosen, do="save")).status_code == 303
    kept = await ad_of(ad)
    assert (kept["commune"], kept["department"]) == ("93066", "93")


async def test_a_choice_that_was_not_offered_is_not_taken(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne)

    chosen = {"commune": "st denis", "commune-chosen": "Brest (29)"}

    assert (await browser.submit(HERE.format(ad.id), **chosen, do="save")).status_code == 422


async def test_dates_are_kept_in_their_order(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne)
    first, second = in_days(3), in_days(9)

    await browser.submit(
        HERE.format(ad.id),
        **{"when": "dates", "on-1": second.isoformat(), "starts-1": "16:30", "ends-1": "18h", "do": "save"},
        **{"on-3": first.strftime("%d/%m/%Y")},
    )

    kept = await ad_of(ad)
    assert kept["schedule"]["slots"] == [
        {"on": first.isoformat()},
        {"on": second.isoformat(), "starts": "16:30:00", "ends": "18:00:00"},
    ]
    assert (kept["starts_on"], kept["ends_on"]) == (first, second)
    form = (await browser.get(HERE.format(ad.id))).text
    assert f'value="{first.isoformat()}"' in form
    assert 'value="16:30"' in form


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"on-1": "2020-01-01"}, "on-1"),
        ({"on-1": in_days(400).isoformat()}, "on-1"),
        ({"on-1": "31/02/2027"}, "on-1"),
        ({}, "on-1"),
        ({"starts-2": "10:00"}, "on-2"),
        ({"on-1": in_days(2).isoformat(), "starts-1": "18:00", "ends-1": "17:00"}, "ends-1"),
        ({"on-1": in_days(2).isoformat(), "starts-1": "18:00", "ends-1": "18:00"}, "ends-1"),
        ({"on-1": in_days(2).isoformat(), "ends-1": "18:00"}, "starts-1"),
        ({"on-1": in_days(2).isoformat(), "starts-1": "25:00"}, "starts-1"),
    ],
)
async def test_dates_that_cannot_be_are_told(browser, anne, typed, field):
    await browser.sign_in(anne)
    ad = await draft(anne)

    answer = await browser.submit(HERE.format(ad.id), when="dates", **typed, do="save")

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert all(value in answer.text for value in typed.values())


async def test_days_of_every_week_are_kept(browser, anne):
    await browser.sign_in(anne)
    ad, until = await draft(anne), in_days(60).isoformat()

    await browser.submit(
        HERE.format(ad.id), when="weekly", days=["2", "0", "9"], starts="14:00", ends="18:00", until=until, do="save"
    )

    kept = (await ad_of(ad))["schedule"]["weekly"]
    assert kept == {"days": [0, 2], "starts": "14:00:00", "ends": "18:00:00", "until": until}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "days"),
        ({"days": ["1"], "starts": "18:00", "ends": "08:00"}, "ends"),
        ({"days": ["1"], "until": "2020-01-01"}, "until"),
        ({"days": ["1"], "since": in_days(9).isoformat(), "until": in_days(3).isoformat()}, "until"),
        ({"days": ["1"], "since": in_days(900).isoformat()}, "since"),
    ],
)
async def test_weeks_that_cannot_be_are_told(browser, anne, typed, field):
    await browser.sign_in(anne)
    ad = await draft(anne)

    answer = await browser.submit(HERE.format(ad.id), when="weekly", **typed, do="save")

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


async def test_more_dates_can_be_asked_for_up_to_twelve(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne)

    more = await browser.submit(
        HERE.format(ad.id), when="dates", rows="9", do="dates", **{"on-1": in_days(1).isoformat()}
    )

    assert more.status_code == 200
    assert 'name="on-12"' in more.text
    assert 'name="on-13"' not in more.text
    assert "Ajouter des dates" not in more.text


async def test_a_date_that_passed_since_the_draft_was_written_is_told_at_the_preview(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne, wanted_by=in_days(-3))

    answer = await browser.get(f"/annonces/{ad.id}/apercu")

    assert answer.status_code == 422
    assert 'id="wanted_by-error"' in answer.text


async def test_what_is_typed_is_never_markup(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne)
    hostile = "<script>alert(1)</script>{{ 7*7 }}\x00'; DROP TABLE listing;--"

    form = await browser.follow(await browser.submit(HERE.format(ad.id), title=hostile, body=hostile, do="save"))

    assert "<script>alert" not in form.text
    assert "{{ 7*7 }}" in form.text
    assert (await ad_of(ad))["title"] == hostile.replace("\x00", "")


async def test_nobody_else_comes_near_a_draft(browser, anne, bilal, chloe):
    ad = await draft(anne)
    for member in (bilal, chloe):
        await browser.sign_in(member)
        for way in ("brouillon", "apercu"):
            assert (await browser.get(f"/annonces/{ad.id}/{way}")).status_code == 404
        for way in ("brouillon", "suppression", "publication", "reprise"):
            assert (await browser.submit(f"/annonces/{ad.id}/{way}")).status_code == 404
        assert (await browser.get(f"/annonces/{ad.id}")).status_code == 404
    assert (await ad_of(ad))["status"] == "draft"


@pytest.mark.parametrize("state", [pending, published])
async def test_what_is_no_draft_any_more_is_not_written_as_one(browser, anne, state):
    await browser.sign_in(anne)
    ad = await state(anne)

    for page in ("brouillon", "apercu"):
        back = await browser.get(f"/annonces/{ad.id}/{page}")
        assert (back.status_code, back.headers["location"]) == (303, f"/annonces/{ad.id}")
    assert (await browser.submit(HERE.format(ad.id), title="Autre chose", do="save")).status_code == 409
    assert (await browser.submit(f"/annonces/{ad.id}/suppression")).status_code == 409
    assert (await ad_of(ad))["title"] == ad.title


async def test_a_draft_is_deleted(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne)

    page = await browser.follow(await browser.submit(f"/annonces/{ad.id}/suppression"))

    assert "Brouillon supprimé." in page.text
    assert await Listing.count() == 0
    assert "Vous n’avez pas encore d’annonce" in page.text


async def test_a_draft_deleted_twice_is_deleted_and_a_strangers_is_not_there(browser, anne, bilal):
    await browser.sign_in(anne)
    ad, read = await draft(anne), await draft(anne)
    await database.execute("UPDATE listing SET submitted_at = now() WHERE id = $1", read.id)
    for one in (ad, read):
        await browser.submit(f"/annonces/{one.id}/suppression")
        browser.cookies.delete("fait")

        page = await browser.follow(await browser.submit(f"/annonces/{one.id}/suppression"))

        assert page.url.path == "/mes-annonces"
        assert "C’est déjà fait." in page.text
    await browser.sign_in(bilal)
    assert (await browser.submit(f"/annonces/{ad.id}/suppression")).status_code == 404


async def test_a_draft_a_moderator_has_read_is_put_aside_not_erased(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne)
    await database.execute("UPDATE listing SET submitted_at = now() WHERE id = $1", ad.id)

    await browser.submit(f"/annonces/{ad.id}/suppression")

    kept = await ad_of(ad)
    assert (kept["status"], kept["outcome"]) == ("closed", "withdrawn")
    assert f'href="/annonces/{ad.id}"' not in (await browser.get("/mes-annonces")).text


async def test_of_two_windows_the_second_to_save_a_draft_is_told_and_loses_nothing(browser, another_browser, anne):
    ad = await draft(anne)
    for window in (browser, another_browser):
        await window.sign_in(anne)
    address = HERE.format(ad.id)
    shown = stamp_in(await browser.get(address))
    first = await another_browser.submit(address, title="Le titre de l’autre", do="save", stamp=shown)
    assert first.status_code == 303

    late = await browser.submit(address, title="Mon titre à moi", do="preview", stamp=shown)

    assert late.status_code == 409
    assert 'value="Mon titre à moi"' in late.text and "Le brouillon a changé" in late.text
    assert (await ad_of(ad))["title"] == "Le titre de l’autre"
    again = await browser.submit(address, title="Mon titre à moi", do="save", stamp=stamp_in(late))
    assert again.status_code == 303
    assert (await ad_of(ad))["title"] == "Mon titre à moi"


async def test_the_same_draft_saved_twice_is_saved_and_what_was_saved_may_be_saved_on(browser, anne):
    ad = await draft(anne)
    await browser.sign_in(anne)
    address = HERE.format(ad.id)
    shown = stamp_in(await browser.get(address))
    for _ in range(2):
        assert (await browser.submit(address, title="Garde du mercredi", do="save", stamp=shown)).status_code == 303
    on = stamp_in(await browser.get(address))
    assert on != shown
    wrong = await browser.submit(address, title="x" * 300, body="Un mot de plus.", do="save", stamp=on)
    assert wrong.status_code == 422
    right = await browser.submit(address, title="Garde du jeudi", do="save", stamp=stamp_in(wrong))
    assert right.status_code == 303


async def test_what_is_written_for_a_draft_that_is_none_any_more_is_given_back(browser, anne):
    await browser.sign_in(anne)
    gone, online = await draft(anne), await published(anne)
    await browser.submit(f"/annonces/{gone.id}/suppression")

    for ad, why in ((gone, "Vous avez supprimé ce brouillon"), (online, "Cette annonce est en ligne")):
        late = await browser.submit(HERE.format(ad.id), title="Ma <b>table</b>", body="Un long texte.", do="save")

        assert late.status_code == 409
        assert why in late.text and "copiez ce que vous voulez garder" in late.text
        assert "Ma &lt;b&gt;table&lt;/b&gt;" in late.text and "Un long texte." in late.text
        assert 'href="/mes-annonces"' in late.text
    assert (await ad_of(online))["title"] == online.title


async def test_nobody_is_told_that_somebody_else_deleted_a_draft(browser, anne, bilal):
    await browser.sign_in(anne)
    ad = await draft(anne)
    await browser.submit(f"/annonces/{ad.id}/suppression")
    await browser.sign_in(bilal)

    page = await browser.submit(HERE.format(ad.id), title="Ma table", do="save")

    assert page.status_code == 404 and "supprimé ce brouillon" not in page.text


async def test_photos_sent_with_words_that_come_too_late_are_kept(browser, anne):
    ad = await draft(anne)
    await browser.sign_in(anne)
    address = HERE.format(ad.id)
    shown = stamp_in(await browser.get(address))
    await browser.submit(address, title="Le titre de l’autre", do="save", stamp=shown)
    files = [("photos", ("chat.jpg", photo(), "image/jpeg"))]
    late = await browser.submit(address, title="Mon titre à moi", do="photos", stamp=shown, files=files)
    assert late.status_code == 409 and 'value="Mon titre à moi"' in late.text
    kept = await ad_of(ad)
    assert (kept["title"], len(kept["photos"])) == ("Le titre de l’autre", 1)
    assert str(kept["photos"][0]) in late.text
    assert stamp_in(late) == stamp_in(await browser.get(address)), "a photo is no word"
