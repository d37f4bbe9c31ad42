"""A visitor who asks nothing of anybody: a word, a sheet, a sum explained line by line, whom to call. No cookie, no
account, and nothing left behind."""

from app import database
from benefits.counting import flush
from tests.helpers.browser import words
from tests.helpers.contacts import a_contact

CHILDREN = {"enfants": "1", "enfant-1-born": "2017-05-03", "sur": ["children"]}
KEPT = "SELECT sum(times) FROM benefit_use WHERE thing = '{}'"


async def test_from_a_word_to_whom_to_call(browser, index):
    await a_contact()
    found = await browser.get("/droits/recherche", params={"q": "rentree scolaire"})
    assert "/droits/prestations/ars" in found.text
    sheet = await browser.get("/droits/prestations/ars")
    assert "Comment demander" in words(sheet) and "/droits/simulateurs/ars" in sheet.text

    form = await browser.post("/droits/simulateurs/ars", data=CHILDREN)
    asked = {"territory": "mainland", "shared_custody": "non", "resources": "18 000", "school": "oui"}
    result = await browser.post(
        "/droits/simulateurs/ars",
        data=CHILDREN | asked | {"enfant-1-school": "oui", "jour": "2026-09-01", "sur": ["children", *asked]},
    )
    assert form.status_code == result.status_code == 200
    assert "Probable" in words(result) and "426,86" in words(result), words(result)[:3000]
    assert "sans valeur d’engagement" in words(result) and result.headers["cache-control"] == "no-store"

    card = words(await browser.get("/contacts", params={"commune": "Brest (29)"}))
    assert "Service social du Finistère" in card and "02 98 00 00 00" in card.replace("\u00a0", " ")
    assert not browser.cookies, "nobody was given a cookie"

    await flush()
    assert await database.value(KEPT.format("prestation/ars")) == 1
    assert await database.value(KEPT.format("simulateur/ars")) == 1
    rows = await database.rows("SELECT * FROM benefit_use")
    assert {name for row in rows for name in dict(row)} == {"id", "on", "use", "thing", "times"}, "of whom, nothing"


async def test_what_happens_in_a_life_is_told_in_order_and_every_link_leads_somewhere(browser):
    for event in ("mutation", "naissance", "separation", "blessure", "deuil", "retraite"):
        page = await browser.get(f"/droits/evenements/{event}")
        assert page.status_code == 200, event
        own = {part.split('"')[0] for part in page.text.split('href="')[1:] if part.startswith("/droits/")}
        assert len(own) >= 3, event
        for path in sorted(own):
            assert (await browser.get(path.split("#")[0])).status_code == 200, f"{event}: {path}"
