"""A suspended member signs in, reads why and until when, and contests; nothing else of the site answers."""

from datetime import timedelta
from uuid import uuid4

import pytest

from agenda.addresses import Feed, address_of
from app import database, mail
from app.dates import now
from listings.ad import Ad
from listings.life.ending_links import Action as LinkAction
from listings.life.ending_links import ending_link
from listings.life.publishing import submit
from listings.life.renewing import renew
from listings.replies.access import Reply
from listings.replies.editing import EditForm, edit_reply
from listings.replies.saying import ReplyForm, reply
from listings.writing.editing import edit
from moderation.rules import Verdict
from moderation.rules.verdict import Action
from moderation.sanctions.enforcing import Restricted
from notifications.notifying import notify
from notifications.topics import Topic
from tests.conventions.test_authorisation import EXPECTED, PUBLIC
from tests.helpers.accounts import ANNES_PASSWORD, with_password
from tests.helpers.ads import content, draft, published
from tests.helpers.browser import said, words
from tests.helpers.cases import said_under, told
from tests.helpers.contacts import a_contact
from tests.helpers.jobs import run_jobs
from tests.helpers.live import OpenPage
from tests.helpers.offers import an_offer, correspondent
from tests.helpers.routes import ask
from tests.helpers.sanctions import SAID, over, state_of, taken
from tests.helpers.talks import answered
from tests.helpers.world import World, filled_in
from tests.moderation.cases.people import as_me, moderating
from thanks.words import Word
from thanks.writing import write

CLOSED = "/moi/suspension"
STILL_OPEN = (
    "/moi/decisions",
    "/decisions/",
    "/recours",
    "/deconnexion",
    "/static",
    "/charte",
    "/credits",
    "/service-social",
    "/droits",
)
READ = ("/contacts", "/offres")
APART = (
    "/direct",
    "/aide-et-ecoute",
    "/transparence",
    "/signaler-un-contenu-illicite",
    "/flux/",
    "/moi/suspension",
    "/lien/courriels",
)
SAFE = ("/moi/mot-de-passe", "/moi/appareils")


@pytest.fixture
async def suspended(anne, chloe, denis):
    await moderating(denis)
    return await taken(anne, "suspension", 14, by=chloe, second=denis)


async def test_every_other_page_and_form_leads_to_the_one_that_says_why(app, browser, chloe, denis, world: World):
    anne = world.people["owner"]
    await database.execute("INSERT INTO role (member, kind, granted_at) VALUES ($1, 'moderator', now())", denis.id)
    await taken(anne, "suspension", 14, by=chloe, second=denis)
    await browser.sign_in(anne)
    wrong = []
    for line in EXPECTED:
        method, path = line.split(" ", 1)
        if path.startswith((*STILL_OPEN, *APART, *SAFE)) or "/recours" in path:
            continue
        if method == "GET" and path.startswith(READ) and not path.endswith("/signalement"):
            continue
        answer = await ask(app, browser, method, world.path(path), **filled_in())
        if (answer.status_code, answer.headers.get("location")) != (303, CLOSED):
            wrong.append(f"{line}: {answer.status_code} {answer.headers.get('location')}")
    assert not wrong, "\n".join(wrong)
    assert any(answers is PUBLIC for answers in EXPECTED.values())  # what anyone reads is closed too, but for the list


async def test_what_any_visitor_reads_is_read_as_a_visitor_reads_it(browser, anne, bilal, suspended):
    await correspondent(bilal, "29")
    public, for_members = await an_offer(bilal), await an_offer(bilal, title="Pour les membres", readers="members")
    contact = (await a_contact()).id
    await browser.sign_in(anne)
    for path in (
        "/droits",
        "/droits/mes-droits",
        "/droits/prestations/cmg",
        f"/contacts/{contact}",
        "/contacts",
        "/offres",
        "/offres/carte",
    ):
        assert (await browser.get(path)).status_code == 200, path
    answer = await browser.submit("/droits/simulateurs/mensualites")
    assert answer.status_code in (200, 422)
    shown = await browser.get(f"/offres/{public.id}")
    assert shown.status_code == 200 and f"{public.id}/signalement" not in shown.text
    assert (await browser.get(f"/offres/{for_members.id}")).status_code == 404
    assert "Pour les membres" not in (await browser.get("/offres")).text
    for answer in (
        await browser.get(f"/offres/{public.id}/signalement"),
        await browser.submit(f"/offres/{public.id}/signalement", reason="wrong"),
    ):
        assert (answer.status_code, answer.headers["location"]) == (303, CLOSED)


async def test_the_page_says_until_when_why_and_how_to_contest(browser, anne, suspended):
    await browser.sign_in(anne)
    page = await browser.follow(await browser.get("/annonces"))
    shown = words(page)
    assert "Votre accès est suspendu" in shown
    assert "Jusqu’au " in shown
    assert SAID in shown
    decision = await database.value("SELECT decision FROM sanction WHERE id = $1", suspended)
    assert f"/decisions/{decision}/recours" in page.text
    assert "/deconnexion" in page.text
    assert "/annonces/nouvelle" not in page.text
    assert "Chloe" not in page.text
    assert "Denis" not in page.text
    for path in (f"/moi/decisions/mesures/{suspended}", "/moi/decisions", f"/decisions/{decision}", "/charte"):
        assert (await browser.get(path)).status_code == 200, path


async def test_an_excluded_member_reads_that_there_is_no_end(browser, anne, chloe, denis):
    await moderating(denis)
    await taken(anne, "exclusion", by=chloe, second=denis)
    await browser.sign_in(anne)
    shown = words(await browser.get(CLOSED))
    assert "Votre accès est fermé" in shown
    assert "Sans limite de durée" in shown
    assert "9999" not in shown


async def test_a_request_of_a_script_is_led_there_and_a_stream_refused(browser, anne, suspended):
    await browser.sign_in(anne)
    partial = await browser.get("/suggestions?q=a", headers={"hx-request": "true"})
    assert (partial.status_code, partial.headers["hx-redirect"]) == (403, CLOSED)
    assert (await browser.get("/direct", headers={"accept": "text/event-stream"})).status_code == 403


async def test_signing_out_works(browser, anne, suspended):
    await browser.sign_in(anne)
    assert (await browser.submit("/deconnexion")).headers["location"] == "/"
    assert (await browser.get("/")).status_code == 200


async def test_their_password_and_their_devices_stay_in_their_hands(browser, another_browser, anne, suspended):
    await with_password(anne)
    await another_browser.sign_in(anne)
    await browser.sign_in(anne)
    shut = await browser.get(CLOSED)
    for path in SAFE:
        assert f'href="{path}"' in shut.text
        page = await browser.get(path)
        assert page.status_code == 200, path
        assert 'class="back" href="/moi/suspension"' in page.text
    assert (await browser.submit("/moi/appareils/fermeture")).headers["location"] == "/moi/appareils"
    assert "/connexion" in (await another_browser.get("/moi/decisions")).headers["location"]
    changed = await browser.submit("/moi/mot-de-passe", current=ANNES_PASSWORD, password="une phrase longue et neuve")
    assert "Votre mot de passe est changé" in words(await browser.follow(await browser.follow(changed)))


async def test_an_appeal_that_is_open_is_followed_not_made_again(browser, anne, suspended):
    await browser.sign_in(anne)
    shown = words(await browser.get(CLOSED))
    assert ("Contester" in shown, "Suivre votre recours" in shown) == (True, False)
    decision = await database.value("SELECT decision FROM sanction WHERE id = $1", suspended)
    await browser.submit(f"/decisions/{decision}/recours", words="Je vous explique : ce n’était pas une vente.")
    assert await database.value("SELECT state FROM appeal WHERE decision = $1", decision) == "open"
    shown = words(await browser.get(CLOSED))
    assert ("Contester" in shown, "Suivre votre recours" in shown) == (False, True)


async def test_an_appeal_older_than_the_measure_and_withdrawn_since_is_not_offered_again(browser, anne, suspended):
    decision = await database.value("SELECT decision FROM sanction WHERE id = $1", suspended)
    await browser.sign_in(anne)
    await browser.submit(f"/decisions/{decision}/recours", words="Je vous explique : ce n’était pas une vente.")
    appeal = await database.value("UPDATE appeal SET opened_at = opened_at - interval '30 days' RETURNING id")
    await database.execute("UPDATE sanction SET starts_at = starts_at - interval '1 day' WHERE id = $1", suspended)
    await browser.submit(f"/recours/{appeal}/retrait")
    shown = words(await browser.get(CLOSED))
    assert ("Contester" in shown, "Voir votre recours" in shown) == (False, True)


async def test_nobody_else_is_led_there(browser, bilal, suspended):
    await browser.sign_in(bilal)
    assert (await browser.get("/annonces")).status_code == 200
    assert (await browser.get(CLOSED)).headers["location"] == "/"
    assert (await browser.get(f"/moi/decisions/mesures/{suspended}")).status_code == 404


async def test_once_its_time_is_over_the_site_opens_even_before_the_job_has_run(browser, anne, suspended):
    await over(suspended)
    await browser.sign_in(anne)
    assert (await browser.get("/annonces")).status_code == 200
    assert await state_of(suspended) == "active"


async def test_their_feeds_are_not_there_meanwhile(browser, anne, suspended):
    assert (await browser.get(address_of(anne.id, 1, Feed.agenda))).status_code == 404
    await over(suspended)
    assert (await browser.get(address_of(anne.id, 1, Feed.agenda))).status_code == 200


async def test_they_are_written_to_about_decisions_and_about_nothing_else(anne, suspended, monkeypatch):
    sent = []

    async def keep(to, subject, text, **_):
        sent.append((to, subject, text))

    monkeypatch.setattr(mail, "send", keep)
    await run_jobs()
    assert len(sent) == 1
    assert "suspen" not in str(sent).lower()
    await database.execute("DELETE FROM news_mail")
    await notify(anne.id, Topic.new_reply, thing=anne.id, about="Poussette", path="/mes-annonces")
    await run_jobs()
    assert len(sent) == 1


async def test_a_moderator_who_is_suspended_moderates_nothing(browser, anne, chloe, denis):
    await moderating(anne)
    await moderating(denis)
    await taken(anne, "suspension", 14, by=chloe, second=denis)
    await browser.sign_in(anne)
    assert (await browser.get("/moderation")).headers["location"] == CLOSED


async def test_a_member_who_may_not_post_reads_until_when_and_is_refused_at_each_door(browser, anne, bilal, chloe):
    await taken(anne, "no_posting", 7, by=chloe)
    own, mine, other = await draft(anne), await published(anne), await published(bilal)
    await browser.sign_in(anne)
    home = await browser.get("/annonces")
    assert "mais pas publier, jusqu’au " in words(home)
    doors = {
        f"/annonces/{own.id}/publication": {},
        f"/annonces/{mine.id}/prolongation": {},
        f"/annonces/{other.id}/reponses": {"body": "Bonjour, quel jour ?"},
        f"/annonces/{other.id}/candidature": {"word": "Je peux venir.", "text": "Je peux venir."},
    }
    for path, fields in doors.items():
        answer = await browser.submit(path, **fields)
        assert answer.status_code == 403, f"{path}: {answer.status_code}"
        assert "Vous ne pouvez ni publier ni répondre jusqu’au " in said(answer), path
    assert await database.value("SELECT count(*) FROM reply") == 0
    assert await database.value("SELECT count(*) FROM conversation") == 0


async def test_nobody_else_reads_the_banner(browser, anne, bilal, chloe):
    await taken(anne, "no_posting", 7, by=chloe)
    await browser.sign_in(bilal)
    assert "mais pas publier" not in words(await browser.get("/annonces"))


@pytest.mark.commits
async def test_a_page_that_was_open_ends_with_the_suspension(app, browser, anne, chloe, denis):
    await moderating(denis)
    await browser.sign_in(anne)
    async with OpenPage(app, browser) as page:
        await taken(anne, "suspension", 14, by=chloe, second=denis)
        await page.event("fin")
    assert await told(anne)


@pytest.mark.parametrize("how", ["no_posting_until", "suspended_until"])
async def test_each_way_to_write_for_others_is_closed_also_past_the_pages(anne, bilal, how):
    me = as_me(anne, is_moderator=False, **{how: now() + timedelta(days=2)})
    ad = await published(anne)
    other = await published(bilal)
    theirs = Ad.of(await database.row("SELECT * FROM listing WHERE id = $1", other.id))
    own = Reply(
        id=await said_under(other.id, anne, "Bonjour"),
        ad=theirs,
        author=anne.id,
        name="Anne",
        parent=None,
        body="Bonjour",
        waiting_body=None,
        refused_body=None,
        state="published",
        said_at=now(),
        version=1,
    )
    doors = {
        "submit": lambda: submit(ad.id, me),
        "edit": lambda: edit(ad.id, me, content()),
        "reply": lambda: reply(theirs, me, ReplyForm(body="Bonjour"), Verdict(Action.ALLOW)),
        "reply_edit": lambda: edit_reply(own, me, EditForm(body="Bonsoir", version=1), Verdict(Action.ALLOW)),
        "thanks": lambda: write(uuid4(), me, Word(word="Merci")),
    }
    for door in doors.values():
        with pytest.raises(Restricted, match="Vous ne pouvez ni publier ni répondre jusqu’au"):
            await door()
    await database.execute(f"UPDATE member SET {how} = now() + interval '2 days' WHERE id = $1", anne.id)
    with pytest.raises(Restricted):
        await renew(ad.id, anne.id)
    with pytest.raises(Restricted):
        await answered(other.id, anne.id)


async def test_a_link_of_an_e_mail_prolongs_nothing_meanwhile(browser, anne, chloe):
    ad = await published(anne, published_at=now() - timedelta(days=55))
    reminded = await database.value("UPDATE listing SET reminded_at = now() WHERE id = $1 RETURNING reminded_at", ad.id)
    await taken(anne, "no_posting", 7, by=chloe)
    answer = await browser.submit(f"/lien/annonce/{ending_link(ad.id, 0, reminded, LinkAction.renew)}")
    assert answer.status_code == 403
    assert await database.value("SELECT renewals FROM listing WHERE id = $1", ad.id) == 0
