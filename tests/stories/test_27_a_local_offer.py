"""A correspondent proposes the pool of her town; a moderator reads it before anybody; a visitor sees it on the list, a
member finds it; and what is for members alone stays among them."""

from app import database
from tests.helpers.browser import words
from tests.helpers.cases import case_of, take_and_decide
from tests.helpers.jobs import run_jobs
from tests.helpers.offers import FORM, correspondent


async def proposed(browser, **changed) -> str:
    form = (await browser.submit("/correspondance/nouvelle")).headers["location"]
    sent = await browser.submit(form, **{**FORM, **changed})
    assert sent.status_code == 303, words(sent)
    return form.split("/")[2]


async def test_from_the_correspondent_to_who_goes_swimming(browser, another_browser, index, anne, bilal, chloe):
    await correspondent(anne, "29")
    her = await browser.sign_in(anne)
    pool = await proposed(her)
    room = await proposed(her, title="Salle prêtée aux membres", readers="members", reference="P-2")
    visitor = another_browser
    assert "Piscine de Brest" not in words(await visitor.get("/offres"))

    desk = await browser.sign_in(chloe)
    for listing in (pool, room):
        await take_and_decide(desk, (await case_of(listing))["id"], "approve")
    await run_jobs()

    page = await visitor.get("/offres")
    assert "Piscine de Brest" in words(page) and "Salle prêtée" not in words(page)
    shown = await visitor.get(f"/offres/{pool}")
    assert shown.status_code == 200 and "Anne" not in words(shown), "the body proposes it, not a person"
    assert "Convention 2026-12" not in words(shown), "the agreement is read by the team alone"
    assert (await visitor.get(f"/offres/{room}")).status_code in (303, 404)
    assert not visitor.cookies

    member = await browser.sign_in(bilal)
    assert "Salle prêtée" in words(await member.get("/offres"))
    assert "Piscine de Brest" in words(await member.get("/recherche", params={"q": "piscine"}))
    assert "Piscine de Brest" not in words(await member.get("/annonces", params={"q": "piscine"}))

    await database.execute("UPDATE listing SET expires_at = now() - interval '1 minute' WHERE id = $1::uuid", pool)
    assert "Piscine de Brest" not in words(await visitor.get("/offres"))
