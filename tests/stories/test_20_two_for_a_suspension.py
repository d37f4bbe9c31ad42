"""A heavy measure needs two moderators, ends by itself, and leaves the way to contest it open."""

import pytest

from app import database
from moderation.sanctions.ending import end_sanctions
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.cases import case_of, take_and_decide
from tests.helpers.jobs import run_jobs


@pytest.fixture
async def farid(farid):
    await database.execute("UPDATE role SET categories = '{}', departments = '{}' WHERE member = $1", farid.id)
    return farid


async def test_a_suspension_waits_for_a_second_yes_and_is_over_on_its_day(
    browser, another_browser, anne, bilal, chloe, farid
):
    scam, other = await published(anne), await published(anne, "classifieds", title="Poussette bleue")
    reader = await browser.sign_in(bilal)
    await reader.submit(f"/annonces/{scam.id}/signalement", reason="dishonest")
    desk = await another_browser.sign_in(chloe)
    case = (await case_of(scam.id))["id"]
    await take_and_decide(desk, case, "remove", reason="dishonest", sanction="suspension", days="30")
    sanction = await database.value("SELECT id FROM sanction WHERE member = $1", anne.id)
    assert await database.value("SELECT state FROM sanction WHERE id = $1", sanction) == "proposed"
    assert (await reader.get(f"/annonces/{other.id}")).status_code == 200

    assert (await desk.submit(f"/moderation/sanctions/{sanction}/confirmation")).status_code in (404, 409)
    assert await database.value("SELECT state FROM sanction WHERE id = $1", sanction) == "proposed"
    second = await another_browser.sign_in(farid)
    assert "Anne" in words(await second.get("/moderation/sanctions"))
    await second.follow(await second.submit(f"/moderation/sanctions/{sanction}/confirmation"))
    await run_jobs()

    assert (await reader.get(f"/annonces/{other.id}")).status_code == 404
    held = await another_browser.sign_in(anne)
    shut = await held.get("/annonces")
    assert "suspendu" in words(await held.follow(shut) if shut.status_code == 303 else shut)
    assert "recours" in (await held.get("/moi/decisions")).text
    assert (await held.submit("/annonces/nouvelle", category="tips")).status_code in (303, 403)

    await database.execute(
        "UPDATE sanction SET starts_at = now() - interval '31 days', ends_at = now() - interval '1 minute'"
        " WHERE id = $1",
        sanction,
    )
    await end_sanctions()
    await run_jobs()
    assert (await held.get("/annonces")).status_code == 200
    assert (await reader.get(f"/annonces/{other.id}")).status_code == 200
    assert (await reader.get(f"/annonces/{scam.id}")).status_code == 404
