"""What waits for a member: the right lines, in the right order, each leading where it is done."""

import re
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest

from agenda.waited_for import EVERYTHING
from agenda.waiting import what_waits
from app import database
from app.dates import now
from exchanges.swaps.answering import accept
from members.blocking import block
from members.sessions import _resume, cookie_name
from members.tables import Member
from tests.helpers.ads import closed, draft, pending, published
from tests.helpers.agreed import agreed, this_day
from tests.helpers.browser import words
from tests.helpers.budget import Asked
from tests.helpers.cases import case_of, take_and_decide
from tests.helpers.roofs import some_calls
from tests.helpers.rotas import releases
from tests.helpers.swaps import host, proposed
from tests.helpers.talks import answered
from thanks.opening import TO_WRITE


async def answers(listing: UUID, helper: Member, state: str = "waiting", *, hours: int = 30) -> UUID:
    """The conversation of an answer in this state, however the helper came to it."""
    talk = await answered(listing, helper.id)
    waits = state in ("listed", "asked")
    await database.execute(
        "INSERT INTO answer (listing, helper, conversation, slots, commune, state, turn, asked_until, answered_at)"
        " VALUES ($1, $2, $3, '{}', '29232', $4, $5, $6, now())"
        " ON CONFLICT (listing, helper) DO UPDATE SET state = $4, turn = $5, asked_until = $6",
        listing,
        helper.id,
        talk,
        state,
        1 if waits else None,
        now() + timedelta(hours=hours) if state == "asked" else None,
    )
    return talk


async def called(release: UUID, member: Member, *, hours: int = 5, said: str | None = None) -> None:
    await database.execute(
        "INSERT INTO slot_call (release, member, circle, asked_at, until, said)"
        " VALUES ($1, $2, 'wider', now(), $3, $4)",
        release,
        member.id,
        now() + timedelta(hours=hours),
        said,
    )


async def ends_in(listing: UUID, days: int) -> None:
    """It was published so long ago that its 60 days end then."""
    await database.execute(
        "UPDATE listing SET expires_at = $2, published_at = $3 WHERE id = $1",
        listing,
        now() + timedelta(days=days),
        now() + timedelta(days=days - 60),
    )


async def lines(browser, member: Member) -> list[tuple[str, str]]:
    """What the page of the member's space says waits, with its address."""
    page = (await (await browser.sign_in(member)).get("/mon-espace")).text
    return [
        (unescape(said), unescape(url))
        for said, url in re.findall(
            r'class="wait-said">(.*?)</h3>.*?<a class="button[^"]*" href="([^"]+)"', page, re.DOTALL
        )
    ]


async def test_when_nothing_waits_the_page_says_so_and_proposes_a_next_step(browser, anne):
    page = await (await browser.sign_in(anne)).get("/mon-espace")
    assert "Vous êtes à jour, Anne" in words(page)
    assert 'href="/annonces?departement=29"' in page.text


async def test_a_place_offered_comes_first_and_leads_to_the_conversation(browser, anne, bilal):
    ad = await published(anne, title="Garde du mercredi")
    talk = await answers(ad.id, bilal, "asked")
    await draft(bilal)
    first, second = (await lines(browser, bilal))[:2]
    assert first == ("Une place vous est proposée", f"/messages/{talk}")
    assert second[0] == "Un brouillon à finir"


@pytest.mark.parametrize("state", ["waiting", "listed", "chosen", "declined", "withdrawn"])
async def test_an_answer_that_was_offered_nothing_asks_nothing(browser, anne, bilal, state):
    ad = await published(anne)
    await answers(ad.id, bilal, state)
    assert await lines(browser, bilal) == []


async def test_an_offer_past_its_hour_or_of_an_ended_ad_asks_nothing(browser, anne, bilal):
    ad = await published(anne)
    await answers(ad.id, bilal, "asked", hours=-1)
    assert await lines(browser, bilal) == []
    await answers(ad.id, bilal, "asked")
    await database.execute("UPDATE listing SET status = 'closed', outcome = 'withdrawn', closed_at = now()")
    assert await lines(browser, bilal) == []


async def test_a_day_to_cover_says_the_day_and_leads_to_its_question(browser, anne, bilal, farid):
    made = await agreed(anne, bilal, this_day(2))
    release = await releases(made.commitments[0], this_day(2))
    await called(release, farid)
    ((said, url),) = await lines(browser, farid)
    assert said.startswith("Pouvez-vous venir ") and said.endswith("?") and url == f"/creneaux/{release}"
    assert (await browser.get(url)).status_code == 200
    await database.execute("UPDATE slot_call SET said = 'no'")
    assert await lines(browser, farid) == []


async def test_a_day_somebody_took_meanwhile_is_asked_of_nobody(browser, anne, bilal, farid, emilie):
    made = await agreed(anne, bilal, this_day(2))
    await called(await releases(made.commitments[0], this_day(2), covered_by=emilie), farid)
    assert await lines(browser, farid) == []


async def test_of_two_urgent_things_the_one_that_ends_first_stands_first(browser, anne, bilal, farid):
    made = await agreed(anne, bilal, this_day(2))
    await called(await releases(made.commitments[0], this_day(2)), farid, hours=20)
    ad = await published(anne, "rides")
    await answers(ad.id, farid, "asked", hours=3)
    assert [said[:9] for said, _ in await lines(browser, farid)] == ["Une place", "Pouvez-vo"]
    await answers(ad.id, farid, "asked", hours=40)
    assert [said[:9] for said, _ in await lines(browser, farid)] == ["Pouvez-vo", "Une place"]


async def test_answers_are_counted_by_ad_and_lead_to_the_board(browser, anne, bilal, emilie, farid):
    ad, other = await published(anne, title="Garde du mercredi"), await published(anne, "rides")
    for helper in (bilal, emilie):
        await answers(ad.id, helper)
    await answers(other.id, farid)
    await answers(other.id, bilal, "declined")
    await database.execute("UPDATE reading SET unread = 0")
    assert sorted(await lines(browser, anne)) == sorted(
        [
            ("2 réponses attendent votre choix", f"/annonces/{ad.id}/candidatures"),
            ("Une réponse attend votre choix", f"/annonces/{other.id}/candidatures"),
        ]
    )


async def test_an_ad_sent_back_is_to_correct_and_is_no_draft_left(browser, another_browser, anne, chloe):
    ad = await pending(anne, title="Garde du mercredi")
    case = await case_of(ad.id)
    await take_and_decide(await another_browser.sign_in(chloe), case["id"], "ask_changes")
    assert await lines(browser, anne) == [("Votre annonce est à corriger", f"/annonces/{ad.id}/brouillon")]


async def test_an_ad_that_ends_within_a_week_leads_to_where_it_is_prolonged(browser, anne):
    ad, later = await published(anne), await published(anne, "rides")
    await ends_in(ad.id, 5)
    await ends_in(later.id, 9)
    ((said, url),) = await lines(browser, anne)
    assert (said, url) == ("Votre annonce se termine bientôt", f"/mes-annonces#annonce-{ad.id}")
    page = await browser.get("/mes-annonces")
    assert f'id="annonce-{ad.id}"' in page.text
    assert f'action="/annonces/{ad.id}/prolongation"' in page.text
    assert f'action="/annonces/{later.id}/prolongation"' not in page.text


async def test_an_ad_for_a_day_of_this_week_is_not_to_be_prolonged(browser, anne, bilal):
    await agreed(anne, bilal, this_day(3))
    await published(anne, wanted_by=this_day(4))
    assert await lines(browser, anne) == []


async def test_a_word_of_thanks_is_to_write_until_it_is_written(browser, anne, bilal):
    ad = await closed(anne, title="Garde du mercredi")
    given = await database.value(
        "INSERT INTO help (listing, helper, helped, about, is_service, at)"
        " VALUES ($1, $2, $3, 'Garde du mercredi', TRUE, now()) RETURNING id",
        ad.id,
        bilal.id,
        anne.id,
    )
    for member, other in ((anne, "Bilal"), (bilal, "Anne")):
        ((said, url),) = await lines(browser, member)
        assert said == f"Un mot pour {other}\u202f?" and url == f"/mercis/ecrire/{given}"
        assert (await browser.get(url)).status_code == 200
    await database.execute("UPDATE help SET at = now() - interval '15 days'")
    assert await lines(browser, anne) == []


async def test_a_settled_ad_still_asks_who_helped(browser, anne, bilal):
    ad = await published(anne, title="Garde du mercredi")
    await answered(ad.id, bilal.id)
    await database.execute("UPDATE listing SET status = 'closed', outcome = 'fulfilled', closed_at = now()")
    await database.execute("UPDATE reading SET unread = 0")
    ((said, url),) = await lines(browser, anne)
    assert said == "Qui était de l’échange\u202f?" and url == f"/annonces/{ad.id}/aide"


async def test_unread_messages_and_drafts_come_last(browser, anne, bilal):
    ad = await published(anne)
    await answered(ad.id, bilal.id)
    await database.execute("DELETE FROM answer")
    left = await draft(anne, "rides", title="Covoiturage")
    assert await lines(browser, anne) == [
        ("Un message non lu", "/messages"),
        ("Un brouillon à finir", f"/annonces/{left.id}/brouillon"),
    ]
    await draft(anne, "tips")
    assert (await lines(browser, anne))[1] == (
        "2 brouillons à finir",
        "/mon-espace?annonces=brouillons#annonces",
    )


async def test_whoever_is_blocked_waits_for_nothing(browser, anne, bilal, farid):
    ad = await published(anne)
    await answers(ad.id, bilal)
    await answers((await published(bilal, "rides")).id, anne, "asked")
    made = await agreed(farid, bilal, this_day(2))
    await called(await releases(made.commitments[0], this_day(2)), anne)
    await block(anne.id, bilal.id)
    assert await lines(browser, anne) == []


async def test_the_first_lines_are_those_of_the_most_urgent_and_the_others_are_counted(browser, anne, bilal):
    for category in ("childcare", "rides", "pet_care", "helping_hand"):
        await answers((await published(anne, category)).id, bilal)
    await browser.sign_in(anne)
    me = await _me(browser, anne)
    with Asked() as asked:
        waiting = await what_waits(me, most=3)
    assert asked.queries == 1
    assert [line.kind for line in waiting.lines] == ["answers"] * 3
    assert waiting.more == 2  # the fourth ad, and the unread messages


async def _me(browser, member: Member):
    found = await _resume(browser.cookies[cookie_name()])
    assert found is not None and found.id == member.id
    return found


async def test_words_of_others_are_escaped(browser, anne, bilal):
    ad = await published(anne, title="<script>alert(1)</script>")
    await answers(ad.id, bilal, "asked")
    page = (await (await browser.sign_in(bilal)).get("/mon-espace")).text
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


async def test_the_home_page_shows_the_first_three_and_the_way_to_the_others(browser, anne, bilal):
    await browser.sign_in(anne)
    assert "Ce qui vous attend" not in words(await browser.get("/"))
    for category in ("childcare", "rides", "pet_care", "helping_hand"):
        await answers((await published(anne, category)).id, bilal)
    home = await browser.get("/")
    assert home.text.count('class="wait-said"') == 3 and "Voir les 2 autres" in words(home)
    assert 'href="/mon-espace">Voir' in home.text


async def test_what_waits_is_found_by_indexes(anne):
    await database.execute("SET LOCAL enable_seqscan = off")
    plan = [row[0] for row in await database.rows(f"EXPLAIN {EVERYTHING}", anne.id, [], TO_WRITE)]
    assert not [line for line in plan if "Seq Scan" in line]


async def test_until_when_is_said_everywhere_on_the_clock_of_the_ad(browser, another_browser, anne, bilal):
    ad = (await published(anne, commune="97411")).id
    talk = await answers(ad, bilal, "asked")
    await database.execute("UPDATE answer SET asked_until = '2030-03-05 18:30:00+00'")
    author, helper = await browser.sign_in(anne), await another_browser.sign_in(bilal)
    for reader, path in (
        (helper, "/mon-espace"),
        (helper, f"/annonces/{ad}"),
        (helper, f"/messages/{talk}"),
        (author, f"/messages/{talk}"),
        (author, f"/annonces/{ad}/candidatures"),
    ):
        assert "mardi 5 mars 2030, 22 h 30" in words(await reader.get(path)), path


async def test_an_exchange_to_answer_and_days_to_agree_on_are_among_what_waits(browser, anne, bilal):
    swap = await proposed(await host(anne, 6), await host(bilal, 6, commune="83137"))
    said = "Un échange de logements attend votre oui ou votre non"
    assert (said, f"/echanges/{swap}") in await lines(browser, anne)
    await accept(swap, anne.id)
    assert said not in [line for line, _ in await lines(browser, anne)]
    await accept(swap, bilal.id)
    days = ("Les jours d’un échange attendent votre accord", f"/echanges/{swap}")
    assert days in await lines(browser, anne) and days in await lines(browser, bilal)


async def test_who_is_asked_last_finds_nothing_that_waits(browser, anne, bilal):
    swap = await proposed(await host(anne, 6), await host(bilal, 6, commune="83137"))
    before = await lines(browser, bilal)
    await database.execute("UPDATE swap_party SET asked_last = TRUE WHERE swap = $1 AND member = $2", swap, bilal.id)
    assert len(await lines(browser, bilal)) == len(before) - 1


async def test_a_roof_somebody_needs_waits_until_it_is_answered(browser, anne, bilal):
    call = (await some_calls(anne, bilal))["asked_call"]
    line = ("Un foyer se retrouve sans toit : pouvez-vous l’accueillir ?", f"/accueils/{call}")
    found = [(said.replace("\u202f", " "), url) for said, url in await lines(browser, anne)]
    assert (line[0].replace("\u202f", " "), line[1]) in found
    await browser.submit(f"/accueils/{call}/non")
    assert line[1] not in [url for _, url in await lines(browser, anne)]
