"""What follows an answer, sent what no page of the site sends, and sent twice at once."""

import asyncio
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from app import database
from app.piccolo_conf import DB
from tests.helpers.ads import closed, published
from tests.helpers.agreed import this_day
from tests.helpers.browser import Browser
from tests.helpers.cases import said_under, told
from tests.helpers.exchanges import answered_ad, helped_ad
from tests.helpers.rotas import school_run, takes
from tests.helpers.world import World, filled_in, soon

FORMS = {
    "/annonces/{published}/candidature": (
        "owner",
        ("text", "slots", "availability", "commune", "commune_code", "once"),
    ),
    "/annonces/{published}/candidatures/mot": ("owner", ("words",)),
    "/annonces/{published}/candidatures/{answer}/choix": ("owner", ("slots",)),
    "/annonces/{published}/candidatures/{answer}/rang": ("owner", ("way",)),
    "/annonces/{published}/candidatures/{answer}/refus": ("owner", ("words",)),
    "/annonces/{rota}/semaine/prise": ("owner", ("day", "weekly")),
    "/annonces/{rota}/semaine/absence": ("owner", ("day",)),
    "/annonces/{rota}/semaine/retour": ("owner", ("day",)),
    "/annonces/{rota}/semaine/fin": ("owner", ("day",)),
    "/annonces/{published}/cloture": ("owner", ("outcome", "helped", "word", "others", "words")),
    "/annonces/{closed}/aide": ("owner", ("helped", "word", "others")),
    "/annonces/{tip}/meilleure-reponse": ("owner", ("reply",)),
    "/annonces/{tip}/verification": ("stranger", ("still",)),
    "/lien/annonce/{ending_link}": ("visitor", ("do",)),
    "/mercis/ecrire/{exchange}": ("owner", ("word", "line", "problem")),
    "/mercis/{received}/signalement": ("owner", ("reason", "words")),
    "/mutation": ("owner", ("commune", "since", "commune_code")),
    "/mutation/arrivee": ("owner", ("commune",)),
    "/mutation/etapes/{moving_step}": ("owner", ("done",)),
    "/reponses/{reply}/reponse": ("owner", ("body", "once", "quotes")),
    "/reponses/{own_reply}/modification": ("owner", ("body", "version")),
}
"""Whose form it is, and its fields: each is attacked alone, the others being well filled in."""

ATTACKS: dict[str, Any] = {
    "nothing": "",
    "a NUL": "a\0b",
    "markup": "<script>alert(1)</script>x{{7*7}}x",
    "lines of a header": "a\r\nSet-Cookie: a=b",
    "a huge number": "9" * 40,
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "the last Monday": "9999-12-27",
    "a week of no year": "9999-W99",
    "a slot of nowhere": "7",
    "a slot long gone": "0001-01-01/",
    "an id of nobody": "00000000-0000-0000-0000-000000000000",
    "a list of ten thousand": ["1"] * 10_000,
    "a list of the same day": [soon()] * 900,
    "a megabyte": "a" * 1_000_000,
}


@pytest.mark.parametrize("attack", ATTACKS)
async def test_one_bad_field_among_good_ones_is_answered_in_words(attack: str, app, crashes, world: World):
    wrong = []
    for path, (who, fields) in FORMS.items():
        for field in fields:
            body = urlencode({**filled_in(), field: ATTACKS[attack]}, doseq=True).encode()
            answer = await _sent(app, world, who, path, body)
            if answer.status_code >= 500:
                wrong.append(f"{path}, {field}: {crashes[-1:]}")
            elif answer.status_code != 303 and "<h1" not in answer.text:
                wrong.append(f"{path}, {field}: {answer.status_code} without a word")
            if (
                "<script>alert" in answer.text
                or "x49x" in answer.text
                or "a=b" in str(answer.headers.get("set-cookie"))
            ):
                wrong.append(f"{path}, {field}: taken for markup")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("attack", ["%ed%a0%80", "%ff%fe%80"], ids=["a lone surrogate", "broken UTF-8"])
async def test_one_field_that_is_no_text_is_answered_in_words(attack: str, app, crashes, world: World):
    for path, (who, fields) in FORMS.items():
        for field in fields:
            rest = urlencode({name: value for name, value in filled_in().items() if name != field})
            answer = await _sent(app, world, who, path, f"{rest}&{field}={attack}".encode())
            assert answer.status_code < 500, (path, field, crashes[-1:])


@pytest.mark.parametrize(
    "query",
    [
        "9999-W99",
        "9999-W52",
        "0001-W01",
        "0000-W01",
        "2026-W54",
        "-001-W01",
        "٢٠٢٦-W01",
        "9999-12-31",
        "0001-01-01",
        "a" * 5000,
        "%00",
    ],
)
async def test_no_week_nor_month_is_too_far(query: str, app, browser, crashes, world: World):
    await browser.sign_in(world.people["owner"])
    for page in (f"{world.path('/annonces/{rota}/semaine')}?semaine={query}", f"/agenda?mois={query}&semaine={query}"):
        answer = await browser.get(page)
        assert answer.status_code < 500, (page, crashes[-1:])


async def _sent(app, world: World, who: str, path: str, body: bytes) -> httpx.Response:
    """What a form answers; what it did is undone."""
    async with Browser(transport=httpx.ASGITransport(app=app), base_url="https://site.test") as browser:
        before = await DB.current_transaction.get().savepoint()
        if member := world.people[who]:
            await browser.sign_in(member)
        await browser.get("/charte")
        headers = {"content-type": "application/x-www-form-urlencoded", "x-csrftoken": browser.cookies["__Host-csrf"]}
        answer = await browser.post(world.path(path), content=body, headers=headers)
        await before.rollback_to()
        await before.release()
    return answer


async def test_what_belongs_to_another_ad_is_not_there_under_this_one(browser, anne, bilal, emilie):
    ad, other = await answered_ad(anne, emilie), await answered_ad(anne, bilal)
    hers = await database.value("SELECT id FROM answer WHERE listing = $1", other.id)
    tip, another = await published(anne, "tips"), await published(anne, "tips")
    reply = await said_under(another.id, bilal, "Le mercredi seulement.")
    await browser.sign_in(anne)
    for step in ("choix", "liste", "rang", "refus"):
        page = await browser.submit(f"/annonces/{ad.id}/candidatures/{hers}/{step}", words="Merci.", way="up")
        assert page.status_code == 404, step
    assert (await browser.submit(f"/annonces/{tip.id}/meilleure-reponse", reply=reply)).status_code == 409
    assert await database.value("SELECT count(*) FROM tip WHERE best IS NOT NULL") == 0
    stays = await browser.submit(f"/annonces/{ad.id}/cloture", outcome="fulfilled", helped=[str(bilal.id)])
    assert stays.status_code in (409, 422)
    assert await database.value("SELECT count(*) FROM help") == 0


async def test_who_is_chosen_does_not_the_authors_steps(browser, anne, bilal, emilie):
    ad = await answered_ad(anne, bilal, emilie)
    await takes(ad, bilal, "", since=this_day())
    his, hers = [row["id"] for row in await database.rows("SELECT id FROM answer ORDER BY helper = $1 DESC", bilal.id)]
    await browser.sign_in(bilal)
    for answer in (his, hers):
        for step in ("choix", "liste", "rang", "refus"):
            page = await browser.submit(f"/annonces/{ad.id}/candidatures/{answer}/{step}", words="Non.", way="up")
            assert page.status_code == 404, step
    for step in ("candidatures/mot", "cloture", "aide", "prolongation", "reprise"):
        assert (await browser.submit(f"/annonces/{ad.id}/{step}", words="Non.")).status_code == 404, step


async def test_a_day_of_another_helper_is_neither_released_nor_ended(browser, anne, bilal, emilie):
    day = this_day(4)
    ad = await school_run(anne, days=tuple(range(7)), seats=2)
    await takes(ad, bilal, str(day.weekday()), since=this_day())
    await takes(ad, emilie, str((day.weekday() + 1) % 7), seat=2, since=this_day())
    await browser.sign_in(emilie)
    for step in ("absence", "retour", "fin"):
        page = await browser.submit(f"/annonces/{ad.id}/semaine/{step}", day=day.isoformat())
        assert page.status_code in (404, 409), step
    assert await database.value("SELECT count(*) FROM slot_release") == 0
    assert await database.value("SELECT count(*) FROM commitment WHERE ended_at IS NULL AND last_day IS NULL") == 2


async def _at_once(browser: Browser, path: str, **fields: Any) -> list[int]:
    await browser.get("/charte")
    answers = await asyncio.gather(*(browser.submit(path, **fields) for _ in range(6)))
    statuses = [answer.status_code for answer in answers]
    assert set(statuses) <= {303, 404, 409, 422}, statuses
    return statuses


@pytest.mark.commits
@pytest.mark.parametrize("weekly", [{"weekly": "on"}, {}], ids=["every week", "once"])
async def test_a_seat_is_taken_once_however_often_it_is_clicked(weekly, browser, anne, bilal):
    ad = await school_run(anne, days=tuple(range(7)), seats=3)
    await takes(ad, bilal, str(this_day(5).weekday()), since=this_day())
    await browser.sign_in(bilal)
    day = _school_day()
    before = await database.value("SELECT count(*) FROM commitment")
    await _at_once(browser, f"/annonces/{ad.id}/semaine/prise", day=day, **weekly)
    assert await database.value("SELECT count(*) FROM commitment") == before + 1


@pytest.mark.commits
async def test_a_day_is_released_once(browser, anne, bilal):
    ad = await school_run(anne, days=tuple(range(7)), seats=2)
    day = this_day(4)
    await takes(ad, bilal, str(day.weekday()), since=this_day())
    await browser.sign_in(bilal)
    await _at_once(browser, f"/annonces/{ad.id}/semaine/absence", day=day.isoformat())
    assert await database.value("SELECT count(*) FROM slot_release") == 1
    assert [topic for topic, _ in await told(anne)].count("slot_released") == 1


@pytest.mark.commits
async def test_one_move_is_declared_and_one_arrival_made(browser, anne):
    await browser.sign_in(anne)
    since = f"summer-{this_day().year + 1}"
    await _at_once(browser, "/mutation", commune="Toulon (83)", since=since)
    assert await database.value("SELECT count(*) FROM moving") == 1
    statuses = await _at_once(browser, "/mutation/arrivee", commune="83137")
    assert statuses.count(303) == 1


@pytest.mark.commits
async def test_best_answer_and_still_true_are_said_once(browser, anne, bilal):
    tip = await published(anne, "tips")
    reply = await said_under(tip.id, bilal, "L’atelier du samedi.")
    await browser.sign_in(anne)
    assert set(await _at_once(browser, f"/annonces/{tip.id}/meilleure-reponse", reply=reply)) == {303}
    assert len(await told(bilal)) == 1
    await browser.sign_in(bilal)
    assert set(await _at_once(browser, f"/annonces/{tip.id}/verification", still="oui")) == {303}
    assert await database.value("SELECT count(*) FROM tip_check") == 1


@pytest.mark.commits
async def test_feeds_renewed_at_once_leave_one_address_that_works(browser, anne):
    await browser.sign_in(anne)
    assert set(await _at_once(browser, "/moi/flux/renouvellement")) == {303}
    assert (await browser.get("/moi/flux")).status_code == 200


@pytest.mark.commits
async def test_clicks_on_prolonging_do_not_add_up_and_an_ad_is_taken_up_once(browser, anne):
    ad, over = await published(anne), await closed(anne, outcome="withdrawn")
    await database.execute("UPDATE listing SET expires_at = now() + interval '2 days' WHERE id = $1", ad.id)
    await browser.sign_in(anne)
    await _at_once(browser, f"/annonces/{ad.id}/prolongation")
    left = await database.value("SELECT expires_at - now() FROM listing WHERE id = $1", ad.id)
    assert timedelta(days=59) < left <= timedelta(days=60), "six clicks give no more than one"
    assert await _logged("listing.renewed") == 1
    assert (await _at_once(browser, f"/annonces/{over.id}/reprise")).count(303) == 1
    assert await _logged("listing.taken_up") == 1


@pytest.mark.commits
async def test_a_word_of_thanks_is_written_and_the_others_declined_once(browser, anne, bilal, emilie):
    exchange = await helped_ad(browser, anne, bilal)
    await _at_once(browser, f"/mercis/ecrire/{exchange}", word="Merci beaucoup.")
    assert await _logged("thanks.written") == 1
    ad = await answered_ad(anne, bilal, emilie)
    await _at_once(browser, f"/annonces/{ad.id}/candidatures/mot", words="Merci, quelqu’un vient déjà.")
    assert await database.value("SELECT count(*) FROM courtesy WHERE listing = $1", ad.id) == 1


def _school_day() -> str:
    return this_day(6).isoformat()


async def _logged(what: str) -> int:
    found: int = await database.value("SELECT count(*) FROM audit_entry WHERE action = $1", what)
    return found
