"""Anybody tells the team of what they hold illegal: what, where, why, in good faith."""

import asyncio
import re
import time
from typing import Any

import pytest

from app import database
from app.signing import signed
from moderation.notices import braking
from tests.helpers.ads import draft, published, removed
from tests.helpers.browser import Browser, said
from tests.helpers.cases import audited, case_of, said_under, take, told
from tests.helpers.notices import TYPED
from tests.helpers.talks import answered

FORM = "/signaler-un-contenu-illicite"


def opened(seconds_ago: float = 60) -> str:
    return signed(braking.PURPOSE, int(time.time() - seconds_ago))


async def send(browser: Browser, where: str | None, **given: Any) -> Any:
    """As a visitor; a field set to None is left out."""
    sent = {"where": where, "opened": opened(), **TYPED, **given}
    return await browser.submit(FORM, **{name: value for name, value in sent.items() if value is not None})


async def notices() -> list[Any]:
    return await database.rows("SELECT * FROM notice ORDER BY made_at, number")


async def test_a_visitor_gets_a_number_and_the_team_a_case(browser, anne):
    ad = await published(anne)
    form = await browser.get(f"{FORM}?ou=/annonces/{ad.id}")
    assert f'value="/annonces/{ad.id}"' in form.text
    assert "Cochez" not in said(form)
    answer = await send(browser, f"https://site.test/annonces/{ad.id}")
    page = await browser.follow(answer)
    (notice,) = await notices()
    assert f"Signalement {notice['number']}" in said(page)
    assert "Escroquerie" in said(page)
    assert answer.headers["location"].startswith(f"{FORM}/suivi/")
    assert "odile" not in page.text.lower()
    case = await case_of(ad.id)
    assert (notice["case"], notice["location"], case["risk"]) == (case["id"], f"/annonces/{ad.id}", 75)
    assert await database.value('SELECT why FROM evidence WHERE "case" = $1', case["id"]) == "notice"
    assert await audited(notice["id"]) == ["notice.received"]
    assert await told(anne) == []
    assert await database.value("SELECT status FROM listing WHERE id = $1", ad.id) == "published"


async def test_a_member_is_known_and_follows_by_the_number(browser, anne, bilal, emilie):
    ad = await published(anne)
    form = await (await browser.sign_in(bilal)).get(FORM)
    assert 'name="email"' not in form.text
    answer = await browser.submit(FORM, where=f"/annonces/{ad.id}", **TYPED)
    (notice,) = await notices()
    assert answer.headers["location"] == f"{FORM}/{notice['number']}"
    assert (notice["member"], notice["name"], notice["email"]) == (bilal.id, "", "")
    assert notice["number"] in said(await browser.follow(answer))
    assert notice["number"] in said(await browser.get("/moi/signalements"))
    await browser.sign_in(emilie)
    assert (await browser.get(f"{FORM}/{notice['number']}")).status_code == 404


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ("where", "Copiez ici l’adresse"),
        ("illegality", "Choisissez ce qui vous semble"),
        ("why", "Expliquez en une phrase"),
        ("name", "Écrivez votre nom"),
        ("email", "Écrivez votre adresse e-mail"),
        ("good_faith", "de bonne foi"),
    ],
)
async def test_each_thing_the_law_asks_for_is_asked_for_and_what_was_typed_stays(browser, anne, missing, message):
    ad = await published(anne)
    where = None if missing == "where" else f"/annonces/{ad.id}"
    answer = await send(browser, where, **{} if missing == "where" else {missing: None})
    assert answer.status_code == 422
    assert message in said(answer)
    if missing != "why":
        assert TYPED["why"] in answer.text
    assert await notices() == []


async def test_who_saves_a_child_may_stay_nameless(browser, anne):
    ad = await published(anne)
    answer = await send(browser, f"/annonces/{ad.id}", illegality="minors", name=None, email=None)
    assert answer.status_code == 303
    case = await case_of(ad.id)
    assert case["risk"] == 100
    assert (case["due_at"] - case["opened_at"]).total_seconds() <= 3600


async def test_an_address_elsewhere_is_none_of_ours(browser):
    for where in (
        *("https://ailleurs.example/annonces/1", "la poussette", "javascript:alert(1)", "//ailleurs.example/x"),
        *("https://[", "https://℀.example/annonces", "/annonces/%00"),
    ):
        assert (await send(browser, where)).status_code == 422, where
    assert await notices() == []


async def test_what_others_cannot_read_is_nowhere_whatever_it_is(browser, anne, bilal):
    """Drafts, what was removed, private messages and what never was: a stranger learns nothing from the answer."""
    talk = await answered((await published(anne)).id, bilal.id)
    held = await said_under((await published(anne)).id, anne, "En attente.", "held")
    places = [
        f"/annonces/{(await draft(anne)).id}",
        f"/annonces/{(await removed(anne)).id}",
        "/annonces/00000000-0000-0000-0000-000000000000",
        f"/reponses/{held}",
        f"/reponses/{2**62}",
        f"/messages/{talk}#message-{await database.value('SELECT min(id) FROM message')}",
        "/moderation",
    ]
    for n, place in enumerate(places):
        page = said(await browser.follow(await send(browser, place, email=f"{n}@exemple.test")))
        assert "nous ne trouvons rien que d’autres puissent lire" in page, place
    kept = await notices()
    assert [(one["case"], one["outcome"]) for one in kept] == [(None, "nowhere")] * len(places)
    assert await database.value("SELECT count(*) FROM moderation_case") == 0


async def test_a_reply_is_found_by_the_address_of_the_page_it_stands_on(browser, anne, bilal):
    ad = await published(anne)
    reply = await said_under(ad.id, bilal, "Contre mille euros par jour.")
    await send(browser, f"https://site.test/annonces/{ad.id}?depuis={reply}#reponse-{reply}")
    case = await case_of(ad.id, "reply")
    assert (case["reply"], case["author"]) == (reply, bilal.id)
    assert (await notices())[0]["location"] == f"/reponses/{reply}"


async def test_a_visitor_cannot_count_replies_by_their_numbers(browser, anne, bilal, emilie):
    ad, other = await published(anne), await published(anne)
    reply = await said_under(ad.id, bilal, "Contre mille euros par jour.")
    for n, place in enumerate((f"/reponses/{reply}", f"/annonces/{other.id}#reponse-{reply}")):
        page = said(await browser.follow(await send(browser, place, email=f"{n}@exemple.test")))
        assert "nous ne trouvons rien" in page, place
    await (await browser.sign_in(emilie)).submit(FORM, where=f"/reponses/{reply}", **TYPED)
    assert (await case_of(ad.id, "reply"))["reply"] == reply


async def test_a_message_is_for_the_two_who_read_it(browser, anne, bilal, emilie):
    ad = await published(anne)
    talk = await answered(ad.id, bilal.id)
    where = f"/messages/{talk}/{await database.value('SELECT min(id) FROM message')}"
    await (await browser.sign_in(emilie)).submit(FORM, where=where, **TYPED)
    assert (await notices())[0]["outcome"] == "nowhere"
    await (await browser.sign_in(anne)).submit(FORM, where=where, **TYPED)
    assert (await case_of(ad.id, "message"))["author"] == bilal.id


async def test_nobody_sends_a_notice_about_their_own_words(browser, anne):
    ad = await published(anne)
    answer = await (await browser.sign_in(anne)).submit(FORM, where=f"/annonces/{ad.id}", **TYPED)
    assert answer.status_code == 422
    assert "votre propre texte" in said(answer)


async def test_a_notice_joins_the_open_case_and_makes_it_press_more(browser, anne, bilal):
    ad = await published(anne)
    await (await browser.sign_in(bilal)).submit(f"/annonces/{ad.id}/signalement", reason="market")
    before = await case_of(ad.id)
    await browser.submit(FORM, where=f"/annonces/{ad.id}", **{**TYPED, "illegality": "violence"})
    after = await case_of(ad.id)
    assert after["id"] == before["id"]
    assert (before["risk"], after["risk"]) == (40, 95)
    assert after["press_at"] < before["press_at"]
    assert after["version"] > before["version"]


async def test_the_same_sent_twice_is_one_and_more_about_it_joins_it(browser, anne, chloe):
    ad = await published(anne)
    first = await send(browser, f"/annonces/{ad.id}")
    again = await send(browser, f"/annonces/{ad.id}")
    assert again.headers["location"] == first.headers["location"]
    await send(
        browser, f"/annonces/{ad.id}", why="Et maintenant elle me relance par téléphone.", email="Odile@Exemple.test"
    )
    one, more = await notices()
    assert (one["joins"], more["joins"]) == (None, one["id"])
    assert one["number"] != more["number"], "the number tells nobody that the address was used before"
    desk = said(await (await browser.sign_in(chloe)).get(f"/moderation/dossiers/{one['case']}"))
    assert TYPED["why"] in desk
    assert "elle me relance par téléphone" in desk


@pytest.mark.commits
async def test_ten_at_once_are_one_case_and_one_first_notice(browser, anne):
    ad = await published(anne)
    async with asyncio.timeout(30):
        answers = await asyncio.gather(
            *(send(browser, f"/annonces/{ad.id}", why=f"Pour la raison numéro {n // 2}, je pense.") for n in range(10))
        )
    assert {answer.status_code for answer in answers} <= {303, 429}
    kept = await notices()
    assert len([one for one in kept if one["joins"] is None]) == 1
    assert len({one["why"] for one in kept}) == len(kept)
    assert await database.value("SELECT count(*) FROM moderation_case") == 1


async def test_what_is_typed_is_shown_as_text(browser, anne, chloe):
    ad = await published(anne)
    script = "<script>alert('lu par un modérateur')</script>"
    page = await browser.follow(await send(browser, f"/annonces/{ad.id}", why=script, name="<b>Odile</b>"))
    desk = await (await browser.sign_in(chloe)).get(f"/moderation/dossiers/{(await case_of(ad.id))['id']}")
    for shown in (page, desk):
        assert "<script>alert" not in shown.text
        assert "&lt;script&gt;alert" in shown.text
        assert "<b>Odile" not in shown.text


async def test_the_prefilled_address_is_one_of_ours(browser):
    for typed in ("//ailleurs.example/x", "https://ailleurs.example", "/\\ailleurs.example"):
        assert (
            "ailleurs" not in (await browser.get(FORM, params={"ou": typed})).text.split("<main")[1].split("</form>")[0]
        )


async def test_the_queue_says_of_a_noticed_thing_that_it_may_be_illegal_and_offers_that_reason(browser, anne, chloe):
    ad = await published(anne)
    await send(browser, f"/annonces/{ad.id}")
    case = await case_of(ad.id)
    desk = await (await browser.sign_in(chloe)).get("/moderation")
    assert "contenu illicite ?" in said(desk)
    dossier = await take(browser, case["id"])
    assert '<option value="dishonest"' in dossier.text
    assert re.search(r'<option value="dishonest"[^>]* selected', dossier.text)
