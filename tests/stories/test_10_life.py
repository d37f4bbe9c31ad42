"""The whole life of an ad: written, reserved, prolonged from an e-mail, ended, taken up again, forgotten."""

import re
from datetime import timedelta

import pytest

from answers.committing import commit
from app import database
from app.settings import settings
from listings.life.passing import let_time_pass
from tests.helpers.ads import BODY, in_days, published
from tests.helpers.browser import words
from tests.helpers.cases import case_of, take_and_decide
from tests.helpers.codes import empty_mailbox, letters_to
from tests.helpers.finding import found, search
from tests.helpers.jobs import run_jobs
from tests.helpers.talks import answered, badge

HELD = "Mon mari est parti en opération au Mali jusqu’au 12 mars, il faut garder deux enfants."


@pytest.fixture(autouse=True)
def mailbox(undo):
    empty_mailbox()
    yield
    empty_mailbox()


async def days_pass(days: int) -> None:
    """Then the hourly job runs, twice for good measure, and what it asked of the queue."""
    await database.execute(
        """
        UPDATE listing SET created_at = created_at - $1::interval, updated_at = updated_at - $1::interval,
            published_at = published_at - $1::interval, expires_at = expires_at - $1::interval,
            renewed_at = renewed_at - $1::interval, reminded_at = reminded_at - $1::interval,
            closed_at = closed_at - $1::interval
        """,
        timedelta(days=days),
    )
    await let_time_pass()
    await let_time_pass()
    await run_jobs()


def links_of_reminder(email: str, number: int = 0) -> list[str]:
    """The three links of a reminder, the first one unless said otherwise."""
    letters = [letter.get_content() for letter in letters_to(email) if "/lien/annonce/" in letter.get_content()]
    return re.findall(re.escape(settings().site_url) + r"(/lien/annonce/\S+)", letters[number])


async def test_from_publication_to_oblivion(browser, another_browser, anne, bilal, emilie):
    ad = await published(anne, "helping_hand", quantity=2)
    await answered(ad.id, bilal.id)
    author, helper = await browser.sign_in(anne), await another_browser.sign_in(bilal)

    await commit(ad.id, emilie.id, [""], in_days(2))
    assert "Réservée en partie (1 sur 2)" in words(await helper.get("/annonces"))
    assert "Réservée en partie (1 sur 2)" in words(await author.get("/mes-annonces"))

    await days_pass(54)
    assert "Votre annonce se termine bientôt" in words(await author.get("/notifications"))
    renew, _, _ = links_of_reminder(anne.email)
    browser.cookies.clear()
    assert "Votre annonce est prolongée" in words(await browser.submit(renew))
    assert "Ce lien a déjà servi" in words(await browser.get(renew))

    await days_pass(54)
    settle = links_of_reminder(anne.email, 1)[1]
    assert "Votre annonce est terminée" in words(await browser.submit(settle, do="settle"))
    await run_jobs()
    assert "votre réponse m’a fait plaisir" in words(await helper.get("/messages")), "who waited is told"
    assert "Annonce terminée" in words(await helper.get(f"/annonces/{ad.id}"))

    await days_pass(180)
    assert (await helper.get(f"/annonces/{ad.id}")).status_code == 200
    await days_pass(5)
    assert (await helper.get(f"/annonces/{ad.id}")).status_code == 404
    assert await database.value("SELECT count(*) FROM conversation") == 0


async def test_an_expired_link_leads_to_taking_the_ad_up_again(browser, anne):
    ad = await published(anne)
    await days_pass(54)
    link = links_of_reminder(anne.email)[0]
    await days_pass(10)

    page = await browser.get(link)
    assert page.status_code == 410
    assert "Vous pouvez la reprendre" in words(page)

    await browser.sign_in(anne)
    shown = await browser.get(re.search(r'class="button button-main" href="(/annonces/[^"]+)"', page.text)[1])
    assert "Arrivée à son terme" in words(shown)
    form = await browser.follow(await browser.submit(f"/annonces/{ad.id}/reprise"))
    assert "de nouveau un brouillon" in words(form)
    online = await browser.follow(await browser.submit(f"/annonces/{ad.id}/publication"))
    assert "Votre annonce est en ligne" in words(online)
    assert (await browser.get(link)).status_code == 410


async def test_prolonging_what_the_rules_now_hold(browser, another_browser, anne, chloe):
    ad = await published(anne, body=HELD)
    await days_pass(54)
    assert "est en relecture" in words(await browser.submit(links_of_reminder(anne.email)[0]))
    assert badge(await (await browser.sign_in(anne)).get("/"), "notifications") == 1

    await another_browser.sign_in(chloe)
    await take_and_decide(another_browser, (await case_of(ad.id))["id"], "approve")
    await run_jobs()
    assert "En ligne" in words(await browser.get("/mes-annonces"))
    await days_pass(20)
    assert (await browser.get(f"/annonces/{ad.id}")).status_code == 200


async def test_a_reserved_ad_stays_findable_and_its_promise_stays(browser, another_browser, anne, bilal, emilie):
    ad = await published(anne, "helping_hand", title="Porter un piano au deuxième étage", quantity=1)
    await commit(ad.id, bilal.id, [""], in_days(2))
    await another_browser.sign_in(emilie)
    assert ad.title in found(await search(another_browser, q="piano"))
    page = words(await another_browser.get(f"/annonces/{ad.id}"))
    assert "Réservée" in page
    assert "liste d’attente" in page
    assert "Bilal" not in page, "nobody else learns who was chosen"

    await browser.sign_in(anne)
    sent = {"kind": "request", "title": ad.title, "body": BODY, "task": "moving", "commune": "Brest (29)", "do": "send"}
    page = await browser.submit(
        f"/annonces/{ad.id}/modification", **sent, quantity="1", when="dates", **{"on-1": in_days(5).isoformat()}
    )
    assert page.status_code == 422
    assert "L’annonce entière est déjà réservée" in words(page)
