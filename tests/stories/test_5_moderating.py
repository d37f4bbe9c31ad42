"""A moderator reads, decides, explains; the author corrects and sends again; two never decide both."""

from app import database
from members.tables import Role
from tests.helpers.ads import BODY, draft, pending
from tests.helpers.browser import words
from tests.helpers.cases import WORDS, audited, case_of, decide, take, take_and_decide, told
from tests.helpers.codes import empty_mailbox, letters_to
from tests.helpers.jobs import run_jobs

CHANGED = {
    "kind": "request",
    "title": "Garde le mardi soir",
    "body": BODY,
    "children": "1",
    "ages": ["child"],
    "home": "theirs",
    "commune": "Brest (29)",
    "do": "save",
}


async def test_an_ad_is_sent_back_corrected_and_approved(browser, another_browser, emilie, chloe, bilal):
    empty_mailbox()
    author, moderator = await browser.sign_in(emilie), await another_browser.sign_in(chloe)
    ad = await draft(emilie, title="Garde du soir")
    await author.submit(f"/annonces/{ad.id}/publication")
    case = (await case_of(ad.id))["id"]
    assert "Garde du soir" in words(await moderator.get("/moderation"))

    dossier = await take(moderator, case)
    assert "nouveau membre" in words(dossier)
    assert "Aucune décision passée" in words(dossier)
    await decide(moderator, dossier, case, "ask_changes")

    await run_jobs()
    assert [topic for topic, _ in await told(emilie)] == ["listing_sent_back"]
    (letter,) = letters_to(emilie.email)
    assert "Garde du soir" not in letter.as_string()
    assert WORDS in words(await author.get(f"/annonces/{ad.id}/brouillon"))

    await author.submit(f"/annonces/{ad.id}/brouillon", **CHANGED)
    await author.submit(f"/annonces/{ad.id}/publication")
    await take_and_decide(moderator, (await case_of(ad.id))["id"], "approve")
    assert (await told(emilie))[-1] == ("listing_published", f"/annonces/{ad.id}")
    reader = await another_browser.sign_in(bilal)
    assert "Garde le mardi soir" in words(await reader.get(f"/annonces/{ad.id}"))


async def test_two_moderators_never_decide_both(browser, another_browser, emilie, chloe, farid):
    await database.execute("UPDATE role SET categories = '{}', departments = '{}' WHERE member = $1", farid.id)
    ad = await pending(emilie)
    case = (await case_of(ad.id))["id"]
    first, second = await browser.sign_in(chloe), await another_browser.sign_in(farid)

    hers = await take(first, case)
    his = await second.submit(f"/moderation/dossiers/{case}/prise")
    assert his.status_code == 409
    assert "Chloe" in words(his)
    assert (await decide(second, hers, case, "ask_changes")).status_code == 409
    await first.follow(await decide(first, hers, case, "approve"))
    assert (await decide(second, hers, case, "ask_changes")).status_code == 409
    assert await database.value("SELECT status FROM listing WHERE id = $1", ad.id) == "published"


async def test_every_step_is_in_a_log_moderators_read(browser, emilie, chloe):
    await browser.sign_in(chloe)
    ad = await pending(emilie, title="Garde du soir")
    case = (await case_of(ad.id))["id"]
    await take_and_decide(browser, case, "approve")
    assert len(await audited(case)) + len(await audited(ad.id)) >= 2
    assert "Garde du soir" in words(await browser.get("/moderation/journal"))


async def test_who_moderates_other_matters_or_nothing_sees_no_case(browser, emilie, farid, anne):
    ad = await pending(emilie, "childcare")
    case = (await case_of(ad.id))["id"]
    assert await Role.exists().where(Role.member == farid.id)
    await browser.sign_in(farid)
    assert ad.title not in words(await browser.get("/moderation"))
    assert (await browser.get(f"/moderation/dossiers/{case}")).status_code == 404
    await browser.sign_in(anne)
    assert (await browser.get("/moderation")).status_code == 403
