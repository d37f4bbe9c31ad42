import uuid

import pytest

from app import database
from members.sessions import cookie_name
from members.tables import Member, Session


async def test_anne_sees_who_she_is_here(browser, anne):
    await browser.sign_in(anne)
    page = (await browser.get("/moi")).text
    for words in ("Anne", "Brest (29)", "membre de confiance", "membre depuis", anne.email):
        assert words in page
    for path in (
        "/mes-annonces",
        "/messages",
        "/notifications",
        "/moi/blocages",
        "/moi/appareils",
        "/moi/mot-de-passe",
    ):
        assert f'href="{path}"' in page
    assert 'class="door" href="/moderation"' not in page
    assert 'class="door" href="/administration"' not in page


async def test_a_new_member_is_told_that_first_ads_are_read_first(browser, emilie):
    await browser.sign_in(emilie)
    page = (await browser.get("/moi")).text
    assert "membre vérifié" in page
    assert "relues avant de paraître" in page


async def test_moderators_and_administrators_find_their_door(browser, chloe, denis):
    await browser.sign_in(chloe)
    assert 'class="door" href="/moderation"' in (await browser.get("/moi")).text
    await browser.sign_in(denis)
    assert 'class="door" href="/administration"' in (await browser.get("/moi")).text


async def test_a_visitor_is_sent_to_sign_in(browser):
    for path in ("/moi", "/moi/profil", "/moi/mot-de-passe", "/moi/appareils"):
        assert (await browser.get(path)).headers["location"] == f"/connexion?suite={path}"
    for path in ("/moi/profil", "/moi/mot-de-passe", "/moi/appareils/fermeture"):
        assert (await browser.submit(path)).headers["location"].startswith("/connexion")


async def test_anne_moves_and_takes_another_name(browser, anne):
    await browser.sign_in(anne)
    form = (await browser.get("/moi/profil")).text
    assert 'value="Brest (29)"' in form

    answer = await browser.submit("/moi/profil", first_name="  Anna   Lise ", commune="29000")
    assert answer.headers["location"] == "/moi"
    saved = await Member.objects().get(Member.id == anne.id)
    assert (saved.first_name, saved.commune) == ("Anna Lise", "29232")
    assert "C’est enregistré" in (await browser.follow(answer)).text


async def test_of_two_communes_of_one_name_anne_chooses_hers(browser, anne):
    await browser.sign_in(anne)
    asked = await browser.submit("/moi/profil", first_name="Anne", commune="Saint-Denis")
    assert asked.status_code == 422
    assert 'value="97411"' in asked.text

    await browser.submit("/moi/profil", first_name="Anne", commune="Saint-Denis", commune_code="97411")
    assert (await Member.objects().get(Member.id == anne.id)).commune == "97411"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("first_name", ""),
        ("first_name", "Colonel Anne"),
        ("first_name", "<script>"),
        ("first_name", "x" * 10_000),
        ("commune", ""),
        ("commune", "\x00"),
        ("commune", "Nullepartville-sur-Rien"),
        ("commune_code", "x" * 10_000),
    ],
)
async def test_what_does_not_fit_changes_nothing(browser, anne, field, typed):
    await browser.sign_in(anne)
    fields = {"first_name": "Anna", "commune": "Quimper", "commune_code": ""} | {field: typed}
    answer = await browser.submit("/moi/profil", **fields)
    assert answer.status_code == 422
    saved = await Member.objects().get(Member.id == anne.id)
    assert (saved.first_name, saved.commune) == ("Anne", "29019")


async def test_anne_sees_her_devices_and_signs_one_out(browser, another_browser, anne, bilal):
    await browser.sign_in(anne)
    await another_browser.sign_in(anne)
    page = (await browser.get("/moi/appareils")).text
    assert page.count("Firefox sur Linux") >= 2
    assert page.count("Cet appareil") == 1
    own = (await Session.select(Session.id).where(Session.member == anne.id).order_by(Session.created_at))[0]["id"]
    token_hashes = [row["token_hash"] for row in await Session.select(Session.token_hash)]
    other = await database.value(
        "SELECT id FROM member_session WHERE member = $1 AND id <> $2 LIMIT 1", anne.id, await this_session(browser)
    )
    assert own and len(token_hashes) == 2

    answer = await browser.submit(f"/moi/appareils/{other}/fermeture")

    assert "Cet appareil est déconnecté" in (await browser.follow(answer)).text
    assert (await another_browser.get("/moi")).status_code == 303
    assert (await browser.get("/moi")).status_code == 200
    assert await database.value("SELECT count(*) FROM audit_entry WHERE action = 'session_revoked'") == 1


async def this_session(browser) -> uuid.UUID:
    from members.sessions import hashed

    return await database.value(
        "SELECT id FROM member_session WHERE token_hash = $1", hashed(browser.cookies[cookie_name()])
    )


async def test_all_other_devices_at_once(browser, another_browser, anne, bilal):
    await browser.sign_in(anne)
    await another_browser.sign_in(bilal)
    for _ in range(3):
        await type(browser).sign_in(another_browser, anne)
    await another_browser.sign_in(bilal)

    await browser.submit("/moi/appareils/fermeture")

    assert await Session.count().where(Session.member == anne.id) == 1
    assert (await browser.get("/moi")).status_code == 200
    assert (await another_browser.get("/moi")).status_code == 200


async def test_a_device_of_someone_else_and_one_that_is_not_are_the_same_404(browser, another_browser, anne, bilal):
    await browser.sign_in(anne)
    await another_browser.sign_in(bilal)
    bilals = await this_session(another_browser)

    theirs = await browser.submit(f"/moi/appareils/{bilals}/fermeture")
    nowhere = await browser.submit(f"/moi/appareils/{uuid.uuid4()}/fermeture")

    assert theirs.status_code == nowhere.status_code == 404
    assert theirs.text == nowhere.text.replace(str(nowhere.request.url), str(theirs.request.url))
    assert (await another_browser.get("/moi")).status_code == 200
    assert (await browser.submit("/moi/appareils/not-an-id/fermeture")).status_code == 404


async def test_signing_this_device_out_is_signing_out(browser, anne):
    await browser.sign_in(anne)
    answer = await browser.submit(f"/moi/appareils/{await this_session(browser)}/fermeture")
    assert answer.headers["location"] == "/"
    assert cookie_name() not in browser.cookies


async def test_own_pages_are_never_kept_by_a_cache_and_ask_few_queries(browser, anne):
    await browser.sign_in(anne)
    for path in ("/moi", "/moi/appareils", "/moi/profil"):
        before = database.asked
        page = await browser.get(path)
        assert page.headers["cache-control"] == "no-store"
        assert database.asked - before <= 3
