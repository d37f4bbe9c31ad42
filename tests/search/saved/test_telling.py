"""When members hear of what was found for them: at once, every morning, on Mondays; one line for each search."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app import database
from app.database import transaction
from app.schedule import tell_all_due_every_five_minutes
from app.settings import settings
from app.sweeping import SweepIncomplete
from listings.life.publishing import submit
from listings.reading.filters import Filters
from notifications.notifying import notify
from notifications.topics import Topic
from search.keeping import EMPTY
from search.saved import deriving
from search.saved.forgetting import forget_old_alerts
from search.saved.matching import match
from search.saved.paces import Pace, due
from search.saved.saving import change, delete
from search.saved.telling import tell_all_due
from search.saved.widening import propose_wider
from tests.helpers.ads import draft, in_days, published
from tests.helpers.browser import words
from tests.helpers.jobs import run_jobs
from tests.moderation.cases.people import as_me
from tests.search.saved.keeping import keeps, told

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def mailbox(undo) -> Path:
    folder = settings().mail_dir
    folder.mkdir(exist_ok=True)
    for letter in folder.iterdir():
        letter.unlink()
    return folder


async def tell_about(search, member):
    """As tell_all_due does."""
    path = f"/moi/recherches/{search}/annonces"
    async with transaction():
        await notify(member.id, Topic.search_found, thing=search, about=str(search), path=path)


async def publishes(member, category="classifieds", **given):
    """Through the door of every member, with all that follows."""
    ad = await draft(member, category, **given)
    await submit(ad.id, as_me(member, is_moderator=False))
    await run_jobs()
    return ad


async def test_publishing_tells_those_who_asked_and_the_notification_leads_to_the_list(browser, anne, bilal):
    await keeps(anne, q="poussette", departement="29")
    await publishes(bilal)
    await browser.sign_in(anne)
    page = await browser.get("/notifications")
    assert "Une nouvelle annonce pour une de vos recherches" in words(page)
    assert "« poussette » · Finistère (29)" in words(page)
    number = re.search(r"/notifications/(\d+)", page.text)
    assert number
    listed = await browser.follow(await browser.get(number[0]))
    assert listed.headers["location"] == "/annonces?q=poussette&departement=29&tri=newest"
    assert await told(anne) == []


async def test_several_ads_are_one_line_and_one_e_mail(anne, bilal, mailbox):
    await keeps(anne, q="poussette")
    for title in ("Poussette bleue", "Poussette rouge", "Poussette jumelle"):
        await publishes(bilal, title=title, body=f"{title}, à venir chercher, merci de me dire quand.")
    assert await told(anne) == [("« poussette »", 3)]
    assert len(list(mailbox.iterdir())) == 1


async def test_the_e_mail_says_nothing_of_what_was_found(anne, bilal, mailbox):
    await keeps(anne, q="poussette", departement="29")
    await publishes(bilal)
    [letter] = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in mailbox.iterdir()]
    text = letter.get_content()
    for secret in ("poussette", "Brest", "Finistère", "29", "Bilal", "Anne"):
        link = text[text.index("/lien/") :] if "/lien/" in text else ""
        assert secret.lower() not in text.replace(link, "").lower() and secret.lower() not in letter["Subject"].lower()


async def test_a_digest_waits_for_its_morning_and_counts_what_came_meanwhile(anne, bilal):
    await keeps(anne, Pace.daily, q="poussette")
    for title in ("Poussette bleue", "Poussette rouge"):
        await match((await published(bilal, "classifieds", title=title)).id)
    await tell_all_due()
    assert await told(anne) == []
    await database.execute("UPDATE search_alert SET due_at = now() - interval '1 minute'")
    await tell_all_due()
    await tell_all_due()
    assert await told(anne) == [("« poussette »", 2)]


async def test_what_went_before_its_digest_is_passed_over(anne, bilal, emilie):
    await keeps(anne, Pace.weekly, q="poussette")
    for author in (bilal, bilal, emilie):
        await match((await published(author, "classifieds")).id)
    gone = await database.row("SELECT document FROM search_alert ORDER BY id LIMIT 1")
    await database.execute(f"UPDATE search_document SET {EMPTY} WHERE id = $1", gone["document"])
    await database.execute("INSERT INTO block (blocker, blocked, since) VALUES ($1, $2, now())", emilie.id, anne.id)
    await database.execute("UPDATE search_alert SET due_at = now() - interval '1 minute'")
    await tell_all_due()
    assert await told(anne) == [("« poussette »", 1)]
    assert await database.value("SELECT count(*) FROM search_alert WHERE told_at IS NULL") == 0


async def test_what_was_passed_over_is_told_once_it_is_back(anne, bilal):
    await keeps(anne, q="poussette")
    ad = await published(bilal, "classifieds")
    await match(ad.id)
    await database.execute("UPDATE member SET suspended_until = now() + interval '1 day' WHERE id = $1", bilal.id)
    await tell_all_due()
    assert await told(anne) == []
    await database.execute("UPDATE member SET suspended_until = NULL WHERE id = $1", bilal.id)
    assert await match(ad.id, datetime.now(UTC)) == 1
    await tell_all_due()
    assert await told(anne) == [("« poussette »", 1)]


@pytest.mark.parametrize("way", ["deleted", "paused"])
async def test_what_two_searches_found_is_told_by_the_one_that_is_left(anne, bilal, way):
    quick = await keeps(anne, Pace.daily, q="poussette")
    await keeps(anne, Pace.weekly, categorie="classifieds")
    await match((await published(bilal, "classifieds")).id)
    if way == "deleted":
        await delete(as_me(anne), quick)
    else:
        await change(as_me(anne), quick, Filters(q="poussette"), Pace.paused)
    assert await database.value("SELECT due_at FROM search_alert") == due(Pace.weekly, datetime.now(UTC))
    await database.execute("UPDATE search_alert SET due_at = now()")
    await tell_all_due()
    assert await told(anne) == [("Petites annonces", 1)]


async def test_a_slower_pace_does_not_slow_down_another_search(anne, bilal):
    one, _ = await keeps(anne, Pace.daily, q="poussette"), await keeps(anne, Pace.daily, categorie="classifieds")
    await match((await published(bilal, "classifieds")).id)
    await change(as_me(anne), one, Filters(q="poussette"), Pace.weekly)
    assert await database.value("SELECT due_at FROM search_alert") == due(Pace.daily, datetime.now(UTC))


async def test_a_suspended_member_hears_of_it_once_they_are_back(anne, bilal):
    await keeps(anne, q="poussette")
    await match((await published(bilal, "classifieds")).id)
    await database.execute("UPDATE member SET suspended_until = now() + interval '1 day' WHERE id = $1", anne.id)
    await tell_all_due()
    assert await told(anne) == []
    await database.execute("UPDATE member SET suspended_until = NULL WHERE id = $1", anne.id)
    await tell_all_due()
    assert await told(anne) == [("« poussette »", 1)]


async def test_a_search_that_cannot_be_derived_keeps_nobody_from_hearing(anne, bilal, monkeypatch):
    await keeps(anne, q="poussette")
    await match((await published(bilal, "classifieds")).id)
    await database.execute("UPDATE saved_search SET derived_with = ''")
    monkeypatch.setattr(deriving, "criteria", None)
    with pytest.raises(SweepIncomplete):
        await deriving.derive_outdated()
    await tell_all_due_every_five_minutes.func(timestamp=0)
    assert await told(anne) == [("« poussette »", 1)]


async def test_two_searches_are_two_lines(anne, bilal):
    await keeps(anne, q="poussette")
    await keeps(anne, categorie="rides")
    await match((await published(bilal, "classifieds")).id)
    await match((await published(bilal, "rides")).id)
    await tell_all_due()
    assert await told(anne) == [("Covoiturage", 1), ("« poussette »", 1)]


@pytest.mark.parametrize(
    ("pace", "found", "told_at"),
    [
        (Pace.daily, datetime(2026, 11, 20, 6, 0, tzinfo=PARIS), datetime(2026, 11, 20, 7, 30, tzinfo=PARIS)),
        (Pace.daily, datetime(2026, 11, 20, 7, 30, tzinfo=PARIS), datetime(2026, 11, 21, 7, 30, tzinfo=PARIS)),
        (Pace.daily, datetime(2026, 3, 28, 9, 0, tzinfo=PARIS), datetime(2026, 3, 29, 7, 30, tzinfo=PARIS)),
        (Pace.weekly, datetime(2026, 11, 20, 6, 0, tzinfo=PARIS), datetime(2026, 11, 23, 7, 30, tzinfo=PARIS)),
        (Pace.weekly, datetime(2026, 11, 23, 6, 0, tzinfo=PARIS), datetime(2026, 11, 23, 7, 30, tzinfo=PARIS)),
        (Pace.weekly, datetime(2026, 11, 23, 8, 0, tzinfo=PARIS), datetime(2026, 11, 30, 7, 30, tzinfo=PARIS)),
        (Pace.weekly, datetime(2026, 10, 20, 8, 0, tzinfo=PARIS), datetime(2026, 10, 26, 7, 30, tzinfo=PARIS)),
        (Pace.paused, datetime(2026, 11, 23, 8, 0, tzinfo=PARIS), None),
    ],
)
async def test_digests_come_in_the_morning_of_paris_also_when_the_clocks_change(pace, found, told_at):
    assert due(pace, found.astimezone(UTC)) == told_at


async def test_a_month_without_anything_is_told_once(browser, anne, bilal):
    search = await keeps(anne, q="poussette", rayon=10)
    await propose_wider()
    assert await database.value("SELECT count(*) FROM notification") == 0
    await database.execute("UPDATE saved_search SET changed_at = now() - interval '31 days'")
    for _ in range(2):
        await propose_wider()
    assert await database.value("SELECT times FROM notification WHERE topic = 'search_dry'") == 1
    await browser.sign_in(anne)
    assert "Chercher plus large" in (await browser.get("/moi/recherches")).text
    page = await browser.get(f"/moi/recherches/{search}")
    assert "Rien depuis un mois" in words(page) and "Jusqu’à 25 km" in words(page)
    page = await browser.submit(f"/moi/recherches/{search}", **pressing(page, "Jusqu’à 25 km"))
    assert "À moins de 25 km" in words(page)
    assert "rayon=10" in await database.value("SELECT asked FROM saved_search")  # until it is saved
    criteria = re.findall(r'name="criteria"[^>]* value="([^"]*)" checked', page.text)
    await browser.submit(f"/moi/recherches/{search}", criteria=criteria, q="poussette", pace="at_once")
    assert "rayon=25" in await database.value("SELECT asked FROM saved_search")
    assert await database.value("SELECT kms FROM saved_search") == [25.0]
    assert "Chercher plus large" not in (await browser.get("/moi/recherches")).text


def pressing(page, button, **typed):
    """What a browser would send for one of the wider searches, its fields as they are but for what was typed."""
    value = re.search(rf'name="wider" value="([^"]*)"[^>]*>{button}<', page.text)
    assert value
    criteria = re.findall(r'name="criteria"[^>]* value="([^"]*)" checked', page.text)
    q = re.search(r'name="q"[^>]* value="([^"]*)"', page.text)
    asked = {"criteria": criteria, "q": q[1] if q else "", "pace": "at_once", "wider": value[1], **typed}
    return {name: [*map(unescape, one)] if isinstance(one, list) else unescape(one) for name, one in asked.items()}


async def test_a_wider_search_keeps_what_was_typed_and_unticked(browser, anne):
    asked = {"q": "poussette", "rayon": 10, "categorie": "classifieds", "photos": "oui"}
    address = f"/moi/recherches/{await keeps(anne, **asked)}"
    await database.execute("UPDATE saved_search SET changed_at = now() - interval '31 days'")
    await browser.sign_in(anne)
    page = await browser.get(address)
    ticked = [one for one in pressing(page, "Jusqu’à 25 km")["criteria"] if "photos" not in one]

    further = await browser.submit(
        address, **pressing(page, "Jusqu’à 25 km", q="landau double", criteria=ticked, pace="weekly")
    )
    assert further.status_code == 200
    assert re.search(r'name="q"[^>]* value="landau double"', further.text)
    assert re.search(r'value="weekly" checked', further.text)
    assert "À moins de 25 km" in words(further) and "Petites annonces" in words(further)
    assert "Avec photo" not in words(further)

    anything = await browser.submit(address, **pressing(page, "Sans « poussette »", q="landau"))
    assert not re.search(r'name="q"[^>]* value="[^"]', anything.text)
    assert "À moins de 10 km" in words(anything)
    anywhere = await browser.submit(address, **pressing(page, "Sans limite de distance"))
    assert "km" not in words(anywhere).split("Critères")[1].split("Quand vous prévenir")[0]
    assert (
        await database.value("SELECT asked FROM saved_search")
        == "q=poussette&categorie=classifieds&rayon=10&photos=oui"
    )


async def test_a_search_that_finds_what_another_has_told_is_not_dry(anne, bilal):
    await keeps(anne, q="poussette")
    await keeps(anne, categorie="classifieds")
    await match((await published(bilal, "classifieds")).id)
    await database.execute("UPDATE saved_search SET changed_at = now() - interval '31 days'")
    await propose_wider()
    assert await database.value("SELECT count(*) FROM notification") == 0


async def test_what_was_found_long_ago_and_searches_long_over_are_forgotten(anne, bilal):
    await keeps(anne, q="poussette")
    over = await keeps(anne, q="garde", categorie="childcare", au=str(in_days(2)))
    await match((await published(bilal, "classifieds")).id)
    await forget_old_alerts()
    assert await database.value("SELECT count(*) FROM search_alert") == 1
    await tell_about(over, anne)
    await database.execute("UPDATE search_alert SET found_at = now() - interval '91 days'")
    await database.execute("UPDATE saved_search SET on_or_before = $2 WHERE id = $1", over, in_days(-31))
    await forget_old_alerts()
    assert await database.value("SELECT count(*) FROM search_alert") == 0
    assert await database.value("SELECT count(*) FROM saved_search") == 1
    assert await told(anne) == []  # a line that would lead nowhere


async def test_a_deleted_search_leaves_no_line_that_leads_nowhere(anne, bilal):
    search, other = await keeps(anne, q="poussette"), await keeps(anne, categorie="rides")
    for one in (search, other):
        await tell_about(one, anne)
    await delete(as_me(bilal), search)
    assert len(await told(anne)) == 2
    await delete(as_me(anne), search)
    assert await told(anne) == [(str(other), 1)]


async def test_all_of_it_goes_with_the_member(anne, bilal):
    await keeps(anne, q="poussette")
    await match((await published(bilal, "classifieds")).id)
    await database.execute("DELETE FROM member WHERE id = $1", anne.id)
    assert await database.value("SELECT count(*) FROM saved_search") == 0
    assert await database.value("SELECT count(*) FROM search_alert") == 0
