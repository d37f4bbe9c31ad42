"""An evening on a phone: what waits for me, my week, my ads, and the same in other programs."""

import re
from datetime import time, timedelta
from html import unescape
from uuid import uuid4

import icalendar

from answers.rota.asking import find_for_all_due
from app import database
from app.dates import now
from listings.schedules.schedule import Schedule, Weekly
from tests.answers.people import answer_from, on_board
from tests.helpers.ads import published
from tests.helpers.agreed import agreed, this_day
from tests.helpers.browser import words
from tests.helpers.jobs import run_jobs
from tests.helpers.rotas import takes

SITE = "https://site.test"


def feed_on(page, id: str) -> str:
    """The path of a feed whose address the page shows."""
    return unescape(re.search(rf'id="{id}" type="url" value="([^"]+)"', page.text)[1]).removeprefix(SITE)


async def test_from_an_answer_to_a_day_in_the_agenda(browser, another_browser, anne, bilal):
    """Anne finds Bilal's answer in her space, chooses him, and both find the days in their agendas."""
    weekly = Schedule(weekly=Weekly(days=(1, 4), starts=time(16, 30), ends=time(17, 15)))
    ad = await published(anne, "school_run", title="Sortie d’école partagée", schedule=weekly)
    author, helper = await browser.sign_in(anne), await another_browser.sign_in(bilal)
    (answer,) = await answer_from(ad.id, bilal, slots=("1",))

    space = await author.get("/mon-espace")
    assert "Une réponse attend votre choix" in words(space)
    assert f'href="/annonces/{ad.id}/candidatures"' in space.text
    await author.follow(await on_board(author, ad.id, answer, "choix", slots=["1"]))
    assert "attend votre choix" not in words(await author.get("/mon-espace"))
    assert "Réservée en partie (1 sur 2)" in words(await author.get("/mon-espace?annonces=reservees"))

    tuesday = next(day for day in map(this_day, range(7, 14)) if day.weekday() == 1)
    week = f"/agenda?semaine={tuesday:%G-W%V}"
    hers, his = await author.get(week), await helper.get(week)
    assert "Bilal vous aide" in words(hers) and "Vous aidez Anne" in words(his)
    for address in re.findall(r'class="duty-ways.*?</p>', his.text, re.DOTALL)[0].split('href="')[1:]:
        assert (await helper.get(unescape(address.split('"')[0]))).status_code == 200


async def test_a_day_that_cannot_be_kept_is_offered_to_another(browser, another_browser, anne, bilal, farid):
    """Bilal cannot come once; Farid, of the same rota, is asked in his space, says yes and has the day."""
    weekly = Schedule(weekly=Weekly(days=(1, 4), starts=time(16, 30), ends=time(17, 15)))
    ad = await published(anne, "school_run", title="Sortie d’école partagée", schedule=weekly, quantity=2)
    for helper, slot in ((bilal, "1"), (farid, "4")):
        await takes(ad, helper, slot, since=this_day())
    tuesday = next(day for day in map(this_day, range(7, 14)) if day.weekday() == 1)
    week = f"/agenda?semaine={tuesday:%G-W%V}"
    one, other = await browser.sign_in(bilal), await another_browser.sign_in(farid)

    await one.follow(await one.submit(f"/annonces/{ad.id}/semaine/absence", day=tuesday.isoformat()))
    assert "Vous ne venez pas On cherche quelqu’un" in words(await one.get(week))
    await run_jobs()
    await find_for_all_due(now().replace(hour=10) + timedelta(days=1))  # at night nobody is asked

    space = await other.get("/mon-espace")
    (question,) = re.findall(r'href="(/creneaux/[^"]+)"', space.text)
    await other.follow(await other.submit(f"{question}/oui"))
    assert "/creneaux/" not in (await other.get("/mon-espace")).text
    assert "Vous aidez Anne Remplacement" in words(await other.get(week))
    assert "Vous ne venez pas" not in words(await one.get(week))


async def test_the_agenda_lives_in_a_phone_until_its_address_is_replaced(browser, another_browser, anne, bilal):
    made = await agreed(anne, bilal, this_day(2), title="Garde du mercredi")
    await browser.sign_in(bilal)
    path = feed_on(await browser.get("/moi/flux"), "agenda-address")

    phone = another_browser  # signed in nowhere
    answer = await phone.get(path)
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["SUMMARY"] == "Entraide : garde d’enfants" and event["LOCATION"] == "Brest (29)"
    assert "Anne" not in answer.text and "Garde du mercredi" not in answer.text
    assert (await phone.get(path, headers={"if-none-match": answer.headers["etag"]})).status_code == 304

    await database.execute("UPDATE commitment SET ended_at = now() WHERE id = $1", made.commitments[0])
    again = await phone.get(path, headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 200 and "VEVENT" not in again.text

    await browser.submit("/moi/flux/renouvellement")
    assert (await phone.get(path)).status_code == 404
    new = feed_on(await browser.get("/moi/flux"), "agenda-address")
    assert new != path and (await phone.get(new)).status_code == 200


async def test_a_list_is_followed_from_its_page_to_the_feed(browser, another_browser, anne, emilie):
    await browser.sign_in(emilie)
    await published(anne, "rides", title="Covoiturage vers Quimper")
    await published(anne, "tips", title="Réparer un vélo")
    page = await browser.get("/annonces?categorie=rides")
    (way,) = re.findall(r'href="(/moi/flux\?[^"]+)"', page.text)
    path = feed_on(await browser.get(unescape(way)), "ads-address")
    feed = await another_browser.get(path)
    assert "Covoiturage vers Quimper" in feed.text and "Réparer un vélo" not in feed.text
    assert "Anne" not in feed.text


async def test_an_ad_that_ends_soon_is_prolonged_from_ones_own_space(browser, anne):
    ad = await published(anne, title="Aide pour porter un canapé")
    await database.execute(
        "UPDATE listing SET expires_at = $1, published_at = $2", now() + timedelta(days=3), now() - timedelta(days=57)
    )
    await browser.sign_in(anne)
    assert "Votre annonce se termine bientôt" in words(await browser.get("/mon-espace"))
    page = await browser.follow(await browser.submit(f"/annonces/{ad.id}/prolongation"))
    assert "Votre annonce est prolongée" in words(page)
    assert "Vous êtes à jour, Anne" in words(await browser.get("/mon-espace"))


async def test_an_ended_ad_begins_again_from_ones_own_space(browser, anne):
    ad = await published(anne, title="Aide pour porter un canapé")
    await browser.sign_in(anne)
    await browser.submit(f"/annonces/{ad.id}/cloture", outcome="withdrawn")
    shelf = await browser.get("/mon-espace?annonces=terminees")
    assert f'action="/annonces/{ad.id}/reprise"' in shelf.text
    await browser.follow(await browser.submit(f"/annonces/{ad.id}/reprise"))
    assert "Un brouillon à finir" in words(await browser.get("/mon-espace"))
    assert "Aide pour porter un canapé" not in words(await browser.get("/annonces"))


async def test_writing_to_somebody_shows_in_their_space(browser, another_browser, anne, bilal):
    ad = await published(anne)
    helper = await another_browser.sign_in(bilal)
    answer = await helper.submit(f"/annonces/{ad.id}/candidature", text="Je peux venir mercredi.", once=uuid4())
    assert answer.status_code == 303
    said = words(await (await browser.sign_in(anne)).get("/mon-espace"))
    assert said.index("Une réponse attend votre choix") < said.index("Un message non lu")
