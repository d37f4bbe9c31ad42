"""From a new member's first ad to neighbours who can read it, every step at the door people use."""

from app.settings import settings
from tests.helpers.ads import draft
from tests.helpers.browser import said
from tests.helpers.cases import WORDS, case_of, decide, take, told
from tests.helpers.jobs import run_jobs


def _mails_to(member) -> list[str]:
    mails = [mail.read_text() for mail in settings().mail_dir.glob("**/*") if mail.is_file()]
    return [mail for mail in mails if member.email in mail]


async def test_a_first_ad_is_sent_back_corrected_sent_again_and_published(
    browser, another_browser, chloe, emilie, bilal
):
    listing = await draft(emilie, "pet_care", title="Nourrir notre chatte")
    author, moderator = await browser.sign_in(emilie), await another_browser.sign_in(chloe)

    await author.follow(await author.submit(f"/annonces/{listing.id}/publication"))
    desk = await moderator.get("/moderation")
    assert "Nourrir notre chatte" in said(desk)
    case = (await case_of(listing.id))["id"]
    assert f'href="/moderation/dossiers/{case}"' in desk.text

    await moderator.follow(await decide(moderator, await take(moderator, case), case, "ask_changes"))
    ((topic, path),) = await told(emilie)
    assert topic == "listing_sent_back"
    assert "Votre annonce est à corriger" in said(await author.get("/notifications"))
    explained = await author.get(path)
    assert WORDS in said(explained)
    correcting = await author.get(f"/annonces/{listing.id}/brouillon")
    assert correcting.status_code == 200
    assert WORDS in said(correcting)

    await author.follow(await author.submit(f"/annonces/{listing.id}/publication"))
    again = (await case_of(listing.id))["id"]
    assert again != case
    page = await take(moderator, again)
    assert "Renvoyée pour correction" in said(page)  # the author's record
    await moderator.follow(await decide(moderator, page, again, "approve"))

    assert (await told(emilie))[-1] == ("listing_published", f"/annonces/{listing.id}")
    reader = await another_browser.sign_in(bilal)
    assert "Nourrir notre chatte" in said(await reader.get(f"/annonces/{listing.id}"))
    await run_jobs()
    mails = _mails_to(emilie)
    assert mails
    assert not any("chatte" in mail or WORDS in mail for mail in mails)
