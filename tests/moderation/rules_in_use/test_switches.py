"""Rules in force, on trial or out: who may, for a reason, and how every process follows."""

import asyncio

import asyncpg
import pytest

from app import database, live
from app.postgres import database_url
from moderation.rules import Action, Content, Mode, following, modes, screen_or_hold
from tests.helpers.ads import draft
from tests.helpers.browser import words
from tests.helpers.waiting import until
from tests.moderation.rules_in_use.people import INSULT, hits, switched

RULE = "language.insult"
WHY = "Trop de faux positifs sur les noms de plats."


async def test_an_administrator_puts_a_rule_on_trial_for_a_reason_and_it_is_in_the_log(browser, denis):
    await browser.sign_in(denis)
    page = await browser.follow(await browser.submit(f"/moderation/regles/{RULE}/mode", mode="shadow", why=WHY))

    assert "À l’essai depuis" in words(page) and WHY in words(page) and "par Denis" in words(page)
    assert screen_or_hold(Content(body=INSULT)).action is Action.ALLOW
    entry = await database.row("SELECT actor, subject, facts FROM audit_entry WHERE action = 'rule.switched'")
    assert entry["actor"] == denis.id and entry["subject"] == RULE
    assert '"before": "on"' in entry["facts"] and '"after": "shadow"' in entry["facts"] and WHY not in entry["facts"]


async def test_a_rule_on_trial_changes_nothing_for_the_author_and_is_counted(browser, anne):
    await switched(RULE, "shadow")
    await following.read_again()
    ad = await draft(anne, "tips", body=f"Bonjour à tous. {INSULT}")
    sent = await (await browser.sign_in(anne)).submit(f"/annonces/{ad.id}/publication")

    assert sent.headers["location"] == f"/annonces/{ad.id}"
    assert await hits() == [(RULE, "shadow", "submission", False)]


async def test_a_rule_put_out_neither_speaks_nor_is_counted(browser, anne):
    await switched(RULE, "off")
    await following.read_again()
    ad = await draft(anne, "tips", body=f"Bonjour à tous. {INSULT}")
    await (await browser.sign_in(anne)).submit(f"/annonces/{ad.id}/publication")
    assert await hits() == []


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"mode": "shadow", "why": ""}, "Dites pourquoi"),
        ({"mode": "shadow", "why": "Parce que"}, "Dites pourquoi"),
        ({"mode": "loud", "why": WHY}, "Choisissez un des trois états"),
    ],
)
async def test_without_a_reason_or_a_state_nothing_changes(browser, denis, sent, said):
    refused = await (await browser.sign_in(denis)).submit(f"/moderation/regles/{RULE}/mode", **sent)
    assert refused.status_code == 422 and said in words(refused)
    assert not await database.rows("SELECT FROM rule_switch")


async def test_moderators_read_and_do_not_switch(browser, chloe):
    page = await (await browser.sign_in(chloe)).get(f"/moderation/regles/{RULE}")
    assert "Un administrateur peut la mettre à l’essai" in words(page) and 'name="why"' not in page.text
    refused = await browser.submit(f"/moderation/regles/{RULE}/mode", mode="off", why=WHY)
    assert refused.status_code == 403 and not await database.rows("SELECT FROM rule_switch")


async def test_a_rule_the_file_does_not_have_is_not_here(browser, denis):
    await browser.sign_in(denis)
    assert (await browser.get("/moderation/regles/opsec.nothing")).status_code == 404
    sent = await browser.submit("/moderation/regles/opsec.nothing/mode", mode="off", why=WHY)
    assert sent.status_code == 404 and not await database.rows("SELECT FROM rule_switch")


async def test_when_nothing_can_be_read_rather_a_rule_speaks_than_one_too_few(monkeypatch):
    """One put aside is as in the file again; one put in force, that the file may have on trial, stays so."""
    await switched(RULE, "off")
    await switched("scam.link", "on")
    await following.read_again()
    assert modes.current() == {RULE: Mode.off, "scam.link": Mode.on}

    async def away(*_: object) -> None:
        raise asyncpg.ConnectionDoesNotExistError

    monkeypatch.setattr(database, "rows", away)
    with pytest.raises(asyncpg.ConnectionDoesNotExistError):
        await following.read_again()
    assert modes.current() == {"scam.link": Mode.on}
    assert screen_or_hold(Content(body=INSULT)).action is Action.HOLD


async def test_a_rule_that_is_no_longer_in_the_file_is_passed_over():
    await switched("opsec.old-rule", "off")
    await following.read_again()
    assert screen_or_hold(Content(body=INSULT)).action is Action.HOLD


@pytest.mark.commits
async def test_a_process_that_starts_reads_what_was_switched_before(app):
    await switched(RULE, "shadow")
    async with live.live_pages(app):

        async def read() -> bool:
            return modes.current() == {RULE: Mode.shadow}

        await until(read)


class Cut:
    """A connection whose line was cut on the way: nobody says so, and nothing comes any more."""

    def add_termination_listener(self, *_: object) -> None: ...

    async def add_listener(self, *_: object) -> None: ...

    async def close(self, **_: object) -> None: ...

    async def execute(self, *_: object, **given: float) -> None:
        async with asyncio.timeout(given["timeout"]):
            await asyncio.Event().wait()


@pytest.mark.commits
async def test_a_change_made_while_the_line_was_cut_is_followed_all_the_same(app, monkeypatch):
    real, lines = asyncpg.connect, [Cut()]

    async def connect(*given: object) -> object:
        return lines.pop() if lines else await real(*given)

    monkeypatch.setattr(live.asyncpg, "connect", connect)
    monkeypatch.setattr(live, "ASK_EVERY", 0.05)
    monkeypatch.setattr(live, "ANSWERS_WITHIN", 0.05)
    async with live.live_pages(app):

        async def cut() -> bool:
            return not lines

        await until(cut)
        await switched(RULE, "shadow")

        async def followed() -> bool:
            return modes.current() == {RULE: Mode.shadow}

        await until(followed, 10)


@pytest.mark.commits
async def test_a_change_made_in_another_process_is_followed_here(app):
    other = await asyncpg.connect(database_url())
    try:
        async with other.transaction():
            await other.execute(
                "INSERT INTO rule_switch (rule, mode, why, switched_at) VALUES ($1, 'off', $2, now())", RULE, WHY
            )
            await other.execute("SELECT pg_notify($1, '')", following.CHANNEL)

        async def followed() -> bool:
            return modes.current() == {RULE: Mode.off}

        await until(followed)
        await other.execute("DELETE FROM rule_switch")
        assert modes.current() == {RULE: Mode.off}, "nobody was told"
        await other.execute("SELECT pg_notify($1, '')", following.CHANNEL)

        async def back() -> bool:
            return modes.current() == {}

        await until(back)
    finally:
        await other.close()
