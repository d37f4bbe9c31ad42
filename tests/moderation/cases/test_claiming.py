"""A case is read by one person at a time, for a quarter of an hour."""

from datetime import UTC, datetime, timedelta

import pytest

from app import database
from app.dates import hour
from app.settings import PARIS
from members.tables import Role
from tests.helpers.ads import pending
from tests.helpers.browser import said
from tests.helpers.cases import case_of, take


@pytest.fixture
async def denis_moderates(denis, another_browser):
    await Role(member=denis.id, kind="moderator", granted_at=datetime.now(UTC)).save()
    return await another_browser.sign_in(denis)


async def test_a_claim_lasts_a_quarter_of_an_hour_and_says_until_when(browser, chloe, emilie):
    listing = await pending(emilie)
    page = await take(await browser.sign_in(chloe), (await case_of(listing.id))["id"])
    case = await case_of(listing.id)
    assert case["claimed_by"] == chloe.id
    assert case["claimed_until"] - await database.value("SELECT now()") == timedelta(minutes=15)
    until = hour(case["claimed_until"].astimezone(PARIS).time()).replace("\xa0", " ")
    assert f"À vous jusqu’à {until}" in said(page)


async def test_another_moderator_sees_who_reads_and_cannot_take_it(browser, denis_moderates, chloe, emilie):
    case = await case_of((await pending(emilie)).id)
    await take(await browser.sign_in(chloe), case["id"])
    page = await denis_moderates.get(f"/moderation/dossiers/{case['id']}")
    assert "Chloe lit ce dossier jusqu’à" in said(page)
    assert "/prise" not in page.text
    assert (await denis_moderates.submit(f"/moderation/dossiers/{case['id']}/prise")).status_code == 409


async def test_a_claim_past_its_time_is_free_again(browser, denis_moderates, chloe, denis, emilie):
    listing = await pending(emilie)
    case = await case_of(listing.id)
    await take(await browser.sign_in(chloe), case["id"])
    await database.execute("UPDATE moderation_case SET claimed_until = now() - interval '1 second'")
    assert "À vous jusqu’à" in said(await take(denis_moderates, case["id"]))
    assert (await case_of(listing.id))["claimed_by"] == denis.id


async def test_a_released_case_is_back_in_everyones_queue(browser, denis_moderates, chloe, emilie):
    listing = await pending(emilie, title="Aide le samedi")
    case = await case_of(listing.id)
    await take(await browser.sign_in(chloe), case["id"])
    await browser.submit(f"/moderation/dossiers/{case['id']}/liberation")
    assert (await case_of(listing.id))["claimed_by"] is None
    assert "Aide le samedi" in said(await denis_moderates.get("/moderation"))


async def test_nobody_releases_the_claim_of_another(browser, denis_moderates, chloe, emilie):
    listing = await pending(emilie)
    case = await case_of(listing.id)
    await take(await browser.sign_in(chloe), case["id"])
    await denis_moderates.submit(f"/moderation/dossiers/{case['id']}/liberation")
    assert (await case_of(listing.id))["claimed_by"] == chloe.id
