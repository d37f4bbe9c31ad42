"""Bodies too large are refused before they are read."""

import time

import pytest

from listings.writing.sending_form import HEAVIEST_FORM
from tests.conventions.test_authorisation import EXPECTED
from tests.conventions.test_budgets import reader_of
from tests.helpers.raw import Flood
from tests.helpers.routes import routes_of
from tests.helpers.world import World

POSTS = [line for line in EXPECTED if line.startswith("POST")]
WITH_PHOTOS = {
    "POST /annonces/{draft}/brouillon": "owner",
    "POST /annonces/{published}/modification": "owner",
    "POST /moi/logement/etape/{home_step}": "moderator out of scope",  # has the draft of a home, the owner one online
    "POST /moi/logement/modification": "owner",
    "POST /administration/contacts/import": "administrator",  # a file of contacts
    "POST /correspondance/import": "owner",  # a file of offers
    "POST /service-social/conversations/{social_talk}": "owner",
}
MEBIBYTE = 1024 * 1024
FORM = "application/x-www-form-urlencoded"


async def test_only_forms_with_photos_take_more_than_a_mebibyte(app):
    from tests.helpers.routes import shape_of

    larger = {
        route.shape
        for route in routes_of(app)
        if route.method == "POST" and (route.handler.resolve_request_max_body_size() or 10**9) > MEBIBYTE
    }
    assert larger == {shape_of(line) for line in WITH_PHOTOS}


async def test_a_field_of_ten_megabytes_is_refused_before_it_is_read(browser, world: World):
    for line in POSTS:
        if line in WITH_PHOTOS:
            continue
        browser.cookies.clear()
        await browser.get("/charte")
        if member := world.people[reader_of(line, EXPECTED[line])]:
            await browser.sign_in(member)
        flood = Flood(10 * MEBIBYTE)
        answer = await browser.post(
            world.path(line.split(" ", 1)[1]),
            content=flood,
            headers={"content-type": FORM, "x-csrftoken": browser.cookies["__Host-csrf"]},
        )
        assert answer.status_code == 413 or (flood.drawn == 0 and answer.status_code < 500), (line, answer.status_code)
        assert flood.drawn <= 2 * MEBIBYTE, f"{line}: {flood.drawn} bytes were read"


@pytest.mark.parametrize(("line", "who"), WITH_PHOTOS.items())
async def test_a_form_with_photos_has_its_limit_too(line: str, who: str, browser, world: World):
    await browser.get("/charte")
    await browser.sign_in(world.people[who])
    answer = await browser.post(
        world.path(line.split(" ", 1)[1]),
        content=b"",
        headers={
            "content-type": FORM,
            "content-length": str(HEAVIEST_FORM + 1),
            "x-csrftoken": browser.cookies["__Host-csrf"],
        },
    )
    assert answer.status_code == 413


async def test_a_text_longer_than_its_field_is_said_beside_it(browser, world: World):
    await browser.sign_in(world.people["owner"])
    answer = await browser.submit(
        world.path("/messages/{conversation}"), text="a" * 150_000, once=str(world.things["photo"])
    )
    assert answer.status_code == 422


async def test_many_small_fields_are_no_flood(browser, world: World):
    await browser.sign_in(world.people["owner"])
    await browser.get("/charte")
    began = time.process_time()
    answer = await browser.post(
        "/annonces/nouvelle",
        content=b"a=1&" * 49_000,
        headers={"content-type": FORM, "x-csrftoken": browser.cookies["__Host-csrf"]},
    )
    assert answer.status_code == 422
    assert time.process_time() - began < 2
