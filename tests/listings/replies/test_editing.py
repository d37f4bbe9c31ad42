"""Changing one's words: freely at first, then with a mark or after a moderator has read them."""

import asyncio
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from app import database
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.cases import audited, case_of, decide, said_under, take, take_and_decide, told, topics
from tests.helpers.replies import HELD, REFUSED, change, counted, delete, row, said_ago, say

JUST_BEFORE, JUST_AFTER = timedelta(minutes=14, seconds=55), timedelta(minutes=15, seconds=1)


async def open_case(listing: UUID) -> asyncpg.Record:
    case = await case_of(listing, "reply")
    assert case["closed_at"] is None
    return case


async def test_within_a_quarter_of_an_hour_a_change_leaves_no_mark(browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    own = await say(browser, ad.id, "Est-ce ausi pour le soir ?")
    await said_ago(own, JUST_BEFORE)

    form = await browser.get(f"/reponses/{own}/modification")
    page = await browser.follow(await change(browser, own, "Est-ce aussi pour le soir ?"))

    assert "Est-ce ausi" in form.text
    assert "Votre message est modifié." in page.text
    assert "aussi pour le soir" in page.text and "modifié le" not in page.text
    assert (await row(own))["edited_at"] is None
    assert "reply.edited" in await audited(own)


async def test_later_it_is_marked_with_its_day(browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    own = await say(browser, ad.id, "Est-ce ausi pour le soir ?")
    await said_ago(own, JUST_AFTER)

    page = await browser.follow(await change(browser, own, "Est-ce aussi pour le soir ?"))

    assert "modifié le " in page.text
    assert (await row(own))["edited_at"] is not None


@pytest.mark.parametrize("ago", [JUST_BEFORE, JUST_AFTER])
async def test_what_the_rules_hold_waits_and_the_old_words_stay(browser, another_browser, anne, bilal, ago):
    ad = await published(anne)
    own = await said_under(ad.id, bilal, "Est-ce aussi pour le soir ?")
    await said_ago(own, ago)
    await browser.sign_in(bilal)
    await another_browser.sign_in(anne)

    page = await browser.follow(await change(browser, own, HELD))

    assert "Votre modification attend une relecture" in page.text and "aussi pour le soir" in page.text
    other = (await another_browser.get(f"/annonces/{ad.id}")).text
    assert "aussi pour le soir" in other and "au black" not in other and "attend une relecture" not in other
    assert "au black" in (await browser.get(f"/reponses/{own}/modification")).text
    assert (await open_case(ad.id))["reply"] == own
    assert "reply.edit_held" in await audited(own)


async def test_what_the_rules_refuse_is_not_kept(browser, anne, bilal):
    ad = await published(anne)
    own = await said_under(ad.id, bilal, "Est-ce aussi pour le soir ?")
    await browser.sign_in(bilal)
    page = await change(browser, own, REFUSED)
    assert page.status_code == 422 and "FR76" in page.text
    assert (await row(own))["waiting_body"] is None


async def test_a_new_members_change_is_read_first(browser, another_browser, anne, emilie, chloe):
    ad = await published(anne)
    own = await said_under(ad.id, emilie, "Est-ce aussi pour le soir ?")
    await browser.sign_in(emilie)
    await change(browser, own, "Est-ce aussi pour le matin ?")
    assert (await row(own))["body"] == "Est-ce aussi pour le soir ?"

    await another_browser.sign_in(chloe)
    page = await take(another_browser, (await open_case(ad.id))["id"])
    assert "<del>soir</del>" in page.text and "<ins>matin</ins>" in page.text
    assert "Refuser la modification" in page.text and "Approuver la modification" in page.text

    await decide(another_browser, page, (await open_case(ad.id))["id"], "approve")
    after = await row(own)
    assert (after["body"], after["waiting_body"]) == ("Est-ce aussi pour le matin ?", None)
    assert after["edited_at"] is not None
    assert await topics(emilie) == ["edit_accepted"]
    assert await counted(ad.id) == 0, "it was not counted when the test wrote it, and is not counted by its change"


async def test_a_refused_change_leaves_the_old_words_and_comes_back_to_its_author(
    browser, another_browser, anne, bilal, chloe
):
    ad = await published(anne)
    own = await said_under(ad.id, bilal, "Est-ce aussi pour le soir ?")
    await browser.sign_in(bilal)
    await change(browser, own, HELD)
    await another_browser.sign_in(chloe)
    await take_and_decide(another_browser, (await open_case(ad.id))["id"], "ask_changes")

    after = await row(own)
    assert (after["body"], after["waiting_body"], after["refused_body"]) == ("Est-ce aussi pour le soir ?", None, HELD)
    [(topic, path)] = await told(bilal)
    assert topic == "edit_sent_back"
    decision = words(await browser.get(path))
    assert "Votre modification est à corriger" in decision and "au black" in decision
    assert "Précisez les jours" in decision and "Reprendre ma modification" in decision
    assert "au black" in (await browser.get(f"/reponses/{own}/modification")).text

    await change(browser, own, "Est-ce aussi pour le samedi soir ?")
    assert (await row(own))["refused_body"] is None


async def test_the_whole_message_may_be_removed_with_its_change(browser, another_browser, anne, bilal, chloe):
    ad = await published(anne)
    await browser.sign_in(bilal)
    own = await say(browser, ad.id, "Est-ce aussi pour le soir ?")
    await change(browser, own, HELD)
    await another_browser.sign_in(chloe)
    await take_and_decide(another_browser, (await open_case(ad.id))["id"], "remove")
    after = await row(own)
    assert (after["state"], after["waiting_body"]) == ("removed", None)
    assert await counted(ad.id) == 0


async def test_a_newer_change_replaces_the_one_that_waits(browser, anne, bilal):
    ad = await published(anne)
    own = await said_under(ad.id, bilal, "Est-ce aussi pour le soir ?")
    await browser.sign_in(bilal)
    await change(browser, own, HELD)
    first = await open_case(ad.id)
    await change(browser, own, "Est-ce aussi pour le matin ?")
    assert (await row(own))["body"] == "Est-ce aussi pour le matin ?"
    assert await database.value("SELECT closed_at FROM moderation_case WHERE id = $1", first["id"]) is not None


async def test_going_back_to_the_old_words_takes_the_change_back(browser, anne, bilal):
    ad = await published(anne)
    own = await said_under(ad.id, bilal, "Est-ce aussi pour le soir ?")
    await said_ago(own, JUST_AFTER)
    await browser.sign_in(bilal)
    await change(browser, own, HELD)
    await change(browser, own, "Est-ce aussi pour le soir ?")
    after = await row(own)
    assert (after["waiting_body"], after["edited_at"]) == (None, None)
    assert (await case_of(ad.id, "reply"))["closed_at"] is not None


async def test_words_nobody_has_read_yet_are_simply_replaced(browser, another_browser, anne, bilal, chloe):
    ad = await published(anne)
    await browser.sign_in(bilal)
    own = await say(browser, ad.id, HELD)
    await change(browser, own, "On s’arrange autrement.")
    assert (await row(own))["state"] == "held"
    await another_browser.sign_in(chloe)
    page = await take(another_browser, (await open_case(ad.id))["id"])
    assert "autrement" in page.text and "au black" not in page.text
    await decide(another_browser, page, (await open_case(ad.id))["id"], "approve")
    assert (await row(own))["state"] == "published" and await counted(ad.id) == 1


async def test_what_somebody_reported_is_not_changed_under_the_moderators_eyes(
    browser, another_browser, anne, bilal, chloe
):
    ad = await published(anne)
    own = await said_under(ad.id, bilal, "Contre mille euros par jour.")
    await another_browser.sign_in(anne)
    await another_browser.submit(f"/reponses/{own}/signalement", reason="market")
    await browser.sign_in(bilal)
    await another_browser.sign_in(chloe)
    case = (await open_case(ad.id))["id"]
    read = await take(another_browser, case)

    await change(browser, own, "Gratuitement, bien sûr.")

    assert (await row(own))["body"] == "Contre mille euros par jour."
    assert (await decide(another_browser, read, case, "approve")).status_code == 409, "what was read has changed"
    page = await take(another_browser, case)
    assert "<del>Contre mille euros par jour</del>" in page.text and "Signalement" in page.text
    assert (await open_case(ad.id))["id"] == case


async def test_two_windows_the_second_learns_that_the_first_was_faster(browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    own = await say(browser, ad.id, "Est-ce aussi pour le soir ?")
    await change(browser, own, "Est-ce aussi pour le matin ?", version=1)

    late = await change(browser, own, "Est-ce aussi pour midi ?", version=1)
    same = await change(browser, own, "Est-ce aussi pour le matin ?", version=1)

    assert late.status_code == 409
    assert "dans une autre fenêtre" in late.text and "pour midi" in late.text and "pour le matin" in late.text
    assert same.status_code == 303
    assert (await row(own))["body"] == "Est-ce aussi pour le matin ?"


@pytest.mark.commits
async def test_two_windows_at_once_one_change_stands(app, browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    own = await say(browser, ad.id, "Est-ce aussi pour le soir ?")
    answers = await asyncio.gather(
        *(change(browser, own, f"Est-ce aussi pour {when} ?", version=1) for when in ("midi", "lundi"))
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert (await row(own))["version"] == 2


@pytest.mark.commits
async def test_deleting_while_a_moderator_approves_leaves_one_of_the_two(
    app, browser, another_browser, anne, bilal, chloe
):
    ad = await published(anne)
    await browser.sign_in(bilal)
    await another_browser.sign_in(chloe)
    for _ in range(3):
        own = await say(browser, ad.id, HELD)
        page = await take(another_browser, (await open_case(ad.id))["id"])
        case = (await open_case(ad.id))["id"]
        await asyncio.gather(delete(browser, own), decide(another_browser, page, case, "approve"))
        assert (await row(own))["state"] in ("deleted", "withdrawn")
        assert (await case_of(ad.id, "reply"))["closed_at"] is not None
    assert await counted(ad.id) == 0


async def test_nothing_changes_under_an_ad_that_ended(browser, anne, bilal):
    ad = await published(anne)
    own = await said_under(ad.id, anne, "Bonjour à tous.")
    await database.execute(
        "UPDATE listing SET status = 'closed', outcome = 'fulfilled', closed_at = now() WHERE id = $1", ad.id
    )
    await browser.sign_in(anne)
    assert (await browser.get(f"/reponses/{own}/modification")).status_code == 409
    assert (await change(browser, own, "Bonsoir à tous.")).status_code == 409
    assert (await browser.follow(await delete(browser, own))).status_code == 200
    assert (await row(own))["state"] == "deleted"
