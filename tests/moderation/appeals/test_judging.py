"""An appeal is judged by somebody who did not decide, who says why; the team writes as one."""

import pytest

from app import database
from tests.helpers.ads import published
from tests.helpers.appeals import APPEAL, appeal_of, contest, decide_of, judged, turned_down
from tests.helpers.browser import words
from tests.helpers.budget import Asked
from tests.helpers.cases import audited, told, topics


async def test_the_first_judge_never_sees_it_and_another_does(browser, contested, chloe, second):
    path = f"/moderation/dossiers/{contested['case']}"
    await browser.sign_in(chloe)
    assert (await browser.get(path)).status_code == 404
    assert (await browser.get(f"{path}/recours")).status_code == 404
    assert (await judged(browser, contested["case"])).status_code == 404
    await browser.sign_in(second)
    page = words(await browser.get(f"{path}/recours"))
    for sentence in ("Recours contre D-20", "Anne", APPEAL, "retiré", "Parce que."):
        assert sentence in page
    assert (await browser.get(path)).status_code == 200


async def test_an_upheld_appeal_brings_the_ad_back_and_tells_its_author(browser, contested, anne, second):
    answer = await judged(await browser.sign_in(second), contested["case"])
    assert answer.status_code == 303
    assert await database.value("SELECT status FROM listing") == "published"
    assert await database.value("SELECT overturned_at IS NOT NULL FROM decision")
    appeal = await database.row("SELECT * FROM appeal")
    assert (appeal["state"], appeal["judged_by"], appeal["words"]) == ("upheld", second.id, "Nous avons tout relu.")
    assert await database.value("SELECT closed_at IS NOT NULL FROM moderation_case WHERE id = $1", contested["case"])
    assert (await told(anne))[-1] == ("appeal_judged", f"/recours/{appeal['id']}")
    assert await audited(appeal["id"]) == ["appeal.opened", "appeal.judged"]
    page = words(await (await browser.sign_in(anne)).get(f"/recours/{appeal['id']}"))
    for sentence in ("On vous donne raison", "Nous avons tout relu.", "votre annonce est en ligne"):
        assert sentence in page
    assert "Denise" not in page
    assert "Chloe" not in page


async def test_a_rejected_appeal_changes_nothing_and_is_explained(browser, contested, anne, second):
    await judged(await browser.sign_in(second), contested["case"], "rejected", words="La charte est claire.")
    assert await database.value("SELECT status FROM listing") == "removed"
    assert await database.value("SELECT overturned_at FROM decision") is None
    page = words(await (await browser.sign_in(anne)).get(f"/recours/{contested['id']}"))
    assert "La décision est maintenue" in page
    assert "La charte est claire." in page
    assert "organisme de règlement des litiges" in page


@pytest.mark.parametrize(
    ("given", "wrong"),
    [({"words": ""}, "Expliquez votre réponse"), ({"verdict": ""}, "Dites si vous donnez raison")],
)
async def test_a_judgement_without_words_or_verdict_is_asked_for_them(browser, contested, second, given, wrong):
    answer = await judged(await browser.sign_in(second), contested["case"], **given)
    assert answer.status_code == 422
    assert wrong in words(answer)
    assert await database.value("SELECT state FROM appeal") == "open"


async def test_what_was_typed_is_kept_when_the_appellant_wrote_meanwhile(
    browser, another_browser, contested, anne, second
):
    version = await database.value("SELECT version FROM moderation_case WHERE id = $1", contested["case"])
    await another_browser.sign_in(anne)
    await another_browser.submit(f"/recours/{contested['id']}/messages", words="Une photo de plus.")
    answer = await judged(
        await browser.sign_in(second), contested["case"], version=str(version + 1), words="Mes mots à moi."
    )
    assert answer.status_code == 409
    assert "Un message est arrivé pendant votre lecture" in words(answer)
    assert "Mes mots à moi." in answer.text
    assert "Une photo de plus." in words(answer)


async def test_nobody_judges_without_having_taken_the_case(browser, contested, second):
    await browser.sign_in(second)
    version = await database.value("SELECT version FROM moderation_case WHERE id = $1", contested["case"])
    answer = await browser.submit(
        f"/moderation/dossiers/{contested['case']}/recours", verdict="upheld", version=str(version), words="Oui."
    )
    assert answer.status_code == 409
    assert "Prenez d’abord" in words(answer)


async def test_an_appeal_is_judged_not_decided(browser, contested, second):
    await browser.sign_in(second)
    await browser.submit(f"/moderation/dossiers/{contested['case']}/prise")
    version = await database.value("SELECT version FROM moderation_case WHERE id = $1", contested["case"])
    answer = await browser.submit(
        f"/moderation/dossiers/{contested['case']}/decision", kind="approve", version=str(version), ad_version="1"
    )
    assert answer.status_code == 422
    assert await database.value("SELECT count(*) FROM decision") == 1


async def test_the_team_and_the_appellant_write_to_each_other_and_the_team_has_no_name(
    browser, another_browser, contested, anne, second
):
    await browser.sign_in(second)
    path = f"/moderation/dossiers/{contested['case']}/recours"
    once = "0b5f6f0e-1111-4222-8333-444455556666"
    for _ in range(2):
        await browser.submit(f"{path}/messages", words="La poussette est-elle à vous ?", once=once)
    assert (await told(anne))[-1] == ("appeal_message", f"/recours/{contested['id']}")
    author = await another_browser.sign_in(anne)
    page = words(await author.get(f"/recours/{contested['id']}"))
    assert page.count("La poussette est-elle à vous ?") == 1
    assert "L’équipe" in page
    assert "Denise" not in page
    await author.submit(f"/recours/{contested['id']}/messages", words="Oui, depuis 2020.")
    assert (await told(second))[-1] == ("appeal_answered", f"/moderation/dossiers/{contested['case']}")
    desk = words(await browser.get(path))
    assert "Oui, depuis 2020." in desk
    assert "Denise, pour l’équipe" in desk


async def test_what_is_told_of_an_appeal_says_nothing_of_its_content(contested, browser, anne, second):
    await browser.sign_in(second)
    await browser.submit(f"/moderation/dossiers/{contested['case']}/recours/messages", words="La poussette ?")
    about = await database.value("SELECT about FROM notification WHERE topic = 'appeal_message'")
    assert about == f"Décision {await database.value('SELECT reference FROM decision')}"


async def test_an_empty_message_is_asked_for_words_on_both_sides(browser, contested, anne, second):
    await browser.sign_in(anne)
    assert (await browser.submit(f"/recours/{contested['id']}/messages", words=" ")).status_code == 422
    await browser.sign_in(second)
    answer = await browser.submit(f"/moderation/dossiers/{contested['case']}/recours/messages", words="")
    assert answer.status_code == 422
    assert "Écrivez quelques mots" in words(answer)


async def test_a_message_whose_form_was_altered_is_asked_for_again(browser, contested, second):
    await browser.sign_in(second)
    base = f"/moderation/dossiers/{contested['case']}/recours/messages"
    answer = await browser.submit(base, words="La poussette\u202f?", once="rien")
    assert answer.status_code == 422
    assert "La poussette" in words(answer)


async def test_an_appeal_withdrawn_is_closed_for_good(browser, contested, anne, second):
    await browser.sign_in(anne)
    page = await browser.follow(await browser.submit(f"/recours/{contested['id']}/retrait"))
    assert "Vous avez retiré votre recours" in words(page)
    for tried in ("retrait", "messages"):
        answer = await browser.submit(f"/recours/{contested['id']}/{tried}", words="Finalement…")
        assert answer.status_code == 409
    again = await contest(browser, contested["decision"])
    assert again.status_code == 409
    answer = await judged(await browser.sign_in(second), contested["case"])
    assert answer.status_code == 409
    assert "déjà clos" in words(answer)
    assert await database.value("SELECT status FROM listing") == "removed"


async def test_only_who_appealed_reads_it(browser, contested, bilal, chloe, second, denis):
    for other in (bilal, chloe, second, denis):
        await browser.sign_in(other)
        assert (await browser.get(f"/recours/{contested['id']}")).status_code == 404
        assert (await browser.submit(f"/recours/{contested['id']}/messages", words="Bonjour")).status_code == 404
        assert (await browser.submit(f"/recours/{contested['id']}/retrait")).status_code == 404


async def test_a_reporter_is_right_and_the_thing_is_judged_again_with_their_words(browser, anne, bilal, chloe, second):
    decision = await turned_down(await published(anne, title="Vente de lots"), by=bilal, judge=chloe)
    await contest(await browser.sign_in(bilal), decision)
    appeal = await appeal_of(decision)
    answer = await judged(await browser.sign_in(second), appeal["case"])
    case = await database.row("SELECT * FROM moderation_case WHERE kind = 'listing' AND closed_at IS NULL")
    assert answer.headers["location"] == f"/moderation/dossiers/{case['id']}"
    page = words(await browser.follow(answer))
    assert "Vente de lots" in page
    assert "On dirait une vente." in page
    assert await database.value("SELECT overturned_at IS NOT NULL FROM decision WHERE id = $1", decision)
    report = await database.row("SELECT * FROM report")
    assert (report["case"], report["outcome"], report["read_lately"]) == (case["id"], "", False)
    assert await topics(bilal) == ["appeal_judged"]
    assert await topics(anne) == [], "her ad stays as it is until somebody decides"
    assert "jugé de nouveau" in words(await (await browser.sign_in(bilal)).get(f"/recours/{appeal['id']}"))


async def test_a_reporter_is_right_about_an_ad_that_is_gone_and_there_is_nothing_to_judge(
    browser, anne, bilal, chloe, second
):
    listing = await published(anne)
    decision = await turned_down(listing, by=bilal, judge=chloe)
    await contest(await browser.sign_in(bilal), decision)
    await database.execute("UPDATE listing SET status = 'draft' WHERE id = $1", listing.id)
    answer = await judged(await browser.sign_in(second), (await appeal_of(decision))["case"])
    assert answer.headers["location"] == "/moderation"
    assert await database.value("SELECT count(*) FROM moderation_case WHERE closed_at IS NULL") == 0


async def test_two_reporters_contest_and_the_second_is_only_answered(browser, anne, bilal, emilie, chloe, second):
    listing = await published(anne)
    decision = await turned_down(listing, by=bilal, judge=None)
    case = await database.value("SELECT id FROM moderation_case")
    await database.execute(
        'INSERT INTO report ("case", reporter, reason, words, made_at) VALUES ($1, $2, $3, $4, now())',
        case, emilie.id, "market", "Moi aussi.",
    )  # fmt: skip
    decision = await decide_of(case, chloe, "approve")
    appeals = []
    for reporter in (bilal, emilie):
        await contest(await browser.sign_in(reporter), decision)
        appeals.append(await database.row("SELECT * FROM appeal WHERE appellant = $1", reporter.id))
    await browser.sign_in(second)
    for appeal in appeals:
        assert (await judged(browser, appeal["case"])).status_code == 303
    assert await database.value("SELECT count(*) FROM moderation_case WHERE kind = 'listing'") == 2
    assert await topics(emilie) == ["appeal_judged"]


async def test_reporters_hear_that_what_they_were_told_has_changed(browser, anne, bilal, chloe, second):
    await turned_down(await published(anne), by=bilal, judge=None)
    case = await database.value("SELECT id FROM moderation_case")
    decision = await decide_of(case, chloe, "remove")
    await database.execute("UPDATE report SET outcome = 'founded'")
    await contest(await browser.sign_in(anne), decision)
    await judged(await browser.sign_in(second), (await appeal_of(decision))["case"])
    assert await told(bilal) == [("decision_changed", f"/signalements/{case}")]
    assert await database.value("SELECT outcome FROM report") == "unfounded"
    assert (await (await browser.sign_in(bilal)).get(f"/signalements/{case}")).status_code == 200


async def test_an_appeal_costs_few_queries_and_little_weight(browser, contested, anne, second):
    desk = f"/moderation/dossiers/{contested['case']}/recours"
    for member, path in ((anne, f"/recours/{contested['id']}"), (second, desk)):
        await browser.sign_in(member)
        await browser.get(path)
        with Asked() as asked:
            page = await browser.get(path)
        assert asked.queries <= 8, path
        assert len(page.content) < 40 * 1024


@pytest.mark.parametrize("version", [2**31, -1, 0, 10**30])
async def test_a_version_no_case_can_have_is_said_beside_the_form(browser, contested, second, version):
    answer = await judged(await browser.sign_in(second), contested["case"], version=version)
    assert answer.status_code == 422
    assert await database.value("SELECT state FROM appeal") == "open"
