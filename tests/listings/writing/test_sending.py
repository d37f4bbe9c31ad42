"""Sending an ad: what the rules say, who reads it first, and that twice is once."""

import asyncio
from datetime import datetime, time, timedelta

import pytest

from app import database
from app.dates import now
from app.refusals import Refused
from app.settings import PARIS, settings
from listings.kinds import Status
from listings.life.publishing import publish, send_back
from listings.tables import Listing
from tests.helpers.ads import draft, in_days, pending, published
from tests.helpers.browser import words
from tests.helpers.decisions import decided
from tests.helpers.finding import findable
from tests.helpers.sales import sold

PHONE = "Bonjour, appelez-moi au 06 12 34 56 78 pour en parler, merci beaucoup."
ABSENCE = "Mon mari est parti en opération au Mali jusqu’au 12 mars, il faut garder deux enfants."
WEAPON = "Je vends un fusil de chasse en très bon état, à venir chercher sur place."
DISTRESS = "Je n’en peux plus, je veux en finir, quelqu’un peut garder les enfants ?"


async def state(ad) -> Listing:
    found = await Listing.objects().get(Listing.id == ad.id)
    assert found is not None
    return found


async def cases(ad) -> list:
    return await database.rows("SELECT * FROM moderation_case WHERE listing = $1 ORDER BY opened_at", ad.id)


async def actions(ad) -> list[str]:
    found = await database.rows("SELECT action FROM audit_entry WHERE subject = $1 ORDER BY id", str(ad.id))
    return [entry["action"] for entry in found]


async def test_a_trusted_members_ad_is_online_at_once(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne)
    assert "Publier l’annonce" in (await browser.get(f"/annonces/{ad.id}/apercu")).text

    page = await browser.follow(await browser.submit(f"/annonces/{ad.id}/publication"))

    assert "Votre annonce est en ligne." in page.text
    kept = await state(ad)
    assert kept.status == Status.published
    assert kept.published_at is not None
    assert abs(kept.expires_at - kept.published_at - timedelta(days=60)) < timedelta(minutes=5)
    assert await cases(ad) == []
    assert await actions(ad) == ["listing.published"]
    assert (await findable(ad.id))["title"] == ad.title


async def test_a_new_members_ad_waits_for_a_moderator(browser, emilie):
    await browser.sign_in(emilie)
    ad = await draft(emilie)
    assert "Envoyer à la relecture" in (await browser.get(f"/annonces/{ad.id}/apercu")).text

    page = await browser.follow(await browser.submit(f"/annonces/{ad.id}/publication"))

    assert "Une personne de l’équipe la lit" in page.text
    assert (await state(ad)).status == Status.pending
    (case,) = await cases(ad)
    assert (case["kind"], case["author"], case["category"], case["department"]) == (
        "listing",
        emilie.id,
        "childcare",
        "29",
    )
    assert await actions(ad) == ["listing.held"]


async def test_advice_marks_the_words_and_may_be_passed_over(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne, body=PHONE)

    preview = await browser.get(f"/annonces/{ad.id}/apercu")
    assert "<mark>06 12 34 56 78</mark>" in preview.text
    assert "Vous pouvez écrire" in preview.text
    assert "Publier quand même" in preview.text

    await browser.submit(f"/annonces/{ad.id}/publication")
    assert (await state(ad)).status == Status.published


async def test_a_held_ad_says_a_person_will_read_it(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne, body=ABSENCE)

    preview = await browser.get(f"/annonces/{ad.id}/apercu")
    assert "Un modérateur lira cette annonce" in preview.text
    assert "Envoyer à la relecture" in preview.text

    await browser.submit(f"/annonces/{ad.id}/publication")
    assert (await state(ad)).status == Status.pending
    (case,) = await cases(ad)
    assert "opsec." in case["findings"]
    assert case["risk"] > 50


async def test_distress_shows_where_to_call_and_is_read_by_a_person(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne, body=DISTRESS)

    preview = await browser.get(f"/annonces/{ad.id}/apercu")
    assert preview.text.count('href="tel:3114"') == 1
    assert "Quelqu’un peut vous écouter" in preview.text

    page = await browser.follow(await browser.submit(f"/annonces/{ad.id}/publication"))
    assert "3114" in words(page) and "Votre annonce est envoyée" not in words(page)
    assert (await state(ad)).status == Status.pending


async def test_a_refused_ad_cannot_be_sent(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne, "classifieds", body=WEAPON)

    preview = await browser.get(f"/annonces/{ad.id}/apercu")
    assert "À corriger avant d’envoyer" in preview.text
    assert f"/annonces/{ad.id}/brouillon" in preview.text
    assert "Publier" not in preview.text.split("<main")[1].split("<footer")[0]

    assert (await browser.submit(f"/annonces/{ad.id}/publication")).status_code == 409
    assert (await state(ad)).status == Status.draft
    assert await cases(ad) == []


@pytest.mark.parametrize(("sales", "status"), [(13, "published"), (14, "published"), (29, "pending")])
async def test_many_sales_a_year_are_told_then_read_first(browser, anne, sales, status):
    await browser.sign_in(anne)
    await sold(anne, sales)
    ad = await draft(anne, "classifieds", deal="sell", price_cents=500)
    gift = await draft(anne, "classifieds", title="Lit pliant", body="Un lit d’appoint en bon état, à venir chercher.")

    preview = await browser.get(f"/annonces/{ad.id}/apercu")
    assert (f"C’est votre {sales + 1}e vente de l’année." in preview.text) == (sales >= 14)
    for each in (ad, gift):
        await browser.submit(f"/annonces/{each.id}/publication")

    assert (await state(ad)).status == status
    assert (await state(gift)).status == "published", "giving is never counted"


async def test_when_screening_fails_a_person_reads_it(browser, anne, monkeypatch):
    await browser.sign_in(anne)
    ad = await draft(anne)
    monkeypatch.setattr("moderation.rules.screening.screen", lambda *_: 1 / 0)

    await browser.submit(f"/annonces/{ad.id}/publication")

    assert (await state(ad)).status == Status.pending
    (case,) = await cases(ad)
    assert "screening.failed" in case["findings"]


async def test_an_incomplete_draft_is_not_sent(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne, title="")

    assert (await browser.submit(f"/annonces/{ad.id}/publication")).status_code == 409
    assert (await state(ad)).status == Status.draft


@pytest.mark.parametrize("trusted", [True, False])
async def test_sending_twice_is_sending_once(browser, anne, emilie, trusted):
    author = anne if trusted else emilie
    await browser.sign_in(author)
    ad = await draft(author)

    first = await browser.submit(f"/annonces/{ad.id}/publication")
    version = (await state(ad)).version
    second = await browser.submit(f"/annonces/{ad.id}/publication")

    assert first.headers["location"] == second.headers["location"]
    assert (await state(ad)).version == version
    assert len(await cases(ad)) == (0 if trusted else 1)
    assert len(await actions(ad)) == 1


@pytest.mark.commits
async def test_two_windows_sending_at_once_make_one_case(browser, another_browser, emilie):
    await browser.sign_in(emilie)
    await another_browser.sign_in(emilie)
    ad = await draft(emilie)
    for window in (browser, another_browser):
        await window.get("/charte")

    answers = await asyncio.gather(
        *(window.submit(f"/annonces/{ad.id}/publication") for window in (browser, another_browser) for _ in range(3))
    )

    assert {answer.status_code for answer in answers} == {303}
    assert len(await cases(ad)) == 1
    assert await actions(ad) == ["listing.held"]


@pytest.mark.parametrize(
    ("days", "given"),
    [
        (5, {"wanted_by": in_days(5)}),
        (60, {"wanted_by": in_days(200)}),
    ],
)
async def test_an_ad_ends_with_its_last_day(browser, anne, days, given):
    await browser.sign_in(anne)
    ad = await draft(anne, **given)

    await browser.submit(f"/annonces/{ad.id}/publication")

    expires = (await state(ad)).expires_at
    if days == 60:
        assert abs(expires - now() - timedelta(days=60)) < timedelta(minutes=5)
    else:
        assert expires == datetime.combine(given["wanted_by"] + timedelta(days=1), time(0), PARIS)


async def test_three_approvals_make_a_trusted_member(emilie):
    assert settings().trust_after == 3
    for number in range(1, 4):
        ad = await pending(emilie)
        await publish(ad.id)
        row = await database.row("SELECT approved_publications, trusted_at FROM member WHERE id = $1", emilie.id)
        assert row["approved_publications"] == number
        assert (row["trusted_at"] is not None) == (number == 3)
        assert (await state(ad)).status == Status.published


async def test_only_what_waits_is_approved(anne):
    for ad in (await draft(anne), await published(anne)):
        with pytest.raises(Refused):
            await publish(ad.id)


async def test_a_pending_ad_is_taken_back_and_its_case_closed(browser, emilie):
    await browser.sign_in(emilie)
    ad = await pending(emilie)
    assert f"/annonces/{ad.id}/reprise" in (await browser.get("/mes-annonces")).text

    form = await browser.follow(await browser.submit(f"/annonces/{ad.id}/reprise"))

    assert "de nouveau un brouillon" in form.text
    assert (await state(ad)).status == Status.draft
    (case,) = await cases(ad)
    assert case["closed_at"] is not None
    browser.cookies.delete("fait")
    again = await browser.follow(await browser.submit(f"/annonces/{ad.id}/reprise"))
    assert again.url.path == f"/annonces/{ad.id}/brouillon" and "C’est déjà fait." in again.text


async def test_an_ad_online_is_not_taken_back(browser, anne):
    await browser.sign_in(anne)
    ad = await published(anne)

    assert (await browser.submit(f"/annonces/{ad.id}/reprise")).status_code == 409
    assert (await state(ad)).status == Status.published


async def sent_back(author, moderator, state_of=pending) -> Listing:
    ad = await state_of(author)
    case = await database.value("SELECT id FROM moderation_case WHERE listing = $1", ad.id)
    if case is None:
        case = await database.value(
            "INSERT INTO moderation_case (kind, listing, author, category, department, due_at, opened_at)"
            " VALUES ('listing', $1, $2, 'childcare', '29', now(), now()) RETURNING id",
            ad.id,
            author.id,
        )
    await database.execute("UPDATE moderation_case SET closed_at = now() WHERE id = $1", case)
    await decided(case, moderator.id, author.id, "ask_changes", "privacy", "Retirez <b>votre adresse</b>, merci.")
    await send_back(ad.id)
    return ad


async def test_an_ad_sent_back_shows_why_and_is_sent_again(browser, emilie, chloe):
    await browser.sign_in(emilie)
    ad = await sent_back(emilie, chloe)

    assert "À corriger" in (await browser.get("/mes-annonces")).text
    form = await browser.get(f"/annonces/{ad.id}/brouillon")
    assert "Retirez &lt;b&gt;votre adresse&lt;/b&gt;, merci." in form.text

    await browser.submit(f"/annonces/{ad.id}/publication")
    assert (await state(ad)).status == Status.pending
    assert len(await cases(ad)) == 2


async def test_what_a_moderator_sent_back_is_read_again_even_from_a_trusted_member(browser, anne, chloe):
    await browser.sign_in(anne)
    ad = await sent_back(anne, chloe, published)
    assert (await state(ad)).status == Status.draft

    await browser.submit(f"/annonces/{ad.id}/publication")

    assert (await state(ad)).status == Status.pending


async def test_taking_it_back_once_sent_again_does_not_spare_it_the_second_reading(browser, anne, chloe):
    await browser.sign_in(anne)
    ad = await sent_back(anne, chloe, published)
    await browser.submit(f"/annonces/{ad.id}/publication")
    await browser.submit(f"/annonces/{ad.id}/reprise")
    assert "À corriger" in (await browser.get("/mes-annonces")).text

    await browser.submit(f"/annonces/{ad.id}/publication")

    assert (await state(ad)).status == Status.pending


async def test_strangers_send_nothing(browser, another_browser, anne, bilal):
    ad = await draft(anne)
    await browser.sign_in(bilal)

    assert (await browser.submit(f"/annonces/{ad.id}/publication")).status_code == 404
    visitor = await another_browser.submit(f"/annonces/{ad.id}/publication")
    assert visitor.headers["location"].startswith("/connexion")
    assert (await browser.post(f"/annonces/{ad.id}/publication")).status_code == 403
    assert (await state(ad)).status == Status.draft


async def test_an_ad_whose_day_has_passed_meanwhile_is_not_put_online(emilie):
    ad = await pending(emilie, wanted_by=in_days(-2))

    with pytest.raises(Refused, match="La date est passée"):
        await publish(ad.id)

    assert (await state(ad)).status == "pending"
