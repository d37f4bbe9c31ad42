"""Confirming one’s address: the link of the letter, and the password chosen at joining."""

import asyncio

import pytest

from app import database
from members.joining import CodeUsedUp, confirm, join, sweep_unconfirmed
from members.links import fresh_link
from members.passwords import hash_password, matches
from members.sessions import cookie_name
from members.tables import JoiningCode, LinkPurpose, Member, Membership, Session
from places.communes import commune
from tests.helpers.codes import GOOD_PASSWORD, a_code, joined, letters_to, link_in, member, spoilt
from tests.helpers.jobs import run_jobs

HERE = "192.0.2.1"
PLANTED = "un mot de passe planté"


async def test_a_link_serves_once(browser, another_browser, body):
    path = await joined(browser, await a_code(body))
    assert (await browser.submit(path, password=GOOD_PASSWORD)).status_code == 303

    again = await another_browser.submit(path, password=GOOD_PASSWORD)
    assert again.status_code == 410
    assert cookie_name() not in another_browser.cookies
    assert (await another_browser.get(path)).status_code == 410


async def test_a_link_lasts_48_hours_and_another_can_be_asked_for(browser, body):
    path = await joined(browser, await a_code(body))
    await database.execute("UPDATE mailed_link SET expires_at = now() - interval '1 second'")
    assert (await browser.get(path)).status_code == 410

    answer = await browser.submit("/rejoindre/renvoi", email="ZOE@exemple.fr")
    assert answer.headers["location"] == "/rejoindre/courriel"
    await run_jobs()
    newer = link_in(letters_to("zoe@exemple.fr")[-1])
    hours = await database.value("SELECT extract(epoch FROM expires_at - created_at) / 3600 FROM mailed_link")
    assert hours == 48
    assert (await browser.submit(newer, password=GOOD_PASSWORD)).status_code == 303


async def test_asking_for_another_link_tells_nothing_of_an_address(browser, another_browser, anne):
    unknown = await browser.submit("/rejoindre/renvoi", email="personne@exemple.fr")
    known = await another_browser.submit("/rejoindre/renvoi", email=anne.email)

    assert (unknown.status_code, unknown.content) == (known.status_code, known.content)
    await run_jobs()
    assert letters_to("personne@exemple.fr") == []


async def test_a_link_of_another_kind_or_invented_confirms_nothing(browser, body, anne):
    await joined(browser, await a_code(body))
    zoe = await member()
    token = await fresh_link(zoe.id, LinkPurpose.new_password)

    for wrong in (token, "invented", "é" * 50, "x" * 10_000):
        assert (await browser.get(f"/confirmation/{wrong}")).status_code == 410
        assert (await browser.submit(f"/confirmation/{wrong}", password=GOOD_PASSWORD)).status_code == 410
    assert (await member()).confirmed_at is None


async def test_asking_again_before_confirming_the_newer_request_stands(browser, another_browser, body):
    code = await a_code(body)
    planted = await joined(another_browser, code, first_name="Mallory", password=PLANTED)
    own = await joined(browser, code)

    assert (await browser.get(planted)).status_code == 410
    await browser.submit(own, password=GOOD_PASSWORD)

    zoe = await member()
    assert zoe.first_name == "Zoé"
    assert await Membership.count().where(Membership.member == zoe.id) == 1
    refused = await another_browser.submit("/connexion", email=zoe.email, password=PLANTED)
    assert refused.status_code == 422


async def test_who_owns_the_address_cannot_be_led_to_confirm_a_planted_password(browser, another_browser, body):
    code = await a_code(body)
    own = await joined(browser, code)
    planted = await joined(another_browser, code, password=PLANTED)
    assert (await browser.get(own)).status_code == 410

    answer = await browser.submit(planted, password=GOOD_PASSWORD)

    assert answer.status_code == 422
    assert "Recommencez l’inscription" in answer.text
    assert 'href="/rejoindre"' in answer.text
    assert (await member()).confirmed_at is None
    assert cookie_name() not in browser.cookies

    again = await joined(browser, code)
    assert (await browser.submit(again, password=GOOD_PASSWORD)).status_code == 303
    assert (await another_browser.submit("/connexion", email="zoe@exemple.fr", password=PLANTED)).status_code == 422


async def test_a_password_planted_while_hers_is_checked_is_not_confirmed(browser, body, monkeypatch):
    code = await a_code(body)
    path = await joined(browser, code)

    async def slowly(password_hash: str | None, password: str) -> bool:
        await database.execute("UPDATE member SET password_hash = $1", await hash_password(PLANTED))
        return await matches(password_hash, password)

    monkeypatch.setattr("members.joining.matches", slowly)
    answer = await browser.submit(path, password=GOOD_PASSWORD)

    assert answer.status_code == 410
    assert (await member()).confirmed_at is None
    assert (await JoiningCode.objects().get(JoiningCode.id == code.id)).uses == 0


@pytest.mark.parametrize("typed", ["", "pas le bon du tout", "x" * 300, "x" * 10_000, "\x00", "{{ 7*7 }}"])
async def test_a_wrong_password_confirms_nothing_and_keeps_the_link(browser, body, typed):
    code = await a_code(body)
    path = await joined(browser, code)

    answer = await browser.submit(path, password=typed)

    assert answer.status_code == 422
    assert 'id="password-error"' in answer.text
    assert "Zoé" in answer.text
    assert not typed.strip("\x00") or typed not in answer.text
    assert (await member()).confirmed_at is None
    assert cookie_name() not in browser.cookies
    assert (await JoiningCode.objects().get(JoiningCode.id == code.id)).uses == 0
    assert (await browser.submit(path, password=GOOD_PASSWORD)).status_code == 303


async def test_the_link_alone_guesses_no_password(browser, another_browser, body):
    path = await joined(browser, await a_code(body))
    for _ in range(10):
        assert (await another_browser.submit(path, password="au hasard 12345")).status_code == 422

    assert (await another_browser.submit(path, password=GOOD_PASSWORD)).status_code == 429
    assert (await member()).confirmed_at is None
    await database.execute("UPDATE throttle SET since = since - interval '16 minutes'")
    assert (await browser.submit(path, password=GOOD_PASSWORD)).status_code == 303


async def test_one_place_guesses_no_password_with_many_links(browser, body):
    await joined(browser, await a_code(body))
    zoe = await member()
    for _ in range(10):
        path = f"/confirmation/{await fresh_link(zoe.id, LinkPurpose.confirm)}"
        for _ in range(10):
            assert (await browser.submit(path, password="au hasard 12345")).status_code == 422

    path = f"/confirmation/{await fresh_link(zoe.id, LinkPurpose.confirm)}"
    assert (await browser.submit(path, password=GOOD_PASSWORD)).status_code == 429


async def test_a_link_left_after_confirming_opens_nothing_again(browser, another_browser, body):
    code = await a_code(body)
    await browser.submit(await joined(browser, code), password=GOOD_PASSWORD)
    late = await fresh_link((await member()).id, LinkPurpose.confirm)

    answer = await another_browser.submit(f"/confirmation/{late}", password=GOOD_PASSWORD)

    assert answer.status_code == 410
    assert cookie_name() not in another_browser.cookies
    assert (await JoiningCode.objects().get(JoiningCode.id == code.id)).uses == 1


async def test_no_account_is_usable_before_its_address_is_confirmed(browser, body):
    await joined(browser, await a_code(body))

    answer = await browser.submit("/connexion", email="zoe@exemple.fr", password=GOOD_PASSWORD)

    assert answer.status_code == 403
    assert "attend que vous confirmiez" in answer.text
    assert cookie_name() not in browser.cookies
    wrong = await browser.submit("/connexion", email="zoe@exemple.fr", password="pas le bon du tout")
    assert wrong.status_code == 422
    assert "attend que vous confirmiez" not in wrong.text


async def test_who_never_confirms_is_forgotten_after_a_week(browser, body, anne):
    await joined(browser, await a_code(body))
    await sweep_unconfirmed()
    assert await Member.count() == 2

    await database.execute("UPDATE member SET joined_at = now() - interval '8 days'")
    await sweep_unconfirmed()
    assert [m.email for m in await Member.objects()] == [anne.email]


async def test_a_code_revoked_before_the_address_is_confirmed_no_longer_counts(browser, body):
    code = await a_code(body)
    path = await joined(browser, code)
    await spoilt(code, "revoked_at = now()")

    answer = await browser.submit(path, password=GOOD_PASSWORD)

    assert answer.status_code == 409
    assert "Demandez le nouveau" in answer.text
    assert (await member()).confirmed_at is None


@pytest.mark.commits
async def test_of_two_people_on_the_last_use_of_a_code_exactly_one_gets_it(app, body):
    code = await a_code(body, most_uses=1)
    brest = commune("29019")
    tokens = []
    for name in ("zoe", "yann"):
        await join(email=f"{name}@exemple.fr", password=GOOD_PASSWORD, first_name="Zoé", place=brest, code=code.code)
        tokens.append(await fresh_link((await member(f"{name}@exemple.fr")).id, LinkPurpose.confirm))

    outcomes = await asyncio.gather(*(confirm(one, GOOD_PASSWORD, HERE) for one in tokens), return_exceptions=True)

    assert sorted(type(o).__name__ for o in outcomes) == ["CodeUsedUp", "UUID"]
    assert (await JoiningCode.objects().get(JoiningCode.id == code.id)).uses == 1
    assert await Member.count().where(Member.confirmed_at.is_not_null()) == 1
    [loser] = [token for token, outcome in zip(tokens, outcomes, strict=True) if isinstance(outcome, CodeUsedUp)]
    await spoilt(code, "most_uses = 2")
    assert await confirm(loser, GOOD_PASSWORD, HERE)  # the refusal left the link as it was


@pytest.mark.commits
async def test_one_link_opened_twice_at_once_counts_once(app, body):
    code = await a_code(body, most_uses=5)
    await join(email="zoe@exemple.fr", password=GOOD_PASSWORD, first_name="Zoé", place=commune("29019"), code=code.code)
    token = await fresh_link((await member()).id, LinkPurpose.confirm)

    twice = (confirm(token, GOOD_PASSWORD, HERE) for _ in range(2))
    outcomes = await asyncio.gather(*twice, return_exceptions=True)

    assert sorted(type(o).__name__ for o in outcomes) == ["LinkGone", "UUID"]
    assert (await JoiningCode.objects().get(JoiningCode.id == code.id)).uses == 1


async def test_confirming_ends_the_session_this_browser_had_for_someone_else(browser, another_browser, body, anne):
    path = await joined(another_browser, await a_code(body))
    await browser.sign_in(anne)

    await browser.submit(path, password=GOOD_PASSWORD)

    assert "Zoé" in (await browser.get("/moi")).text
    assert await Session.count().where(Session.member == anne.id) == 0
