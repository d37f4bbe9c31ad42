"""What members are told, in the app and by e-mail."""

import json
import re
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from app import database
from app.jobs import queue
from app.piccolo_conf import DB
from app.settings import settings
from notifications.notifying import notify
from notifications.topics import ICONS, URGENT, WORDS, Topic, in_words
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.homes import a_home
from tests.helpers.jobs import run_jobs, waiting_jobs
from tests.helpers.offers import an_offer
from tests.helpers.talks import answered, badge

GONE = UUID(int=0)  # the same in every worker


@pytest.fixture
def mailbox(undo) -> Path:
    folder = settings().mail_dir
    folder.mkdir(exist_ok=True)
    for letter in folder.iterdir():
        letter.unlink()
    return folder


async def tell(member, topic=Topic.new_message, *, thing=None, about="Cherche baby-sitter", path="/messages"):
    await notify(member.id, topic, thing=thing or uuid4(), about=about, path=path)


async def mail_jobs() -> list[str]:
    return [name for name, _ in await waiting_jobs() if name in ("notifications.mail", "notifications.look")]


async def test_several_of_one_thing_are_one_line_while_unread(browser, anne):
    thing = uuid4()
    for _ in range(3):
        await tell(anne, thing=thing, about="Cherche baby-sitter le mercredi")
    await browser.sign_in(anne)
    page = await browser.get("/notifications")
    assert "3 nouveaux messages privés" in page.text and "Cherche baby-sitter le mercredi" in page.text
    assert page.text.count('class="talk news') == 1 and badge(page, "notifications") == 1


async def test_once_read_the_next_one_takes_its_place(browser, anne):
    thing = uuid4()
    await tell(anne, thing=thing)
    await browser.sign_in(anne)
    await browser.submit("/notifications/lecture")
    await tell(anne, thing=thing)
    page = await browser.get("/notifications")
    assert page.text.count('class="talk news') == 1 and badge(page, "notifications") == 1
    assert len(await mail_jobs()) == 2


async def test_opening_one_marks_it_and_leads_to_its_page(browser, anne):
    await tell(anne, Topic.listing_published, path="/annonces?q=chat")
    await tell(anne, Topic.report_handled)
    number = await database.value("SELECT id FROM notification WHERE topic = 'listing_published'")
    await browser.sign_in(anne)
    response = await browser.get(f"/notifications/{number}")
    assert response.status_code == 303 and response.headers["location"] == "/annonces?q=chat"
    assert badge(await browser.get("/notifications"), "notifications") == 1
    again = await browser.get(f"/notifications/{number}")
    assert again.headers["location"] == "/annonces?q=chat"


async def test_all_are_marked_at_once(browser, anne, bilal):
    for member in (anne, anne, bilal):
        await tell(member)
    await browser.sign_in(anne)
    assert "Tout marquer comme lu" in (await browser.get("/notifications")).text
    page = await browser.follow(await browser.submit("/notifications/lecture"))
    assert "Tout est marqué comme lu" in page.text and badge(page, "notifications") == 0
    assert "Tout marquer comme lu" not in page.text
    assert await database.value("SELECT count(*) FROM notification WHERE read_at IS NULL") == 1


async def test_nobody_opens_another_s_notification(browser, anne, bilal):
    await tell(anne, about="Titre secret")
    number = await database.value("SELECT id FROM notification")
    await browser.sign_in(bilal)
    assert (await browser.get(f"/notifications/{number}")).status_code == 404
    assert "Titre secret" not in (await browser.get("/notifications")).text
    assert await database.value("SELECT read_at FROM notification") is None
    browser.cookies.clear()
    for path in ("/notifications", f"/notifications/{number}"):
        assert (await browser.get(path)).headers["location"].startswith("/connexion")


@pytest.mark.parametrize("path", [f"/annonces/{GONE}", f"/accueils/{GONE}", f"/offres/{GONE}", "/ancienne/page"])
async def test_one_whose_thing_is_gone_says_so_and_leads_back_to_the_list(browser, anne, path):
    await tell(anne, path=path)
    number = await database.value("SELECT id FROM notification")
    await browser.sign_in(anne)
    gone = await browser.follow(await browser.get(f"/notifications/{number}"))
    assert gone.status_code == 404
    assert "Ce n’est plus là" in gone.text and "Erreur 404" not in gone.text
    assert 'href="/notifications">Revenir aux notifications' in gone.text
    elsewhere = await browser.get(f"/annonces/{uuid4()}")
    assert "Page introuvable" in elsewhere.text, "an address that nobody was led to"


async def test_what_happens_to_a_home_or_an_offer_calls_neither_an_ad(browser, anne):
    home, offer, ad = await a_home(anne), await an_offer(anne), await published(anne)
    for topic in (Topic.listing_published, Topic.listing_ending, Topic.listing_sent_back, Topic.listing_removed):
        for thing in (home, offer):
            await tell(anne, topic, thing=thing.id, about="")
    await browser.sign_in(anne)
    page = words(await browser.get("/notifications")).replace("\u202f", " ")
    assert "La fiche de votre logement est en ligne" in page and "Votre offre locale a été retirée" in page
    assert "Votre offre locale se termine bientôt : confirmez-la" in page and "Votre annonce" not in page
    await tell(anne, Topic.listing_published, thing=ad.id)
    assert "Votre annonce est en ligne" in words(await browser.get("/notifications"))


async def test_one_that_a_later_one_replaced_leads_to_the_list(browser, anne):
    await browser.sign_in(anne)
    page = await browser.get("/notifications/1")
    assert page.status_code == 404
    assert "une plus récente l’a remplacée" in words(page)
    assert 'href="/notifications">Revenir aux notifications' in page.text


@pytest.mark.parametrize("number", ["0", "-1", str(2**63), "9" * 30, "abc"])
async def test_a_number_that_cannot_be_is_not_a_crash(browser, anne, number):
    await browser.sign_in(anne)
    assert (await browser.get(f"/notifications/{number}")).status_code in (400, 404)


async def test_the_list_is_paged_without_gap_or_repeat(browser, anne):
    for i in range(60):
        await tell(anne, about=f"Annonce n° {i:02}.")
    await browser.sign_in(anne)
    url, found = "/notifications", []
    while url:
        page = await browser.get(url)
        found += [i for i in range(60) if f"Annonce n° {i:02}." in page.text]
        url = ""
        if 'rel="next"' in page.text:
            url = page.text.split('rel="next"')[0].rsplit('href="', 1)[-1].split('"')[0]
    assert sorted(found) == list(range(60)) and found[0] > found[-1]
    assert (
        await browser.get(
            "/notifications?apres=WyIyMDI2LTAxLTAxVDAwOjAwOjAwWiIsImZmZmZmZmZmLWZmZmYtZmZmZi1mZmZmLWZmZmZmZmZmZmZmZiJd"
        )
    ).status_code == 200


async def test_an_empty_list_says_what_will_stand_there(browser, anne):
    await browser.sign_in(anne)
    assert "Rien de nouveau" in (await browser.get("/notifications")).text


async def test_the_list_costs_two_queries(browser, anne):
    for _ in range(5):
        await tell(anne)
    await browser.sign_in(anne)
    before = DB.query_id + database.asked
    await browser.get("/notifications")
    assert DB.query_id + database.asked - before <= 2


async def test_a_path_of_another_site_is_never_stored(anne):
    for path in ("https://evil.example", "//evil.example", "/\\evil.example", "", "javascript:alert(1)"):
        with pytest.raises(ValueError, match="Not a path"):
            await tell(anne, path=path)


async def test_every_topic_has_words_and_an_icon(browser, anne):
    for topic in Topic:
        await tell(anne, topic)
        assert in_words(topic, 1) == WORDS[topic] and in_words(topic, 2) and topic in ICONS
    await browser.sign_in(anne)
    page = await browser.get("/notifications")
    shown = words(page)
    while older := re.search(r'href="(/notifications\?apres=[^"]+)"', page.text):
        page = await browser.get(older[1])
        shown += words(page)
    missing = [sentence for sentence in WORDS.values() if re.sub(r"\s+", " ", sentence) not in shown]
    assert not missing


# E-mails


async def test_the_email_says_nothing_of_what_happened(mailbox, anne, bilal):
    listing = await published(anne, title="Cherche baby-sitter à Brest", body="Nous partons quelques heures.")
    await answered(listing.id, bilal.id, "Je peux venir jeudi soir")
    await run_jobs()
    (letter,) = mailbox.iterdir()
    raw = letter.read_bytes()
    message = message_from_bytes(raw)
    text = message.get_payload(decode=True).decode()
    assert message["To"] == "anne@exemple.test"
    assert "https://site.test/notifications" in text
    for secret in ("baby-sitter", "Brest", "Bilal", "jeudi", "partons", "message privé", str(listing.id)):
        assert secret not in text and secret not in str(message["Subject"]) and secret.encode() not in raw
    assert "=?utf-8?" in raw.decode() or "Entraide" in str(message["Subject"])


async def test_one_email_per_unread_line_however_often_it_is_told(mailbox, anne):
    thing = uuid4()
    for _ in range(5):
        await tell(anne, thing=thing)
    assert len(await mail_jobs()) == 1
    await run_jobs()
    await tell(anne, thing=thing)
    await run_jobs()
    assert len(list(mailbox.iterdir())) == 1


async def test_several_things_at_once_are_one_email(mailbox, anne):
    for topic in (Topic.new_message, Topic.listing_published, Topic.new_reply):
        await tell(anne, topic)
    await run_jobs()
    assert len(list(mailbox.iterdir())) == 1


async def test_what_was_read_meanwhile_needs_no_email(mailbox, browser, anne):
    await tell(anne)
    await browser.sign_in(anne)
    await browser.submit("/notifications/lecture")
    await run_jobs()
    assert not list(mailbox.iterdir())


async def test_a_job_run_again_sends_nothing_more(mailbox, anne):
    await tell(anne)
    job = queue.tasks["notifications.mail"].func
    await job(member=str(anne.id))
    await job(member=str(anne.id))
    assert len(list(mailbox.iterdir())) == 1


async def test_a_mail_server_that_is_away_loses_nothing(mailbox, anne, monkeypatch):
    from app import mail

    async def away(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    await tell(anne)
    job = queue.tasks["notifications.mail"].func
    with monkeypatch.context() as broken:
        broken.setattr(mail, "send", away)
        with pytest.raises(ConnectionRefusedError):
            await job(member=str(anne.id))
    await job(member=str(anne.id))
    assert len(list(mailbox.iterdir())) == 1


async def test_the_email_of_a_message_leaves_time_to_read_it_on_screen_and_holds_up_no_other(anne):
    await tell(anne, Topic.new_message)
    await tell(anne, Topic.listing_published)
    waits = await database.rows(
        "SELECT scheduled_at > now() + interval '1 minute' AS later, lock FROM procrastinate_jobs"
        " WHERE task_name LIKE 'notifications.%' ORDER BY id"
    )
    assert [tuple(row) for row in waits] == [(True, None), (None, f"news:{anne.id}")]


async def test_a_change_that_is_undone_tells_nobody(anne):
    async with DB.transaction() as tx:
        savepoint = await tx.savepoint()
        await tell(anne)
        await savepoint.rollback_to()
    assert await database.value("SELECT count(*) FROM notification") == 0 and not await mail_jobs()


# One an hour


async def pass_time(minutes: int) -> None:
    """Everything of the past is that much older, and the jobs whose time has come run."""
    await database.execute(
        "UPDATE news_mail SET mailed_at = mailed_at - $1::interval, due_at = due_at - $1::interval",
        timedelta(minutes=minutes),
    )
    await database.execute(
        "UPDATE procrastinate_jobs SET scheduled_at = scheduled_at - $1::interval", timedelta(minutes=minutes)
    )
    await run_due_jobs()


async def run_due_jobs() -> None:
    queue.perform_import_paths()
    while job := await database.row(
        "DELETE FROM procrastinate_jobs WHERE id = (SELECT min(id) FROM procrastinate_jobs WHERE status = 'todo'"
        " AND (scheduled_at IS NULL OR scheduled_at <= clock_timestamp())) RETURNING task_name, args"
    ):
        await queue.tasks[job["task_name"]].func(**json.loads(job["args"]))


def letters(mailbox: Path) -> int:
    return len(list(mailbox.iterdir()))


async def test_what_is_not_urgent_waits_for_the_end_of_the_hour_in_one_letter_by_one_job(mailbox, anne):
    await tell(anne, Topic.answer_chosen)
    await run_due_jobs()
    assert letters(mailbox) == 1
    for topic in (Topic.listing_published, Topic.new_reply, Topic.thanks_received):
        await tell(anne, topic)
        await pass_time(1)
    assert letters(mailbox) == 1 and await mail_jobs() == ["notifications.look"]
    await pass_time(56)
    assert letters(mailbox) == 1
    await pass_time(1)
    assert letters(mailbox) == 2 and not await mail_jobs()
    assert await database.value("SELECT count(*) FROM notification WHERE mailed_at IS NULL") == 0


async def test_what_was_read_before_the_end_of_the_hour_needs_no_letter(mailbox, browser, anne):
    for topic in (Topic.answer_chosen, Topic.new_reply):
        await tell(anne, topic)
        await run_due_jobs()
    await browser.sign_in(anne)
    await browser.submit("/notifications/lecture")
    await pass_time(60)
    assert letters(mailbox) == 1
    await tell(anne, Topic.listing_published)
    await run_due_jobs()
    assert letters(mailbox) == 2, "the hour is over"


@pytest.mark.parametrize("urgent", sorted(URGENT))
async def test_what_is_urgent_leaves_at_once_with_what_waited(mailbox, anne, urgent):
    for topic in (Topic.answer_chosen, Topic.new_reply):
        await tell(anne, topic)
        await run_due_jobs()
    await pass_time(30)
    await tell(anne, urgent)
    await run_due_jobs()
    assert letters(mailbox) == 2
    await tell(anne, Topic.listing_published)
    await pass_time(31)
    assert letters(mailbox) == 2, "half an hour after the urgent one"
    await pass_time(30)
    assert letters(mailbox) == 3


async def test_another_member_does_not_wait(mailbox, anne, bilal):
    for member in (anne, bilal):
        await tell(member, Topic.new_reply)
        await run_due_jobs()
    assert letters(mailbox) == 2


async def test_a_lost_job_loses_the_letter_only_until_the_next_news(mailbox, anne):
    for topic in (Topic.answer_chosen, Topic.new_reply):
        await tell(anne, topic)
        await run_due_jobs()
    await database.execute("DELETE FROM procrastinate_jobs")
    await pass_time(61)
    await tell(anne, Topic.listing_published)
    await run_due_jobs()
    assert letters(mailbox) == 2
    assert await database.value("SELECT count(*) FROM notification WHERE mailed_at IS NULL") == 0


async def test_a_job_run_twice_before_the_end_of_the_hour_plans_one_look(mailbox, anne):
    for topic in (Topic.answer_chosen, Topic.new_reply):
        await tell(anne, topic)
        await run_due_jobs()
    for _ in range(2):
        await queue.tasks["notifications.mail"].func(member=str(anne.id))
    assert letters(mailbox) == 1 and await mail_jobs() == ["notifications.look"]
