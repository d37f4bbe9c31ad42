import asyncio
import re

import pytest

from app import database
from app.refusals import Refused
from members import issuing
from members.codes import ALPHABET, normalised
from members.joining import is_open
from tests.helpers.browser import said


async def issued(browser, body, months="12", most_uses="100") -> str:
    page = await browser.follow(
        await browser.submit(f"/administration/organismes/{body.id}/code", months=months, most_uses=most_uses)
    )
    return normalised(re.search(r'<p class="code">([^<]+)</p>', page.text)[1])


async def living(body) -> object:
    return await database.row("SELECT * FROM joining_code WHERE body = $1 AND revoked_at IS NULL", body.id)


async def test_a_new_code_opens_the_door_of_joining(browser, denis, body):
    await browser.sign_in(denis)
    code = await issued(browser, body, months="3", most_uses="40")

    assert set(code) <= set(ALPHABET)
    assert await is_open(code)
    row = await living(body)
    assert (row["most_uses"], row["created_by"]) == (40, denis.id)
    assert 88 <= (row["expires_at"] - row["created_at"]).days <= 92
    actions = await database.rows("SELECT action FROM audit_entry ORDER BY id")
    assert [entry["action"] for entry in actions] == ["code.issued"]


@pytest.mark.parametrize(
    "sent",
    [{"months": "0", "most_uses": "5"}, {"months": "25", "most_uses": "5"}, {"months": "x", "most_uses": "5"},
     {"months": "1", "most_uses": "0"}, {"months": "1", "most_uses": "9" * 30}, {}],
)  # fmt: skip
async def test_a_code_needs_sensible_figures(browser, denis, body, sent):
    await browser.sign_in(denis)
    page = await browser.submit(f"/administration/organismes/{body.id}/code", **sent)
    assert page.status_code == 422
    assert "-error" in page.text
    assert await living(body) is None


async def test_a_second_code_beside_the_living_one_is_refused(browser, denis, body):
    await browser.sign_in(denis)
    code = await issued(browser, body)
    again = await browser.submit(f"/administration/organismes/{body.id}/code", months="1", most_uses="1")
    assert again.status_code == 409
    assert "a déjà un code" in again.text
    assert await is_open(code)


async def test_a_replaced_code_stops_at_once(browser, denis, body):
    await browser.sign_in(denis)
    old = await issued(browser, body)
    url = f"/administration/organismes/{body.id}/code/{(await living(body))['id']}/remplacement"

    page = await browser.follow(await browser.submit(url, months="6", most_uses="10"))

    assert not await is_open(old)
    new = await living(body)
    assert await is_open(new["code"])
    assert "Anciens codes" in said(page)
    assert (await browser.submit(url, months="6", most_uses="10")).status_code == 409
    assert (await living(body))["id"] == new["id"]


async def test_a_replacement_that_does_not_fit_leaves_the_old_code(browser, denis, body):
    await browser.sign_in(denis)
    old = await issued(browser, body)
    url = f"/administration/organismes/{body.id}/code/{(await living(body))['id']}/remplacement"
    assert (await browser.submit(url, months="0", most_uses="10")).status_code == 422
    assert await is_open(old)


async def test_a_revoked_code_opens_nothing_and_may_be_followed_by_another(browser, denis, body):
    await browser.sign_in(denis)
    old = await issued(browser, body)
    url = f"/administration/organismes/{body.id}/code/{(await living(body))['id']}/revocation"
    assert (await browser.submit(url)).status_code == 303
    assert not await is_open(old)
    assert (await browser.submit(url)).status_code == 409
    assert await is_open(await issued(browser, body))


async def test_the_code_of_another_body_cannot_be_revoked_from_here(browser, denis, body):
    from tests.members.administration.test_bodies import some_body

    other = await some_body("Commune de Guipavas")
    await browser.sign_in(denis)
    code = await issued(browser, body)
    url = f"/administration/organismes/{other.id}/code/{(await living(body))['id']}"
    assert (await browser.submit(f"{url}/revocation")).status_code == 409
    assert (await browser.submit(f"{url}/remplacement", months="1", most_uses="1")).status_code == 409
    assert await is_open(code)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("expires_at = now() + interval '20 days'", "expire dans moins de trente jours"),
        ("expires_at = now() - interval '1 day'", "a expiré"),
        ("uses = 95", "presque épuisé"),
        ("uses = 100", "est épuisé"),
    ],
)
async def test_a_code_soon_useless_is_flagged(browser, denis, body, change, words):
    await browser.sign_in(denis)
    await issued(browser, body)
    await database.execute(f"UPDATE joining_code SET {change}")
    assert words in said(await browser.get(f"/administration/organismes/{body.id}"))


async def test_a_healthy_code_is_not_flagged(browser, denis, body):
    await browser.sign_in(denis)
    await issued(browser, body)
    page = await browser.get(f"/administration/organismes/{body.id}")
    assert "notice-warning" not in page.text


@pytest.mark.commits
async def test_of_two_administrators_who_replace_a_code_at_once_one_wins(denis, body):
    form = issuing.CodeForm(months=1, most_uses=5)
    await issuing.issue(body.id, form, denis.id)
    first = (await living(body))["id"]

    ends = await asyncio.gather(
        *(issuing.rotate(body.id, first, form, denis.id) for _ in range(4)), return_exceptions=True
    )

    assert [type(end) for end in ends].count(Refused) == 3
    assert ends.count(None) == 1
    codes = await database.rows("SELECT revoked_at FROM joining_code")
    assert sorted(code["revoked_at"] is None for code in codes) == [False, True]


@pytest.mark.commits
async def test_of_two_administrators_who_issue_a_first_code_at_once_one_wins(denis, body):
    form = issuing.CodeForm(months=1, most_uses=5)
    ends = await asyncio.gather(*(issuing.issue(body.id, form, denis.id) for _ in range(4)), return_exceptions=True)
    assert [type(end) for end in ends].count(Refused) == 3
    assert await database.value("SELECT count(*) FROM joining_code") == 1
