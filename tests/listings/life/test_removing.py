"""Once moderation has removed an ad, nobody but its author reads its title in what they were told before."""

from uuid import UUID

from app import database
from listings.life.removing import remove
from messaging.access import REMOVED
from moderation.cases.opening import open_case
from moderation.cases.tables import CaseKind
from notifications.notifying import notify
from notifications.topics import Topic
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.cases import case_of, said_under, take_and_decide
from tests.helpers.exchanges import helped_ad
from tests.helpers.rotas import AUTUMN, releases, school_run, takes
from tests.helpers.talks import answered

TITLE = "Un titre qui blesse"


async def abouts(member) -> set[str]:
    return {row["about"] for row in await database.rows("SELECT about FROM notification WHERE member = $1", member.id)}


async def told(member, topic: Topic, thing: UUID, about: str = TITLE) -> None:
    await notify(member.id, topic, thing=thing, about=about, path="/mes-annonces")


async def test_news_of_a_removed_ad_name_it_no_longer_but_to_its_author(browser, anne, bilal):
    ad = await published(anne, "helping_hand", title=TITLE)
    talk = await answered(ad.id, bilal.id)
    other = await published(anne, "helping_hand", title="Une autre annonce")
    await told(bilal, Topic.new_message, talk)
    await told(bilal, Topic.reply_answered, ad.id)
    await told(bilal, Topic.best_answer, other.id, "Une autre annonce")
    await told(anne, Topic.new_reply, ad.id)

    await remove(ad.id)

    assert await abouts(bilal) == {REMOVED, "Une autre annonce"}
    assert await abouts(anne) >= {TITLE} and REMOVED not in await abouts(anne)
    page = words(await (await browser.sign_in(bilal)).get("/notifications"))
    assert TITLE not in page and REMOVED in page


async def test_those_of_a_shared_week_read_it_no_longer_either(anne, bilal, emilie):
    ad = await school_run(anne, title=TITLE)
    commitment = await takes(ad, bilal, "0")
    release = await releases(commitment, AUTUMN, covered_by=emilie)
    await told(emilie, Topic.slot_to_cover, release, f"{TITLE} · lundi")
    for helper in (bilal, emilie):
        await told(helper, Topic.evening_reminder, UUID(int=7), f"{TITLE} · lundi, 8 h")
    await told(bilal, Topic.evening_reminder, UUID(int=8), "Un autre trajet · mardi, 8 h")

    await remove(ad.id)

    assert await abouts(emilie) == {REMOVED}
    assert await abouts(bilal) == {REMOVED, "Un autre trajet · mardi, 8 h"}


async def test_neither_who_was_helped_nor_who_reported_it_reads_it(browser, another_browser, anne, bilal, farid, chloe):
    exchange = await helped_ad(browser, anne, bilal, title=TITLE)
    ad = await database.value("SELECT listing FROM help WHERE id = $1", exchange)
    assert TITLE in await abouts(bilal)
    reported = await published(anne, "helping_hand", title=TITLE)
    await browser.sign_in(farid)
    await browser.submit(f"/annonces/{reported.id}/signalement", reason="hurtful", words="À voir.")

    await remove(ad)
    case = (await case_of(reported.id))["id"]
    await take_and_decide(await another_browser.sign_in(chloe), case, "remove", reason="respect")

    assert TITLE not in await abouts(bilal)
    assert await abouts(farid) == {REMOVED}


async def test_who_wrote_under_it_is_not_told_its_title_by_a_later_decision(browser, anne, bilal, chloe):
    ad = await published(anne, "helping_hand", title=TITLE)
    reply = await said_under(ad.id, bilal, "Un mot de trop.")
    await open_case(
        kind=CaseKind.reply, listing=ad.id, reply=reply, author=bilal.id, category="helping_hand", department="29"
    )
    await remove(ad.id)
    await take_and_decide(
        await browser.sign_in(chloe), (await case_of(ad.id, "reply"))["id"], "remove", reason="respect"
    )
    assert await abouts(bilal) == {REMOVED}
