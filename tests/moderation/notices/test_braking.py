"""Machines are kept out without asking people to prove that they are none."""

import pytest

from app import database
from tests.helpers.ads import published
from tests.helpers.browser import said
from tests.helpers.jobs import run_jobs
from tests.helpers.notices import TYPED
from tests.moderation.notices.test_sending import FORM, notices, opened, send


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"website": "https://achetez.example"}, "piège pour les robots"),
        ({"ago": 1}, "C’est allé très vite"),
        ({"ago": 25 * 3600}, "restée ouverte longtemps"),
        ({"opened": "inventé.signature"}, "restée ouverte longtemps"),
        ({"opened": None}, "restée ouverte longtemps"),
    ],
)
async def test_what_no_person_does_is_refused_and_what_was_typed_stays(browser, anne, given, message):
    if "ago" in given:
        given = {"opened": opened(given["ago"])}
    answer = await send(browser, f"/annonces/{(await published(anne)).id}", **given)
    assert answer.status_code == 422
    assert message in said(answer)
    assert TYPED["why"] in answer.text
    assert TYPED["email"] in answer.text
    assert await notices() == []


async def test_the_form_carries_when_it_was_opened_and_a_trap_nobody_meets(browser):
    form = (await browser.get(FORM)).text
    assert 'name="opened"' in form
    trap = form[form.index('aria-hidden="true">\n    <label for="website"') :][:400]
    assert 'tabindex="-1"' in trap
    assert 'autocomplete="off"' in trap
    assert "captcha" not in form.lower()


async def test_a_member_meets_neither_trap_nor_clock(browser, anne, bilal):
    form = await (await browser.sign_in(bilal)).get(FORM)
    assert "website" not in form.text.split("<main")[1]
    answer = await browser.submit(FORM, where=f"/annonces/{(await published(anne)).id}", **TYPED)
    assert answer.status_code == 303


async def test_one_address_is_written_to_five_times_an_hour_and_never_kept_from_sending(browser, mails):
    codes = [
        (await send(browser, "/annonces/rien", why=f"C’est la fois numéro {n}, hélas.")).status_code for n in range(7)
    ]
    await run_jobs()
    assert codes == [303] * 7
    assert len(await notices()) == 7
    assert len(mails()) == 5


async def test_one_network_writes_twenty_an_hour(browser):
    codes = [(await send(browser, "/annonces/rien", email=f"{n}@exemple.test")).status_code for n in range(21)]
    assert codes == [303] * 20 + [429]


async def test_a_form_to_correct_costs_no_try(browser):
    for _ in range(8):
        assert (await send(browser, "/annonces/rien", good_faith=None)).status_code == 422
    assert (await send(browser, "/annonces/rien")).status_code == 303
    assert await database.value("SELECT count(*) FROM notice") == 1
