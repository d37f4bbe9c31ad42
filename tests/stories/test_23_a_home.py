"""A new member writes the sheet of her home, step by step; a moderator reads it; it is found, and never says when."""

import pytest

from listings.tables import Listing
from tests.helpers.browser import words
from tests.helpers.cases import case_of, take_and_decide
from tests.helpers.homes import titles
from tests.helpers.jobs import run_jobs
from tests.helpers.pictures import photo

BODY = "Une petite maison de plain-pied, un jardin clos, la boulangerie au bout de la rue."
STEPS = [
    ("logement", {"home_kind": "house", "settings": ["sea"], "title": "Maison près du port", "body": BODY}),
    ("couchages", {"sleeps": "4", "bedrooms": "2", "double": "1", "single": "2", "amenities": ["wifi", "garden"]}),
    ("regles", {"access": ["step_free"], "pets_welcome": "on", "house_rules": "On enlève ses chaussures."}),
    ("photos", {}),
    ("statut", {"occupancy": "tenant", "commune": "Brest (29)"}),
]
HOME = "/moi/logement"


async def written(browser, **instead):
    """The preview, after every step; `instead` are other values for fields of the steps."""
    await browser.submit(HOME)
    for step, fields in STEPS:
        typed = {**fields, **{name: instead[name] for name in fields if name in instead}}
        files = [("photos", ("salon.jpg", photo(), "image/jpeg"))] if step == "photos" else []
        here = f"{HOME}/etape/{step}"
        sent = await (
            browser.submit(here, files=files, do="next") if files else browser.submit(here, do="next", **typed)
        )
        assert sent.status_code == 303, words(sent)
    return await browser.get(f"{HOME}/apercu")


async def test_a_sheet_is_written_in_steps_read_over_and_found(browser, another_browser, index, emilie, chloe, anne):
    hers = await browser.sign_in(emilie)
    preview = await written(hers)
    assert "Maison près du port" in words(preview)
    sent = await hers.follow(await hers.submit(f"{HOME}/publication"))
    assert "relecture" in words(sent).lower()
    await run_jobs()

    members = await another_browser.sign_in(anne)
    assert titles(await members.get("/logements")) == []
    assert "Maison près du port" in words(await hers.get(HOME))

    sheet = await Listing.objects().get(Listing.author == emilie.id)
    assert (await members.get(f"/logements/{sheet.id}")).status_code == 404
    desk = await another_browser.sign_in(chloe)
    await take_and_decide(desk, (await case_of(sheet.id))["id"], "approve")
    await run_jobs()

    members = await another_browser.sign_in(anne)
    assert titles(await members.get("/logements?acces=step_free")) == ["Maison près du port"]
    page = words(await members.get(f"/logements/{sheet.id}"))
    assert "Brest" in page and "On enlève ses chaussures" in page
    assert "locataire" not in page, "by what title she lives there is hers to know"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{BODY} Libre du 3 au 17 août.", "quand le logement est libre"),
        (f"{BODY} Nous partons tout le mois de juillet.", "quand vous partez"),
    ],
)
async def test_a_sheet_that_says_when_the_home_is_empty_does_not_leave(browser, anne, text, said):
    hers = await browser.sign_in(anne)
    preview = await written(hers, body=text)
    assert said in words(preview)
    refused = await hers.submit(f"{HOME}/publication")
    assert refused.status_code in (409, 422)
    assert text in (await hers.get(f"{HOME}/etape/logement")).text, "what was typed is kept"
