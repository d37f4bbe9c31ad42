from datetime import time

import pytest

from app import database
from listings.kinds import ADS
from listings.schedules.schedule import Schedule, Weekly
from tests.helpers.ads import closed, draft, pending, published, removed
from tests.helpers.jobs import waiting_jobs
from tests.helpers.talks import answered


@pytest.mark.parametrize("category", ADS)
async def test_an_ad_of_every_category_shows_what_where_and_who(browser, anne, bilal, category):
    ad = await published(anne, category.value)
    await browser.sign_in(bilal)

    page = await browser.get(f"/annonces/{ad.id}")

    assert page.status_code == 200
    assert ad.title in page.text
    assert "Brest (29)" in page.text
    assert "Anne" in page.text
    assert anne.email not in page.text


async def test_what_is_not_online_is_not_there_for_other_members(browser, anne, bilal):
    await browser.sign_in(bilal)
    for ad in (await draft(anne), await pending(anne), await removed(anne), await closed(anne)):
        assert (await browser.get(f"/annonces/{ad.id}")).status_code == 404, ad.status


async def test_an_ad_that_has_ended_says_no_next_dates(browser, anne):
    every_tuesday = Schedule(weekly=Weekly(days=(1,), starts=time(16, 30)))
    online = await published(anne, schedule=every_tuesday)
    ended = [await made(anne, schedule=every_tuesday) for made in (closed, removed)]
    await browser.sign_in(anne)
    assert "Prochaines dates" in (await browser.get(f"/annonces/{online.id}")).text
    for ad in ended:
        page = (await browser.get(f"/annonces/{ad.id}")).text
        assert "mardi" in page and "Prochaines dates" not in page


async def test_the_author_sees_their_own_ad_in_every_state(browser, anne):
    await browser.sign_in(anne)
    for ad in (await draft(anne), await pending(anne), await published(anne), await removed(anne), await closed(anne)):
        assert (await browser.get(f"/annonces/{ad.id}")).status_code == 200, ad.status


async def test_a_visitor_is_sent_to_sign_in_then_back(browser, anne):
    ad = await published(anne)

    answer = await browser.get(f"/annonces/{ad.id}")

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/connexion?suite=/annonces/{ad.id}"


async def test_what_a_member_wrote_is_never_markup(browser, anne, bilal):
    ad = await published(anne, title="<script>alert(1)</script>", body="{{ 7*7 }} <img src=x onerror=alert(1)>")
    await browser.sign_in(bilal)

    page = await browser.get(f"/annonces/{ad.id}")

    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    assert "{{ 7*7 }}" in page.text


async def test_a_public_question_stands_under_the_ad_and_its_author_is_told(browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)

    await browser.submit(f"/annonces/{ad.id}/reponses", body="Est-ce aussi pour le soir ?")

    assert "Est-ce aussi pour le soir ?" in (await browser.get(f"/annonces/{ad.id}")).text
    told = await database.row("SELECT topic, path FROM notification WHERE member = $1", anne.id)
    assert (told["topic"], told["path"]) == ("new_reply", f"/annonces/{ad.id}#reponses")
    assert ("notifications.mail", {"member": str(anne.id)}) in await waiting_jobs()


async def test_when_the_author_answers_those_who_asked_are_told(browser, another_browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    await browser.submit(f"/annonces/{ad.id}/reponses", body="Est-ce aussi pour le soir ?")
    await another_browser.sign_in(anne)

    await another_browser.submit(f"/annonces/{ad.id}/reponses", body="Oui, jusqu’à 19 h.")

    assert await database.value("SELECT topic FROM notification WHERE member = $1", bilal.id) == "reply_answered"
    page = (await browser.get(f"/annonces/{ad.id}")).text
    assert "auteur de l’annonce" in page


async def test_a_question_a_rule_holds_is_seen_by_its_author_only_until_a_moderator_reads_it(
    browser, another_browser, anne, bilal
):
    ad = await published(anne)
    await browser.sign_in(bilal)
    words = "On règle ça de la main à la main, au black ?"

    await browser.submit(f"/annonces/{ad.id}/reponses", body=words)

    assert "en relecture" in (await browser.get(f"/annonces/{ad.id}")).text
    await another_browser.sign_in(anne)
    assert "au black" not in (await another_browser.get(f"/annonces/{ad.id}")).text
    assert await database.value("SELECT kind FROM moderation_case WHERE closed_at IS NULL") == "reply"


async def test_an_empty_question_comes_back_with_its_message(browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)

    page = await browser.submit(f"/annonces/{ad.id}/reponses", body="  ")

    assert page.status_code == 422
    assert 'id="body-error"' in page.text


async def test_a_refused_question_keeps_what_was_typed(browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)

    page = await browser.submit(f"/annonces/{ad.id}/reponses", body="Mon IBAN : FR76 3000 6000 0112 3456 7890 189")

    assert page.status_code == 422
    assert "FR76 3000" in page.text
    assert await database.value("SELECT count(*) FROM reply") == 0


async def test_a_closed_ad_receives_no_question(browser, anne):
    ad = await closed(anne)
    await browser.sign_in(anne)

    assert (await browser.submit(f"/annonces/{ad.id}/reponses", body="Encore une chose")).status_code == 409


async def test_a_new_members_question_is_read_by_a_moderator_first(browser, another_browser, anne, emilie):
    ad = await published(anne)
    await browser.sign_in(emilie)

    page = await browser.follow(await browser.submit(f"/annonces/{ad.id}/reponses", body="Est-ce aussi pour le soir ?"))

    assert "en relecture" in page.text
    await another_browser.sign_in(anne)
    assert "aussi pour le soir" not in (await another_browser.get(f"/annonces/{ad.id}")).text


async def test_a_card_without_excerpt_has_no_empty_line(browser, anne, bilal):
    await published(anne)
    await browser.sign_in(bilal)

    assert "card-excerpt" not in (await browser.get("/annonces")).text


async def test_who_may_answer_is_led_from_the_title_to_the_form(browser, anne, bilal):
    ad = await published(anne, title="Garde du mercredi")
    page = (await (await browser.sign_in(bilal)).get(f"/annonces/{ad.id}")).text
    way, form = page.index('href="#repondre"'), page.index('id="repondre"')
    assert page.index("</h1>") < way < page.index('class="ad-body') < form < page.index("/candidature")
    assert "Répondre à Anne</a>" in page


@pytest.mark.parametrize("why", ["mine", "answered", "tip", "closed"])
async def test_who_cannot_answer_is_led_nowhere(browser, anne, bilal, why):
    ad = await published(anne, "tips" if why == "tip" else "childcare")
    if why in ("answered", "closed"):
        await answered(ad.id, bilal.id)
    if why == "closed":
        over = "UPDATE listing SET status = 'closed', outcome = 'fulfilled', closed_at = now() WHERE id = $1"
        await database.execute(over, ad.id)
    page = await (await browser.sign_in(anne if why == "mine" else bilal)).get(f"/annonces/{ad.id}")
    assert page.status_code == 200 and "repondre" not in page.text
