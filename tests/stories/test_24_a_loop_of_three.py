"""Three homes nobody would have paired: the night finds the loop, each says yes without knowing to whom, and only then
do they meet. Until then nobody learns a name, a day or a place of another."""

import re

from app import database
from exchanges.matching.everybody import match_everybody
from tests.helpers.browser import words
from tests.helpers.codes import empty_mailbox, letters_to
from tests.helpers.homes import a_home
from tests.helpers.jobs import run_jobs
from tests.helpers.planning import saturday

LENGTH = {"least_weeks": "1", "most_weeks": "2", "give_or_take": "0", "do": "save"}
HOME_OF = {"anne": ("29019", "Brest"), "bilal": ("74010", "Annecy"), "denis": ("13055", "Marseille")}
WISH_OF = {"anne": "department:74::", "bilal": "region:93::", "denis": "commune:29019:50:"}


async def says(browser, member, weeks, wish):
    """Their weeks and their wish, by the forms."""
    await browser.sign_in(member)
    await browser.get("/moi/echanges/calendrier")
    saturdays = [str(saturday(week)) for week in weeks]
    kept = await browser.submit("/moi/echanges/calendrier", home=saturdays, away=saturdays, version="1", **LENGTH)
    assert kept.status_code == 303, words(kept)
    kept = await browser.submit(
        "/moi/echanges/souhaits", party_size="2", ways=["loop"], wish=[wish], version="2", do="save"
    )
    assert kept.status_code == 303, words(kept)


async def test_a_loop_of_three_is_found_accepted_and_agreed_on(browser, index, anne, bilal, denis):
    empty_mailbox()
    people = {"anne": anne, "bilal": bilal, "denis": denis}
    for name, member in people.items():
        await a_home(member, title=f"La maison de {HOME_OF[name][1]}", commune=HOME_OF[name][0])
    for name, member in people.items():
        await says(browser, member, (20, 21), WISH_OF[name])
    await run_jobs()
    await match_everybody()
    swap = await database.value("SELECT id FROM swap")
    assert await database.value("SELECT count(*) FROM swap") == 1

    path = f"/echanges/{swap}"
    for name, member in people.items():
        await browser.sign_in(member)
        (seen,) = set(re.findall(r"/echanges/[0-9a-f-]{36}", (await browser.get("/moi/echanges")).text))
        assert seen == path
        shown = words(await browser.get(path))
        for other, whose in people.items():
            if other != name:
                assert whose.first_name not in shown and HOME_OF[other][1] not in shown
        answered = await browser.follow(await browser.submit(f"{path}/accord"))
        assert answered.status_code == 200
    assert await database.value("SELECT state FROM swap") == "accepted"
    await run_jobs()
    for member in people.values():
        for letter in letters_to(member.email):
            said = f"{letter['Subject']} {letter.get_content()}"
            assert not re.search(r"Brest|Annecy|Marseille|Anne |Bilal|Denis|août|juillet|\d{1,2} \w+ 20\d\d", said), (
                said
            )

    for member in people.values():
        await browser.sign_in(member)
        version = await database.value("SELECT version FROM swap")
        await browser.submit(f"{path}/jours/accord", version=str(version))
    assert await database.value("SELECT state FROM swap") == "confirmed"
    assert await database.value("SELECT count(*) FROM engagement") == 3
    await browser.sign_in(anne)
    shown = words(await browser.get(path))
    assert "Bilal" in shown and "Annecy" in shown
    agreement = await browser.get(f"{path}/convention.pdf")
    assert agreement.content.startswith(b"%PDF")


async def test_one_no_lets_everybody_go_and_says_nothing_of_who(browser, index, anne, bilal, denis):
    people = {"anne": anne, "bilal": bilal, "denis": denis}
    for name, member in people.items():
        await a_home(member, commune=HOME_OF[name][0])
        await says(browser, member, (20, 21), WISH_OF[name])
    await run_jobs()
    await match_everybody()
    path = f"/echanges/{await database.value('SELECT id FROM swap')}"
    await browser.sign_in(anne)
    await browser.submit(f"{path}/accord")
    await browser.sign_in(bilal)
    await browser.submit(f"{path}/refus", reason="weeks")
    assert await database.value("SELECT state FROM swap") == "dissolved"
    await browser.sign_in(anne)
    shown = words(await browser.get(path))
    assert "Bilal" not in shown and "refus" not in shown.lower()
    assert await database.value("SELECT count(*) FROM engagement") == 0
