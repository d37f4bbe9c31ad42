"""The links of the reminder: no sign-in, one use, nothing said of the ad, nothing done by opening them."""

import asyncio
import html
import re
from datetime import UTC, datetime, time, timedelta

import httpx
import pytest

from app import database
from app.dates import hour, today
from app.settings import settings
from app.signing import signed
from listings.life.ending_links import PURPOSE, Action, ending_link
from listings.life.reminding import remind_authors
from listings.life.renewing import renew
from listings.life.steps import reserve
from listings.schedules.schedule import Schedule, Weekly
from tests.helpers.ads import in_days, published
from tests.helpers.browser import Browser, words
from tests.helpers.cases import audited
from tests.helpers.codes import empty_mailbox, letters_to
from tests.helpers.jobs import run_jobs
from tests.listings.life.test_reminding import ENDS_IN_FIVE_DAYS, ending
from tests.listings.life.test_renewing import HELD, days_left, row
from tests.listings.writing.test_sending import WEAPON

LAST_YEAR = today().year - 1


async def link_of(ad, action="renew") -> str:
    """The path of one link of the ad's reminder."""
    await remind_authors()
    found = await row(ad)
    return f"/lien/annonce/{ending_link(ad.id, found['renewals'], found['reminded_at'], Action(action))}"


async def test_the_letters_first_link_prolongs_with_two_clicks_and_no_sign_in(browser, anne):
    empty_mailbox()
    ad = await ending(anne)
    await remind_authors()
    await run_jobs()
    (letter,) = letters_to(anne.email)
    link = re.search(re.escape(settings().site_url) + r"(/lien/annonce/\S+)", letter.get_content())[1]

    page = words(await browser.get(link))
    assert "Que devient votre annonce" in page
    assert "Votre annonce publiée le" in page

    page = words(await browser.submit(link, do="renew"))
    assert "Votre annonce est prolongée" in page
    assert days_left(await row(ad)) == 60
    assert await audited(ad.id) == ["listing.renewed"]
    empty_mailbox()


@pytest.mark.parametrize(("action", "outcome"), [("settle", "fulfilled"), ("withdraw", "withdrawn")])
async def test_the_others_end_it(action: str, outcome: str, browser, anne):
    ad = await ending(anne)
    link = await link_of(ad, action)
    assert (await browser.submit(link)).status_code == 200
    now = await row(ad)
    assert (now["status"], now["outcome"]) == ("closed", outcome)


async def test_opening_a_link_does_nothing_however_often(browser, anne):
    ad = await ending(anne)
    for action in Action:
        link = await link_of(ad, action)
        for _ in range(3):
            assert (await browser.get(link)).status_code == 200
            assert (await browser.head(link)).status_code == 200
    now = await row(ad)
    assert (now["status"], now["renewals"], now["expires_at"]) == ("published", 0, ad.expires_at)


async def test_each_page_offers_its_own_action_first(browser, anne):
    ad = await ending(anne)
    for action in Action:
        page = (await browser.get(await link_of(ad, action))).text
        buttons = re.findall(r'<button class="button([^"]*)"[^>]*value="(\w+)"', page)
        assert buttons[0] == (" button-main button-large", action.value)
        assert {name for _, name in buttons} == set(Action)


async def test_the_title_is_shown_to_its_author_alone(browser, another_browser, anne, bilal):
    ad = await ending(anne, title="Garde de deux enfants le mercredi")
    link = await link_of(ad)
    unknown = await browser.get(link)
    assert ad.title not in words(unknown)
    assert f'href="/connexion?suite={link}"' in unknown.text
    await browser.sign_in(bilal)
    assert ad.title not in words(await browser.get(link))
    await another_browser.sign_in(anne)
    assert ad.title in words(await another_browser.get(link))


@pytest.mark.parametrize(
    ("first", "said"),
    [("renew", "en ligne jusqu’au"), ("settle", "c’est réglé"), ("withdraw", "L’annonce est retirée")],
)
async def test_a_link_used_twice_says_so_and_what_became_of_the_ad(first: str, said: str, browser, anne):
    ad = await ending(anne)
    link = await link_of(ad)
    await browser.submit(link, do=first)
    before = await row(ad)
    for again in (await browser.get(link), await browser.submit(link, do="withdraw")):
        assert again.status_code == 410
        assert "Ce lien a déjà servi" in words(again)
        assert said in words(again)
    assert await row(ad) == before


async def test_using_one_link_uses_up_the_others(browser, anne):
    ad = await ending(anne)
    renewing, settling = await link_of(ad, "renew"), await link_of(ad, "settle")
    await browser.submit(renewing)
    assert (await browser.submit(settling)).status_code == 410
    assert (await row(ad))["status"] == "published"


async def test_what_was_done_on_the_site_uses_the_link_up(browser, anne):
    ad = await ending(anne)
    link = await link_of(ad)
    await renew(ad.id, anne.id)
    assert "déjà répondu, par ce lien ou sur le site" in words(await browser.get(link))


async def test_a_link_past_the_end_says_what_to_do_next(browser, anne):
    ad = await ending(anne)
    link = await link_of(ad)
    await database.execute("UPDATE listing SET expires_at = now() - interval '1 hour' WHERE id = $1", ad.id)
    for answer in (await browser.get(link), await browser.submit(link)):
        assert answer.status_code == 410
        assert "arrivée à son terme" in words(answer)
        assert "Vous pouvez la reprendre" in words(answer)
    await database.execute("UPDATE listing SET status = 'closed', outcome = 'expired', closed_at = now()")
    assert "Vous pouvez la reprendre" in words(await browser.get(link))


async def test_a_forged_or_cut_link_is_none(browser, anne):
    ad = await ending(anne)
    link = await link_of(ad)
    now = datetime.now(UTC).isoformat()
    made_up = [
        link[:-1],
        link.replace("/lien/annonce/", "/lien/annonce/x"),
        "/lien/annonce/abc",
        f"/lien/annonce/{signed('something else', [str(ad.id), 0, now, 'renew'])}",
        f"/lien/annonce/{signed(PURPOSE, [str(ad.id), 0, now, 'sell'])}",
        f"/lien/annonce/{signed(PURPOSE, 'everything')}",
    ]
    for path in made_up:
        for answer in (await browser.get(path), await browser.submit(path, do="withdraw")):
            assert answer.status_code == 410, path
            assert "Ce lien n’est pas complet" in words(answer)
    assert (await row(ad))["status"] == "published"


async def test_a_true_link_of_an_erased_ad_is_gone(browser, anne):
    ad = await ending(anne)
    link = await link_of(ad)
    await database.execute("DELETE FROM listing WHERE id = $1", ad.id)
    assert (await browser.get(link)).status_code == 410
    assert (await browser.submit(link)).status_code == 410


async def test_what_the_rules_now_say_holds_for_links_too(browser, anne):
    held, refused = await ending(anne, body=HELD), await ending(anne, body=WEAPON)
    link, other = await link_of(held), await link_of(refused)
    assert "en relecture" in words(await browser.submit(link))
    assert (await row(held))["status"] == "pending"
    assert "L’annonce est en relecture" in words(await browser.get(link))

    assert "Un passage ne convient plus" in words(await browser.submit(other))
    assert (await row(refused))["status"] == "published"
    assert "Votre annonce est terminée" in words(await browser.submit(other, do="settle"))


async def test_its_own_last_day_is_the_limit_for_links_too(browser, anne):
    ad = await ending(anne, schedule=Schedule(weekly=Weekly(days=(2,), until=in_days(4))))
    page = await browser.submit(await link_of(ad))
    assert "Changez d’abord sa date" in words(page)
    assert f"/annonces/{ad.id}/modification" in page.text


async def test_a_place_taken_meanwhile_does_not_spoil_the_link(browser, anne):
    ad = await ending(anne)
    link = await link_of(ad)
    await reserve(ad.id)
    assert "Votre annonce est prolongée" in words(await browser.submit(link))


async def test_a_form_without_its_token_changes_nothing(browser, anne):
    ad = await ending(anne)
    link = await link_of(ad)
    assert (await browser.post(link, data={"do": "withdraw"})).status_code == 403
    assert (await row(ad))["status"] == "published"


async def test_an_action_nobody_offered_changes_nothing(browser, anne):
    ad = await ending(anne)
    assert "Que devient votre annonce" in words(await browser.submit(await link_of(ad), do="sell"))
    assert (await row(ad))["status"] == "published"


@pytest.mark.commits
@pytest.mark.parametrize("choices", [["renew"] * 4, ["settle", "withdraw", "renew", "settle"]])
async def test_several_tabs_at_once_use_it_once(choices: list[str], app, anne):
    ad = await published(anne, published_at=datetime.now(UTC) - ENDS_IN_FIVE_DAYS)
    link = await link_of(ad)
    tabs = [Browser(transport=httpx.ASGITransport(app=app), base_url="https://site.test") for _ in choices]
    answers = await asyncio.gather(*(tab.submit(link, do=do) for tab, do in zip(tabs, choices, strict=True)))
    assert sorted(answer.status_code for answer in answers) == [200, 410, 410, 410]
    won = choices[[answer.status_code for answer in answers].index(200)]
    now = await row(ad)
    assert (now["status"], now["renewals"]) == (("published", 1) if won == "renew" else ("closed", 0))
    assert len(await audited(ad.id)) == 1
    for tab in tabs:
        await tab.aclose()


async def test_a_second_reminder_brings_links_of_its_own(browser, anne):
    ad = await ending(anne)
    first = await link_of(ad)
    await browser.submit(first)
    await database.execute(
        "UPDATE listing SET renewed_at = now() - $2::interval, expires_at = now() + interval '5 days' WHERE id = $1",
        ad.id,
        timedelta(days=55),
    )
    second = await link_of(ad)
    assert first != second
    assert (await browser.get(first)).status_code == 410
    assert (await browser.submit(second)).status_code == 200
    assert (await row(ad))["renewals"] == 2


async def test_letter_and_page_name_the_day_of_publication_and_nothing_else(browser, anne):
    empty_mailbox()
    ad = await ending(anne, title="Garde de deux enfants le mercredi")
    await _published(ad, datetime(LAST_YEAR, 3, 3, 15, 30, tzinfo=UTC))
    link = await link_of(ad)
    await run_jobs()
    (letter,) = letters_to(anne.email)
    assert letter["subject"] == f"Votre annonce publiée le 3 mars {LAST_YEAR} se termine bientôt"
    assert f"Votre annonce publiée le 3 mars {LAST_YEAR} sur Entraide" in letter.get_content()
    assert "Garde" not in letter.get_content() and "16 h 30" not in letter.get_content()
    assert f"Votre annonce publiée le 3 mars {LAST_YEAR}." in words(await browser.get(link))
    empty_mailbox()


async def test_the_hour_tells_apart_what_was_published_the_same_day(browser, anne):
    empty_mailbox()
    first, second, other = [await ending(anne, title=f"Annonce numéro {n}") for n in range(3)]
    await _published(first, datetime(LAST_YEAR, 3, 3, 15, 30, tzinfo=UTC))
    await _published(second, datetime(LAST_YEAR, 3, 3, 7, tzinfo=UTC))
    await _published(other, datetime(LAST_YEAR, 3, 3, 23, 30, tzinfo=UTC))  # the fourth, in Paris
    links = [await link_of(ad) for ad in (first, second, other)]
    await run_jobs()
    said = {str(letter["subject"]).removeprefix("Votre annonce publiée le ") for letter in letters_to(anne.email)}
    days = (
        f"3 mars {LAST_YEAR} à {hour(time(16, 30))}",
        f"3 mars {LAST_YEAR} à {hour(time(8))}",
        f"4 mars {LAST_YEAR}",
    )
    assert said == {f"{day} se termine bientôt" for day in days}
    for link, day in zip(links, days, strict=True):
        assert f"publiée le {day}." in html.unescape((await browser.get(link)).text)
    empty_mailbox()


async def _published(ad, at: datetime) -> None:
    await database.execute("UPDATE listing SET published_at = $2 WHERE id = $1", ad.id, at)
