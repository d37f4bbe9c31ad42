"""A conversation between a person and a worker of the social service, seen from both sides."""

import io
from uuid import uuid4

import pytest
from PIL import Image

from app import database
from contacts.social import attaching
from contacts.social.closing import close
from contacts.social.thread import UNREADABLE, latest
from tests.helpers.browser import words
from tests.helpers.counting import count, logged
from tests.helpers.live import OpenPage
from tests.helpers.pictures import bomb, photo, photo_with_its_place, polyglot
from tests.helpers.social import a_talk, holds_code, says, seen_by, shown_packet, social_worker, taken_up


@pytest.fixture
async def wanda(body):
    return await social_worker("Wanda", "29")


@pytest.fixture
async def talk(anne, wanda):
    talk = await a_talk(anne)
    await taken_up(talk, wanda)
    return talk


def path(talk, more: str = "") -> str:
    return f"/service-social/conversations/{talk}{more}"


async def test_each_writes_and_the_other_reads(browser, another_browser, anne, wanda, talk):
    await browser.sign_in(anne)
    await another_browser.sign_in(wanda)
    await browser.submit(path(talk), text="Mon loyer a augmenté.")
    page = await another_browser.get(path(talk))
    assert "Mon loyer a augmenté." in page.text and "<h1>Anne</h1>" in page.text
    await another_browser.submit(path(talk), text="Regardons cela ensemble.")
    page = await browser.get(path(talk))
    assert "Regardons cela ensemble." in page.text and "Wanda, service social" in page.text
    assert await database.value("SELECT count(*) FROM social_message WHERE read_at IS NULL AND event IS NULL") == 0


async def test_whoever_wrote_sees_whether_it_was_read(browser, another_browser, anne, wanda, talk):
    await browser.sign_in(anne)
    sent = await browser.follow(await browser.submit(path(talk), text="Bonjour ?"))
    assert 'role="status">Envoyé<' in sent.text
    await another_browser.sign_in(wanda)
    await another_browser.get(path(talk))
    assert 'role="status">Lu<' in (await browser.get(path(talk))).text


async def test_a_member_is_told_that_they_were_answered_and_of_nothing_else(browser, anne, wanda, talk):
    await says(talk, wanda, "Votre dossier de surendettement est prêt.", is_person=False)
    told = await database.row("SELECT * FROM notification WHERE member = $1 AND topic = 'social_answered'", anne.id)
    assert told["about"] == "" and told["path"] == path(talk)
    await browser.sign_in(anne)
    await browser.get(path(talk))
    assert await database.value("SELECT read_at FROM notification WHERE id = $1", told["id"]) is not None


async def test_a_message_sent_twice_is_there_once(browser, anne, talk):
    await browser.sign_in(anne)
    before, once = await count("social_message"), str(uuid4())
    for _ in range(2):
        await browser.submit(path(talk), text="Bonjour ?", once=once)
    assert await count("social_message") == before + 1
    await browser.submit(path(talk), text="Autre chose.", once=once)
    assert await count("social_message") == before + 2


async def test_an_empty_message_is_said_to_be_one(browser, anne, talk):
    await browser.sign_in(anne)
    page = await browser.submit(path(talk), text="   ")
    assert page.status_code == 422 and "joignez une photo" in words(page)


async def test_distress_brings_numbers_and_the_message_leaves(browser, anne, talk):
    await browser.sign_in(anne)
    page = await browser.submit(path(talk), text="Je n’en peux plus, j’ai envie de mourir.")
    assert page.status_code == 200 and "3114" in page.text
    assert await count("social_message") == 3
    assert await count("rule_hit") == 0


async def test_photos_are_drawn_again_and_read_by_both_sides_alone(
    browser, another_browser, anne, bilal, chloe, denis, wanda, talk
):
    await browser.sign_in(anne)
    sent = {"files": ("ma lettre.jpg", photo_with_its_place(), "image/jpeg")}
    await browser.submit(path(talk), files=sent, text="Voici la lettre.")
    file = await database.value("SELECT id FROM social_file")
    for who in (anne, wanda):
        await another_browser.sign_in(who)
        shown = await another_browser.get(path(talk, f"/fichiers/{file}"))
        assert shown.status_code == 200 and shown.headers["content-type"] == "image/webp"
        assert shown.headers["content-disposition"] == 'inline; filename="ma lettre.webp"'
        assert shown.headers["x-content-type-options"] == "nosniff" and shown.headers["cache-control"] == "no-store"
        picture = Image.open(io.BytesIO(shown.content))
        assert picture.format == "WEBP" and not picture.getexif() and b"Anne" not in shown.content
    for who in (bilal, chloe, denis):
        await another_browser.sign_in(who)
        assert (await another_browser.get(path(talk, f"/fichiers/{file}"))).status_code == 404


async def test_a_photo_of_one_conversation_is_not_in_another(browser, anne, talk):
    other = await a_talk(anne)
    await browser.sign_in(anne)
    await browser.submit(path(talk), files={"files": ("a.jpg", photo(), "image/jpeg")}, text="")
    file = await database.value("SELECT id FROM social_file")
    assert (await browser.get(path(other, f"/fichiers/{file}"))).status_code == 404


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.7\n1 0 obj", "Un PDF peut cacher"),
        (b"<html><script>", "n’est pas une photo"),
        (bomb(), "trop grande"),
        (b"\xff\xd8" + b"\0" * (10 * 1024 * 1024), "10 Mo"),
    ],
)
async def test_what_is_no_photo_is_refused_and_the_words_stay(browser, anne, talk, content: bytes, why: str):
    await browser.sign_in(anne)
    page = await browser.submit(path(talk), files={"files": ("x.pdf", content, "application/pdf")}, text="Ma lettre")
    assert page.status_code == 422 and why in words(page) and "Ma lettre" in page.text
    assert await count("social_file") == 0


async def test_a_photo_that_is_also_a_page_comes_out_a_photo(browser, anne, talk):
    await browser.sign_in(anne)
    await browser.submit(path(talk), files={"files": ("a.jpg", polyglot(), "image/jpeg")}, text="")
    kept = await attaching.file_of(talk, await database.value("SELECT id FROM social_file"))
    assert b"<script>" not in kept.content


async def test_five_photos_at_most_at_a_time(browser, anne, talk):
    await browser.sign_in(anne)
    many = [("files", (f"{n}.jpg", photo(40, 40), "image/jpeg")) for n in range(6)]
    page = await browser.submit(path(talk), files=many, text="")
    assert page.status_code == 422 and "5 photos au plus" in words(page)


async def test_who_came_by_a_code_sends_photos_and_a_visitor_none(browser, another_browser, wanda):
    talk = await a_talk()
    sent = {"files": ("a.jpg", photo(40, 40), "image/jpeg")}
    refused = await another_browser.post(path(talk), data={"text": "x"}, files=sent)
    assert refused.status_code == 303 and refused.headers["location"].startswith("/connexion")
    holds_code(browser, talk)
    assert (await browser.submit(path(talk), files=sent, text="")).status_code == 303
    assert await count("social_file") == 1


async def test_the_person_closes_and_nobody_writes_any_more(browser, another_browser, anne, wanda, talk):
    await browser.sign_in(anne)
    page = await browser.follow(await browser.submit(path(talk, "/fermeture"), text="Merci, c’est réglé."))
    assert "Cette conversation est fermée" in words(page) and "Merci, c’est réglé." in page.text
    await another_browser.sign_in(wanda)
    late = await another_browser.submit(path(talk), text="Encore un mot")
    assert late.status_code == 422 and "vient de changer de mains ou de se fermer" in words(late)
    assert (await another_browser.submit(path(talk, "/fermeture"))).status_code == 409
    assert await logged("social.closed") == 1


async def test_the_worker_closes_with_a_word(browser, another_browser, anne, wanda, talk):
    await browser.sign_in(wanda)
    await browser.submit(path(talk, "/fermeture"), text="Bonne continuation.")
    await another_browser.sign_in(anne)
    page = await another_browser.get(path(talk))
    assert "Bonne continuation." in page.text and "fermée par le service social" in words(page)


async def test_a_packet_is_read_as_it_was_sent_until_it_is_withdrawn(browser, another_browser, anne, wanda, talk):
    packet = await shown_packet(talk, anne)
    await browser.sign_in(wanda)
    page = await browser.get(path(talk))
    assert "Probable : 151,05 € par mois" in words(page).replace("\u00a0", " ") and "Retirer" not in page.text
    assert (await browser.submit(path(talk, f"/resultats/{packet}/retrait"))).status_code == 404
    await another_browser.sign_in(anne)
    assert "Retirer ces résultats" in (await another_browser.get(path(talk))).text
    page = await another_browser.follow(await another_browser.submit(path(talk, f"/resultats/{packet}/retrait")))
    assert "151,05" not in page.text and "ont été retirés, et effacés" in words(page)
    assert await database.value("SELECT sealed FROM social_packet") is None
    page = await another_browser.follow(await another_browser.submit(path(talk, f"/resultats/{packet}/retrait")))
    assert words(page).count("ont été retirés, et effacés") == 1


async def test_an_open_page_hears_that_it_was_closed_and_takes_its_form_away(browser, anne, wanda, talk):
    last = await database.value("SELECT max(id) FROM social_message")
    await close(await seen_by(talk, wanda, is_person=False), "Au revoir.", uuid4())
    await browser.sign_in(anne)
    new = await browser.get(path(talk, f"/nouveaux?apres={last}"))
    for part in ("thread-write", "talk-standing"):
        assert f'id="{part}" hx-swap-oob="true"' in new.text
    assert 'id="talk-closing" hx-swap-oob="delete"' in new.text
    assert "Au revoir." in new.text and "Fermée" in new.text


async def test_new_messages_come_without_the_rest(browser, anne, wanda, talk):
    await browser.sign_in(anne)
    last = await database.value("SELECT max(id) FROM social_message")
    await says(talk, wanda, "Du nouveau.", is_person=False)
    new = await browser.get(path(talk, f"/nouveaux?apres={last}"))
    assert "Du nouveau." in new.text and "loyer" not in new.text and 'id="thread-next"' in new.text


@pytest.mark.commits
async def test_the_open_page_of_a_member_hears_of_an_answer(app, browser, anne, wanda, talk):
    await browser.sign_in(anne)
    async with OpenPage(app, browser) as page:
        await says(talk, wanda, "Du nouveau.", is_person=False)
        assert await page.event("message") == str(talk)


async def test_older_messages_stand_on_a_page_of_their_own(browser, anne, wanda, talk):
    for number in range(60):
        await says(talk, wanda, f"Message n° {number}.", is_person=False)
    await browser.sign_in(anne)
    page = await browser.get(path(talk))
    assert "Message n° 59." in page.text and "Message n° 3." not in page.text
    oldest = await database.value("SELECT id FROM social_message ORDER BY id DESC OFFSET 49 LIMIT 1")
    assert "Message n° 3." in (await browser.get(path(talk, f"?avant={oldest}"))).text


async def test_what_no_key_opens_is_said_not_to_be_and_the_rest_is_read(browser, anne, wanda, talk):
    await says(talk, wanda, "Ceci se lit.", is_person=False)
    await database.execute(
        "UPDATE social_message SET sealed = 'x' WHERE id = (SELECT min(id) FROM social_message WHERE talk = $1)", talk
    )
    await browser.sign_in(anne)
    page = await browser.get(path(talk))
    assert "Ce message ne peut pas être ouvert" in words(page) and "Ceci se lit." in page.text


async def test_a_word_and_a_name_swapped_between_conversations_are_refused(anne, bilal, wanda, talk):
    other = await a_talk(bilal)
    await database.execute(
        "UPDATE social_message m SET sealed = o.sealed FROM social_message o"
        " WHERE m.talk = $1 AND m.event IS NULL AND o.talk = $2",
        talk,
        other,
    )
    read = await latest(await seen_by(talk, anne, is_person=True))
    assert UNREADABLE in {message.body for message in read.shown}


async def test_a_member_finds_their_conversations_from_their_own_page(browser, anne, talk):
    await browser.sign_in(anne)
    assert 'href="/service-social"' in (await browser.get("/moi")).text
    assert f'href="{path(talk)}"' in (await browser.get("/service-social")).text
