"""The page where a member sees where their exchanges stand: what is missing, one step after the other."""

import pytest

from app import database
from exchanges.kinds import Way
from tests.helpers.browser import words
from tests.helpers.homes import a_home, home_draft, waiting_home
from tests.helpers.jobs import run_jobs
from tests.helpers.planning import exchanges, saturday

HUB = "/moi/echanges"
READY = "Tout est prêt"


async def says(browser) -> str:
    return words(await browser.get(HUB))


async def test_it_leads_from_step_to_step_until_all_is_ready(browser, anne):
    await browser.sign_in(anne)
    assert "Décrivez le logement que vous prêtez" in await says(browser)

    await a_home(anne, title="Maison près du port")
    said = await says(browser)
    assert "Maison près du port" in said and "Publié" in said
    assert "Cochez les semaines où votre logement est libre" in said

    await browser.submit(
        f"{HUB}/calendrier",
        home=[saturday(4), saturday(5)],
        away=[saturday(4), saturday(5)],
        least_weeks="2",
        most_weeks="3",
        do="save",
    )
    said = await says(browser)
    assert "Logement libre : 2 semaines ; départ possible : 2 semaines" in said.replace("\u00a0", " ")
    assert "2 à 3 semaines" in said
    assert "Dites où vous aimeriez aller" in said and READY not in said

    await browser.submit(f"{HUB}/souhaits", party_size="3", wish=["region:53::sea"], version="2", do="save")
    said = await says(browser)
    assert "3 personnes" in said and "Bretagne, à la mer" in said
    assert READY in said and "prochaine étape" not in said


@pytest.mark.parametrize(
    ("make", "said"),
    [(home_draft, "Un brouillon à finir"), (waiting_home, "En relecture : nous cherchons dès qu’il est publié")],
)
async def test_a_home_that_is_not_online_is_what_is_missing(make, said, browser, anne):
    await make(anne)
    await exchanges(anne, both=[saturday(4)])
    await browser.sign_in(anne)
    assert said in (await says(browser)).replace("\u00a0", " ")
    assert READY not in await says(browser)


async def test_while_a_home_is_read_the_next_step_is_what_its_member_can_do(browser, anne):
    await waiting_home(anne)
    await browser.sign_in(anne)
    assert "Votre prochaine étape Cochez les semaines" in await says(browser)

    await exchanges(anne, both=[saturday(4)])
    said = await says(browser)
    assert "Plus qu’à attendre En relecture" in said and "prochaine étape" not in said


async def test_who_only_wants_to_be_hosted_needs_no_home(browser, anne):
    await exchanges(anne, away=[saturday(4)], ways=[Way.hosted.value])
    await browser.sign_in(anne)
    said = await says(browser)
    assert "Vous pouvez être accueilli sans en proposer" in said and READY in said


async def test_who_only_hosts_needs_no_wish(browser, anne):
    await a_home(anne)
    await exchanges(anne, home=[saturday(4)], wishes=(), ways=[Way.hosting.value])
    await browser.sign_in(anne)
    assert READY in await says(browser)


@pytest.mark.parametrize(
    ("said", "is_enough"),
    [
        ({"both": (3, 4), "least_weeks": 2}, True),
        ({"both": (3, 5), "least_weeks": 2}, False),
        ({"home": (3,), "away": (9,)}, False),
        ({"home": (3,), "away": (9,), "ways": ["other_weeks"]}, True),
        ({"home": (3,), "away": (4,), "give_or_take": 1}, True),
        ({"home": (3,)}, False),
        ({"away": (3,), "ways": ["hosted"]}, True),
    ],
)
async def test_weeks_that_can_lead_to_nothing_are_said_to(said, is_enough, browser, anne):
    await a_home(anne)
    weeks = {name: [saturday(n) for n in said[name]] for name in ("both", "home", "away") if name in said}
    others = {name: value for name, value in said.items() if name not in weeks}
    await exchanges(anne, **weeks, **{"most_weeks": 3, **others})
    await browser.sign_in(anne)
    assert ("Il faut" not in await says(browser)) == is_enough
    assert (READY in await says(browser)) == is_enough


async def test_a_pause_is_said_before_anything_else(browser, anne):
    await a_home(anne)
    await exchanges(anne, both=[saturday(4)])
    await browser.sign_in(anne)
    page = await browser.follow(await browser.submit(f"{HUB}/pause"))
    assert "En pause" in words(page) and READY not in words(page)
    assert "/moi/echanges/reprise" in page.text and "/moi/echanges/pause" not in page.text


async def test_proposals_are_listed_with_what_waits(browser, anne, bilal):
    exchanger, other = await exchanges(anne, both=[saturday(4)]), await exchanges(bilal, both=[saturday(4)])
    assert exchanger != other
    swap = await database.value(
        "INSERT INTO swap (form, origin, state, proposed_at, answer_by, version, score)"
        " VALUES ('pair', 'matched', 'proposed', now(), now() + interval '4 days', 1, 50) RETURNING id"
    )
    for place, member in enumerate((anne, bilal)):
        await database.execute(
            "INSERT INTO swap_party (swap, member, place, answer) VALUES ($1, $2, $3, 'asked')", swap, member.id, place
        )
    await browser.sign_in(anne)
    page = await browser.get(HUB)
    assert f'href="/echanges/{swap}"' in page.text
    assert "Votre réponse est attendue" in words(page)
    assert "Bilal" not in page.text


async def test_two_who_suit_each_other_are_asked_one_after_the_other(browser, another_browser, anne, bilal):
    """From the pages alone: nothing of the one is on the page of the other, before the proposal or in it."""
    await database.execute("UPDATE member SET commune = '83137' WHERE id = $1", bilal.id)
    people = ((browser, anne, "region:93::"), (another_browser, bilal, "commune:29019:50:sea"))
    for window, member, wish in people:
        await a_home(member, title=f"Chez {member.first_name}", commune=member.commune if member is anne else "83137")
        await window.sign_in(member)
        weeks = [saturday(8), saturday(9)]
        await window.submit(f"{HUB}/calendrier", home=weeks, away=weeks, least_weeks="1", most_weeks="2", do="save")
        await window.submit(f"{HUB}/souhaits", wish=[wish], party_size="2", version="2", do="save")
    await run_jobs()
    swap = await database.value("SELECT id FROM swap WHERE state = 'proposed'")
    hers, his = await browser.get(HUB), await another_browser.get(HUB)
    assert "Dites oui ou non avant" in words(hers) and "Bilal" not in words(hers)
    assert "Aucune pour l’instant" in words(his), "whose own change was the last learns nothing from it"

    await browser.submit(f"/echanges/{swap}/accord")
    his = await another_browser.get(HUB)
    assert "Dites oui ou non avant" in words(his) and "Anne" not in words(his)
