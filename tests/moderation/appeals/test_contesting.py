"""Contesting a decision: who may, until when, and how often."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from app import database
from tests.helpers.ads import pending, published
from tests.helpers.appeals import APPEAL, appeal_of, contest, removed_ad, turned_down
from tests.helpers.browser import said, words
from tests.helpers.cases import audited, case_of
from tests.helpers.decisions import decided


async def test_an_author_contests_a_removal_and_reads_what_follows(browser, anne, chloe):
    decision = await removed_ad(anne, chloe, title="Poussette pliante à donner")
    await browser.sign_in(anne)
    form = await browser.get(f"/decisions/{decision}/recours")
    for sentence in ("C’est gratuit", "Une autre personne de l’équipe", "l’annonce a été retirée", "D-20"):
        assert sentence.lower() in words(form).lower()
    page = await browser.follow(await contest(browser, decision))
    assert "Votre recours est envoyé" in words(page)
    assert APPEAL in words(page)
    assert "Votre recours est en cours" in words(page)
    appeal = await appeal_of(decision)
    assert (appeal["state"], appeal["by_reporter"], appeal["first_judge"]) == ("open", False, chloe.id)
    assert await audited(appeal["id"]) == ["appeal.opened"]


async def test_an_appeal_is_a_case_of_its_own_on_the_desk(browser, anne, chloe):
    decision = await removed_ad(anne, chloe)
    await contest(await browser.sign_in(anne), decision)
    case = await database.row("SELECT * FROM moderation_case WHERE kind = 'appeal'")
    assert (case["author"], case["closed_at"]) == (anne.id, None)
    assert abs(case["due_at"] - case["opened_at"] - timedelta(days=3)) < timedelta(minutes=1)


async def test_the_page_of_a_decision_contested_already_is_its_appeal(browser, anne, chloe):
    decision = await removed_ad(anne, chloe)
    await contest(await browser.sign_in(anne), decision)
    answer = await browser.get(f"/decisions/{decision}/recours")
    assert answer.headers["location"] == f"/recours/{(await appeal_of(decision))['id']}"


async def test_the_same_form_sent_twice_is_one_appeal_with_one_message(browser, anne, chloe):
    decision, once = await removed_ad(anne, chloe), str(uuid4())
    await browser.sign_in(anne)
    first, second = [await contest(browser, decision, once=once) for _ in range(2)]
    assert first.headers["location"] == second.headers["location"]
    assert await database.value("SELECT count(*) FROM appeal") == 1
    assert await database.value("SELECT count(*) FROM appeal_message") == 1


async def test_what_is_sent_once_more_from_another_window_is_a_message_of_the_same_appeal(browser, anne, chloe):
    decision = await removed_ad(anne, chloe)
    await browser.sign_in(anne)
    await contest(browser, decision)
    page = await browser.follow(await contest(browser, decision, words="Et la photo était la mienne."))
    assert APPEAL in words(page)
    assert "Et la photo était la mienne." in words(page)
    assert await database.value("SELECT count(*) FROM appeal") == 1


async def test_an_appeal_without_a_word_is_asked_for_one_and_what_was_typed_is_kept(browser, anne, chloe):
    decision = await removed_ad(anne, chloe)
    await browser.sign_in(anne)
    answer = await contest(browser, decision, words="")
    assert answer.status_code == 422
    assert "Écrivez quelques mots" in words(answer)
    too_long = await contest(browser, decision, words="a" * 4001)
    assert too_long.status_code == 422
    assert "a" * 4001 in too_long.text
    assert await database.value("SELECT count(*) FROM appeal") == 0


async def test_after_six_months_a_page_says_that_it_is_too_late(browser, anne, chloe):
    decision = await removed_ad(anne, chloe, at=datetime.now(UTC) - timedelta(days=190))
    await browser.sign_in(anne)
    for answer in (await browser.get(f"/decisions/{decision}/recours"), await contest(browser, decision)):
        assert answer.status_code == 410
        assert "Le délai pour contester est passé" in words(answer)
    assert await database.value("SELECT count(*) FROM appeal") == 0


async def test_on_the_last_day_it_is_not_too_late(browser, anne, chloe):
    decision = await removed_ad(anne, chloe)
    await database.execute(
        "UPDATE decision SET decided_at = decided_at - interval '1 year', appeal_until = now() + interval '1 hour'"
    )
    assert (await contest(await browser.sign_in(anne), decision)).status_code == 303


async def test_a_reporter_turned_down_contests_that_nothing_was_done(browser, anne, bilal, chloe):
    decision = await turned_down(await published(anne), by=bilal, judge=chloe)
    await browser.sign_in(bilal)
    assert "relise votre signalement" in words(await browser.get(f"/decisions/{decision}/recours"))
    await browser.follow(await contest(browser, decision))
    assert (await appeal_of(decision))["by_reporter"]


async def test_a_reporter_who_was_right_has_nothing_to_contest(browser, anne, bilal, chloe):
    listing = await published(anne)
    case = await case_of_report(listing, bilal)
    decision = await decided(case, chloe.id, anne.id, "remove", "unclear", "Parce que.")
    answer = await (await browser.sign_in(bilal)).get(f"/decisions/{decision}/recours")
    assert answer.status_code == 409
    assert "vous donne raison" in said(answer)


async def case_of_report(listing, reporter):
    decision = await turned_down(listing, by=reporter, judge=None)
    assert decision is None
    return (await case_of(listing.id))["id"]


async def test_an_author_whose_ad_stayed_has_nothing_to_contest(browser, anne, bilal, chloe):
    decision = await turned_down(await published(anne), by=bilal, judge=chloe)
    assert (await (await browser.sign_in(anne)).get(f"/decisions/{decision}/recours")).status_code == 409


async def test_nobody_contests_what_was_decided_of_another(browser, anne, bilal, emilie, chloe, denis):
    decision = await removed_ad(anne, chloe)
    for stranger in (bilal, emilie, chloe, denis):
        await browser.sign_in(stranger)
        assert (await browser.get(f"/decisions/{decision}/recours")).status_code == 404
        assert (await contest(browser, decision)).status_code == 404


async def test_a_decision_that_no_longer_stands_is_not_contested(browser, anne, chloe):
    decision = await removed_ad(anne, chloe)
    await database.execute("UPDATE decision SET overturned_at = now()")
    answer = await (await browser.sign_in(anne)).get(f"/decisions/{decision}/recours")
    assert answer.status_code == 409
    assert "déjà été revue" in said(answer)


async def test_a_suspended_member_contests_and_writes_and_withdraws(browser, anne, chloe):
    decision = await removed_ad(anne, chloe)
    await database.execute("UPDATE member SET suspended_until = 'infinity' WHERE id = $1", anne.id)
    await browser.sign_in(anne)
    assert (await browser.get(f"/decisions/{decision}/recours")).status_code == 200
    page = await browser.follow(await contest(browser, decision))
    assert page.status_code == 200
    path = f"/recours/{(await appeal_of(decision))['id']}"
    assert (await browser.submit(f"{path}/messages", words="Une précision.")).status_code == 303
    assert "Une précision." in words(await browser.get(path))
    assert "retiré" in words(await browser.follow(await browser.submit(f"{path}/retrait")))


async def test_the_excluded_contests_the_measure_alone(browser, anne, bilal, chloe, denis):
    """Sanctioned for abusive reports with the decision that turned the last one down."""
    decision = await turned_down(await published(anne), by=bilal, judge=chloe)
    await database.execute(
        "INSERT INTO sanction (member, decision, kind, reason, facts, words, state, proposed_by, confirmed_by,"
        " proposed_at, starts_at) VALUES ($1, $2, 'exclusion', 'respect', 'f', 'w', 'active', $3, $4, now(), now())",
        bilal.id,
        decision,
        chloe.id,
        denis.id,
    )
    await database.execute("UPDATE member SET suspended_until = 'infinity' WHERE id = $1", bilal.id)
    assert (await contest(await browser.sign_in(bilal), decision)).status_code == 303
    case = await database.row("SELECT * FROM moderation_case WHERE kind = 'appeal'")
    assert case["risk"] == 70


async def test_a_held_ad_that_was_sent_back_can_be_contested_too(browser, emilie, chloe):
    listing = await pending(emilie)
    decision = await decided(
        (await case_of(listing.id))["id"], chloe.id, emilie.id, "ask_changes", "unclear", "Parce que."
    )
    assert (await contest(await browser.sign_in(emilie), decision)).status_code == 303
