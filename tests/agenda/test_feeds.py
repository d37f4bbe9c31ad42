"""Private addresses: what they say, to whom, and how they stop."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import icalendar
import pytest

from agenda.access import OFTEN
from agenda.addresses import Feed, address_of
from agenda.ads_feed import _newest
from app import database
from app.dates import now, today
from app.signing import signed
from listings.reading.filters import Filters
from members.blocking import block
from members.tables import Member
from tests.helpers.ads import closed, published
from tests.helpers.agreed import agreed, this_day
from tests.helpers.browser import words
from tests.helpers.budget import Asked
from tests.helpers.cases import audited

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://site.test"


def path_of(member: Member, what: Feed = Feed.agenda, version: int = 1, **narrowed: str) -> str:
    return address_of(member.id, version, what, **narrowed).removeprefix(SITE)


def events(answer) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


def parsed(answer) -> ElementTree.Element:
    return ElementTree.fromstring(answer.content)  # noqa: S314 - the site's own


def titles(answer) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in parsed(answer).iter(f"{ATOM}entry")]


async def test_a_program_without_a_cookie_reads_the_agenda(browser, anne, bilal):
    made = await agreed(anne, bilal, this_day(2), this_day(80))
    answer = await browser.get(path_of(bilal))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "set-cookie" not in answer.headers
    assert [event["DTSTART"].dt.date() for event in events(answer)] == [this_day(2), this_day(80)]
    assert events(answer)[0]["URL"].endswith(f"/annonces/{made.ad.id}")


async def test_it_goes_30_days_back_and_90_ahead(browser, anne, bilal):
    days = [today() + timedelta(days=n) for n in (-31, -30, 90, 91)]
    made = await agreed(anne, bilal, *days)
    await database.execute("UPDATE commitment SET since = since - 60 WHERE listing = $1", made.ad.id)
    assert [event["DTSTART"].dt.date() for event in events(await browser.get(path_of(anne)))] == days[1:3]


async def test_it_names_nobody_and_tells_nothing_of_an_absence(browser, anne, bilal):
    await agreed(anne, bilal, this_day(2), title="Nourrir notre chat pendant notre absence", category="pet_care")
    body = (await browser.get(path_of(anne))).text
    assert not [word for word in ("Anne", "Bilal", "chat", "absence") if word in body]
    assert "Entraide : garde d’animaux" in body


async def test_what_is_known_already_is_not_sent_again(browser, anne, bilal):
    made = await agreed(anne, bilal, this_day(2))
    for path in (path_of(anne), path_of(anne, Feed.ads)):
        tag = (await browser.get(path)).headers["etag"]
        for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = await browser.get(path, headers={"if-none-match": known})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    await database.execute("UPDATE commitment SET ended_at = now() WHERE id = $1", made.commitments[0])
    await closed(anne, "rides")
    await published(bilal, "rides")
    for path in (path_of(anne), path_of(anne, Feed.ads)):
        assert (await browser.get(path, headers={"if-none-match": tag})).status_code == 200


async def test_head_says_the_same_without_a_body(browser, anne):
    for path in (path_of(anne), path_of(anne, Feed.ads)):
        got, head = await browser.get(path), await browser.head(path)
        assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", got.headers["etag"])


async def test_renewing_stops_every_address_of_before(browser, anne, bilal):
    old = [path_of(anne), path_of(anne, Feed.ads)]
    await browser.sign_in(anne)
    page = await browser.follow(await browser.submit("/moi/flux/renouvellement"))
    assert "Les anciennes ne fonctionnent plus" in words(page)
    assert [(await browser.get(path)).status_code for path in old] == [404, 404]
    new = re.findall(r'<input class="input address"[^>]*value="([^"]+)"', page.text)
    assert len(new) == 2
    assert [(await browser.get(unescape(one).removeprefix(SITE))).status_code for one in new] == [200, 200]
    assert (await browser.get(path_of(bilal))).status_code == 200
    assert await audited(anne.id) == ["feeds.renewed"]


async def test_an_address_opens_one_feed_only(browser, anne):
    token = path_of(anne).split("/")[2]
    assert (await browser.get(f"/flux/{token}/agenda.ics")).status_code == 200
    assert (await browser.get(f"/flux/{token}/annonces.atom")).status_code == 404


async def test_a_token_nobody_signed_is_not_there(browser, anne, bilal):
    token = path_of(anne).split("/")[2]
    other = path_of(bilal).split("/")[2]
    forged = [
        token[:-1],
        token[1:],
        token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1],  # the very last one has bits that say nothing
        token.upper(),
        f"{other.rsplit('.', 1)[0]}.{token.rsplit('.', 1)[1]}",
        signed("feed", [anne.id.hex, 1]),
        signed("life.reminder", [anne.id.hex, 1]),
        path_of(anne, version=2).split("/")[2],
        path_of(anne, version=0).split("/")[2],
        token * 9,
        quote("é" + token[1:]),
        quote("🗝️"),
        "%00",
        "..",
        ".",
        " ",
    ]
    for one in forged:
        for name in ("agenda.ics", "annonces.atom"):
            answer = await browser.get(f"/flux/{one}/{name}")
            assert answer.status_code == 404, one
            assert "Anne" not in answer.text


async def test_a_forged_token_costs_no_query(browser):
    with Asked() as asked:
        assert (await browser.get("/flux/forged.token/agenda.ics")).status_code == 404
    assert asked.queries == 0


async def test_a_member_not_confirmed_has_no_feed(browser, anne):
    await database.execute("UPDATE member SET confirmed_at = NULL WHERE id = $1", anne.id)
    assert (await browser.get(path_of(anne))).status_code == 404


async def test_whoever_asks_all_the_time_waits(browser, anne, bilal):
    for _ in range(OFTEN):
        assert (await browser.get(path_of(anne), headers={"if-none-match": "*"})).status_code == 304
    assert (await browser.get(path_of(anne))).status_code == 429
    assert (await browser.get(path_of(anne, Feed.ads))).status_code == 200
    assert (await browser.get(path_of(bilal))).status_code == 200


async def test_a_blocked_person_is_in_no_feed(browser, anne, bilal):
    await agreed(anne, bilal, this_day(2))
    await published(bilal, title="Nos vélos à prêter", category="helping_hand")
    await block(anne.id, bilal.id)
    assert events(await browser.get(path_of(anne))) == events(await browser.get(path_of(bilal))) == []
    assert "Nos vélos à prêter" not in titles(await browser.get(path_of(anne, Feed.ads)))


async def test_the_newest_30_ads_that_are_online(browser, anne, emilie):
    for number in range(32):
        await published(anne, title=f"Annonce {number}", published_at=now() - timedelta(minutes=number))
    await closed(anne, title="Terminée")
    found = titles(await browser.get(path_of(emilie, Feed.ads)))
    assert found == [f"Annonce {number}" for number in range(30)]


async def test_a_feed_is_narrowed_by_category_and_department(browser, anne, emilie):
    await published(anne, "rides", title="Vers Quimper")
    await published(anne, "childcare", title="Mercredi")
    await published(anne, "rides", title="Vers Nantes", commune="44109")

    async def read(**narrowed: str) -> list[str]:
        return sorted(titles(await browser.get(path_of(emilie, Feed.ads, **narrowed))))

    assert await read(categorie="rides") == ["Vers Nantes", "Vers Quimper"]
    assert await read(departement="29") == ["Mercredi", "Vers Quimper"]
    assert await read(categorie="rides", departement="44") == ["Vers Nantes"]
    assert len(await read(categorie="<weapons>", departement="999")) == 3


async def test_the_feed_is_valid_atom_and_names_nobody(browser, anne, emilie):
    title = 'Canapé <b>gratuit</b> & "presque" neuf \x0b\x08 ]]> l’été'
    ad = await published(anne, "classifieds", title=title, body="À prendre chez Anne, 3e étage")
    path = path_of(emilie, Feed.ads, categorie="classifieds")
    answer = await browser.get(path)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = parsed(answer)
    assert feed.tag == f"{ATOM}feed"
    for needed in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{needed}")
    assert feed.findtext(f"{ATOM}id").startswith("urn:uuid:")
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Entraide"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": SITE + path, "alternate": f"{SITE}/annonces?categorie=classifieds"}
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{ad.id}"
    assert entry.findtext(f"{ATOM}title").startswith('Canapé <b>gratuit</b> & "presque" neuf')
    assert entry.findtext(f"{ATOM}summary") == "Offre · Petites annonces · À donner · Brest (29)"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+]00:00", entry.findtext(f"{ATOM}updated"))
    assert entry.find(f"{ATOM}link").get("href") == f"{SITE}/annonces/{ad.id}"
    assert "Anne" not in answer.text and "étage" not in answer.text


async def test_an_empty_feed_is_a_feed(browser, emilie):
    answer = await browser.get(path_of(emilie, Feed.ads))
    assert titles(answer) == [] and parsed(answer).findtext(f"{ATOM}updated")


@pytest.mark.parametrize("what", list(Feed))
async def test_a_feed_costs_three_queries(browser, anne, bilal, what):
    await agreed(anne, bilal, this_day(2))
    await browser.get(path_of(anne, what))
    with Asked() as asked:
        await browser.get(path_of(anne, what))
    assert asked.queries <= 3, asked.queries


async def test_the_newest_ads_are_read_from_an_index(anne):
    for commune in ("29019", *20 * ("44109",)):
        await published(anne, commune=commune)
    await database.execute("ANALYZE listing")  # else the plan is for whatever the tests before left
    asked: list[str] = []
    real = database.rows
    try:
        database.rows = lambda sql, *given: _keep(asked, real, sql, *given)
        await _newest((), Filters(departement="29"))
    finally:
        database.rows = real
    await database.execute("SET LOCAL enable_seqscan = off")
    await database.execute("SET LOCAL enable_bitmapscan = off")
    await database.execute("SET LOCAL enable_sort = off")
    plan = " ".join(row[0] for row in await database.rows(f"EXPLAIN {asked[0]}", [], "29"))
    assert "listing_newest_of_department" in plan and "Sort" not in plan


async def _keep(asked: list[str], real, sql: str, *given):
    asked.append(sql)
    return await real(sql, *given)


async def test_the_page_shows_both_addresses_what_they_tell_and_how_to_stop_them(browser, anne):
    await browser.sign_in(anne)
    page = await browser.get("/moi/flux")
    for address in (SITE + path_of(anne), SITE + path_of(anne, Feed.ads)):
        assert f'value="{address}"' in page.text
    assert 'href="webcal://site.test/flux/' in page.text
    said = words(page)
    assert "Jamais le nom de quelqu’un" in said and "Remplacer mes adresses" in said and "sans mot de passe" in said


async def test_the_page_prepares_the_address_of_one_list(browser, anne):
    await browser.sign_in(anne)
    page = await browser.get("/moi/flux?categorie=rides&departement=29")
    assert "Covoiturage, Finistère (29)" in words(page)
    (address,) = re.findall(r'id="ads-address" type="url" value="([^"]+)"', page.text)
    assert urlsplit(unescape(address)).query == "categorie=rides&departement=29"


async def test_only_oneself_renews_ones_addresses(browser, anne):
    assert (await browser.submit("/moi/flux/renouvellement")).headers["location"].startswith("/connexion")
    assert (await browser.get("/moi/flux")).headers["location"].startswith("/connexion")
    await browser.sign_in(anne)
    assert (await browser.post("/moi/flux/renouvellement")).status_code == 403
    assert (await browser.get(path_of(anne))).status_code == 200


async def test_a_list_leads_to_the_address_that_follows_it(browser, anne):
    await published(anne, "rides")
    await browser.sign_in(anne)
    page = await browser.get("/annonces?categorie=rides&departement=29")
    (address,) = re.findall(r'href="(/moi/flux\?[^"]+)"', page.text)
    followed = await browser.get(unescape(address))
    assert "Covoiturage, Finistère (29)" in words(followed)
