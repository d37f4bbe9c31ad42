"""Somebody cannot come: the others are asked in turn, then a wider circle at once; the first yes wins."""

from datetime import date

import pytest

from answers.committing import uncommit
from answers.rota import controllers
from answers.rota.asking import find_for_all_due
from answers.rota.duties import duties_of
from app import database, dates
from app.database import transaction
from members.blocking import block
from tests.helpers.browser import words
from tests.helpers.cases import told, topics
from tests.helpers.cast import belonging, person
from tests.helpers.jobs import run_jobs, waiting_jobs
from tests.helpers.rotas import releases, school_run, takes, takes_once
from tests.helpers.talks import answered

THURSDAY = date(2026, 10, 8)
WEEK = "?semaine=2026-W41"


@pytest.fixture(autouse=True)
def tuesday_morning(clock):
    clock(2026, 10, 6, 9, 0)


@pytest.fixture
async def rota(anne, bilal, farid, emilie):
    """Anne's week: Bilal comes on Thursdays, Farid on Mondays, Émilie on Fridays since later."""
    ad = await school_run(anne)
    await takes(ad, bilal, "3")
    await takes(ad, farid, "0")
    await takes(ad, emilie, "4", since=date(2026, 10, 6))
    return ad


async def cannot_come(browser, member, ad, day=THURSDAY):
    await browser.sign_in(member)
    done = await browser.submit(f"/annonces/{ad.id}/semaine/absence", day=day.isoformat())
    await run_jobs()
    return done


async def released() -> str:
    return str(await database.value("SELECT id FROM slot_release"))


async def asked() -> list[tuple[str, str, str | None]]:
    """Who was asked, in which circle, and what they said, in order."""
    found = await database.rows(
        "SELECT m.first_name, s.circle, s.said FROM slot_call s JOIN member m ON m.id = s.member ORDER BY s.id"
    )
    return [tuple(row) for row in found]


async def says(browser, member, word: str):
    await browser.sign_in(member)
    answer = await browser.submit(f"/creneaux/{await released()}/{word}")
    await run_jobs()
    return answer


async def later(clock, *moment: int) -> None:
    clock(*moment)
    await find_for_all_due(dates.now())


async def test_the_first_of_the_rota_is_asked_and_a_yes_settles_it(browser, rota, anne, bilal, farid):
    done = await cannot_come(browser, bilal, rota)
    assert "Nous cherchons quelqu’un d’autre" in words(await browser.follow(done))
    assert await asked() == [("Farid", "rota", None)]
    release = await released()
    assert await told(farid) == [("slot_to_cover", f"/creneaux/{release}")]
    assert await told(anne) == [("slot_released", f"/annonces/{rota.id}/semaine{WEEK}")]

    await browser.sign_in(farid)
    page = words(await browser.get(f"/creneaux/{release}"))
    assert "jeudi 8 octobre, 16 h 30" in page and "Sortie d’école partagée" in page and "Bilal" not in page
    thanks = await browser.submit(f"/creneaux/{release}/oui")
    assert "On compte sur vous" in words(await browser.follow(thanks))
    assert "jeudi 8 octobre 16 h 30 – 17 h 15 Vous venez à la place de Bilal" in words(
        await browser.get(f"/annonces/{rota.id}/semaine")
    )
    assert ("slot_covered", f"/annonces/{rota.id}/semaine{WEEK}") in await told(anne)
    assert ("slot_covered", f"/annonces/{rota.id}/semaine{WEEK}") in await told(bilal)
    assert [duty.state for duty in await duties_of(farid.id, THURSDAY, THURSDAY)] == ["covered"]
    assert await duties_of(bilal.id, THURSDAY, THURSDAY) == []


async def test_a_no_asks_the_next_at_once(browser, rota, bilal, farid, emilie):
    await cannot_come(browser, bilal, rota)
    await says(browser, farid, "non")
    assert await asked() == [("Farid", "rota", "no"), ("Emilie", "rota", None)]
    assert await topics(emilie) == ["slot_to_cover"]


async def test_silence_asks_the_next_when_its_time_is_over(browser, rota, clock, bilal):
    await cannot_come(browser, bilal, rota)
    assert await database.value("SELECT until FROM slot_call") == clock(2026, 10, 6, 15, 0)
    await later(clock, 2026, 10, 6, 14, 59)
    assert await asked() == [("Farid", "rota", None)]
    await later(clock, 2026, 10, 6, 15, 0)
    assert await asked() == [("Farid", "rota", "silence"), ("Emilie", "rota", None)]


async def test_who_said_nothing_in_time_may_still_say_yes(browser, rota, clock, bilal, farid, emilie):
    await cannot_come(browser, bilal, rota)
    await later(clock, 2026, 10, 6, 15, 0)
    await says(browser, farid, "oui")
    assert await database.value("SELECT covered_by FROM slot_release") == farid.id
    assert await told(emilie) == []  # nothing left for her to answer


async def test_nobody_is_asked_at_night(browser, rota, clock, bilal):
    clock(2026, 10, 6, 22, 15)
    await cannot_come(browser, bilal, rota)
    assert await asked() == []
    await later(clock, 2026, 10, 7, 6, 59)
    assert await asked() == []
    await later(clock, 2026, 10, 7, 7, 0)
    assert await asked() == [("Farid", "rota", None)]


async def test_those_who_covered_least_lately_come_first(browser, rota, bilal, farid, emilie):
    commitment = await database.value("SELECT id FROM commitment WHERE slot = '3'")
    await releases(commitment, date(2026, 10, 1), covered_by=farid)
    await browser.sign_in(bilal)
    await browser.submit(f"/annonces/{rota.id}/semaine/absence", day="2026-10-08")
    await run_jobs()
    assert await asked() == [("Emilie", "rota", None)]


async def test_after_the_rota_the_wider_circle_is_asked_at_once(browser, rota, clock, body, anne, bilal, farid, emilie):
    waits = await belonging(await person("Gaelle", "29019"), body)
    helped = await belonging(await person("Hugo", "29019"), body)
    refused = await belonging(await person("Ines", "29019"), body)
    for member, state in ((waits, "waiting"), (refused, "declined")):
        conversation = await answered(rota.id, member.id)
        await database.execute(
            "INSERT INTO answer (listing, helper, conversation, commune, state, answered_at)"
            " VALUES ($1, $2, $3, '29019', $4, now()) ON CONFLICT (listing, helper) DO UPDATE SET state = $4",
            rota.id,
            member.id,
            conversation,
            state,
        )
    former = await takes(rota, helped, "1", since=date(2026, 9, 1), last_day=date(2026, 9, 30))
    await database.execute("UPDATE commitment SET ended_at = now() WHERE id = $1", former)
    await cannot_come(browser, bilal, rota)
    await says(browser, farid, "non")
    await says(browser, emilie, "non")
    assert sorted((await asked())[2:]) == [("Gaelle", "wider", None), ("Hugo", "wider", None)]
    await browser.sign_in(waits)
    page = await browser.get(f"/creneaux/{await released()}")
    assert "jeudi 8 octobre, 16 h 30" in words(page)
    assert not [name for name in ("Bilal", "Farid", "Emilie", "semaine?") if name in page.text]
    assert (await browser.get(f"/annonces/{rota.id}/semaine")).status_code == 404
    await says(browser, waits, "oui")
    assert [duty.day for duty in await duties_of(waits.id, THURSDAY, THURSDAY)] == [THURSDAY]
    assert (await browser.get(f"/annonces/{rota.id}/semaine")).status_code == 404
    await browser.sign_in(helped)
    assert "Quelqu’un vient déjà d’accepter" in words(await browser.get(f"/creneaux/{await released()}"))


async def test_the_second_yes_is_thanked(browser, rota, clock, bilal, farid, emilie):
    await cannot_come(browser, bilal, rota)
    await says(browser, emilie, "oui")  # of the rota: she needs not wait to be asked
    late = await says(browser, farid, "oui")
    assert late.status_code == 409 and "Quelqu’un vient déjà d’accepter" in words(late)
    again = await says(browser, emilie, "oui")
    assert again.status_code == 303
    assert await database.value("SELECT covered_by FROM slot_release") == emilie.id


async def test_when_everyone_says_no_the_author_hears_it_at_once(browser, rota, anne, bilal, farid, emilie):
    await cannot_come(browser, bilal, rota)
    await says(browser, farid, "non")
    await says(browser, emilie, "non")
    uncovered = ("slot_uncovered", f"/annonces/{rota.id}/semaine{WEEK}")
    assert uncovered in await told(anne) and uncovered in await told(bilal)
    await says(browser, farid, "oui")  # it is never too late to change one's mind
    assert ("slot_covered", uncovered[1]) in await told(anne)


async def test_the_evening_before_the_author_is_told_plainly(browser, rota, clock, anne, bilal):
    await cannot_come(browser, bilal, rota)
    for hour in (15, 21):
        await later(clock, 2026, 10, 6, hour, 0)
    await later(clock, 2026, 10, 7, 17, 59)
    assert [said for _, _, said in await asked()] == ["silence", "silence"]
    assert "slot_uncovered" not in await topics(anne)
    for _ in range(2):
        await later(clock, 2026, 10, 7, 18, 0)
        assert (await topics(anne)).count("slot_uncovered") == 1
    await browser.sign_in(anne)
    page = words(await browser.get("/notifications"))
    assert "Personne n’a pu reprendre un créneau : pensez à une autre solution" in page


async def test_in_the_last_hours_everyone_is_asked_at_once(browser, rota, clock, anne, bilal):
    clock(2026, 10, 8, 15, 0)
    await cannot_come(browser, bilal, rota)
    assert sorted(await asked()) == [("Emilie", "wider", None), ("Farid", "wider", None)]
    assert "slot_uncovered" not in await topics(anne)
    await later(clock, 2026, 10, 8, 15, 45)
    assert "slot_uncovered" in await topics(anne)


async def test_a_release_may_be_taken_back_while_nobody_covers_it(browser, rota, anne, bilal, farid):
    await cannot_come(browser, bilal, rota)
    release = await released()
    for _ in range(2):
        done = await browser.submit(f"/annonces/{rota.id}/semaine/retour", day="2026-10-08")
        assert done.status_code == 303
    assert await database.value("SELECT count(*) FROM slot_release") == 0
    assert await told(farid) == []
    assert "slot_kept" in await topics(anne)
    await browser.sign_in(farid)
    assert (await browser.submit(f"/creneaux/{release}/oui")).status_code == 404
    await run_jobs()


async def test_not_once_somebody_covers_it(browser, rota, bilal, farid):
    await cannot_come(browser, bilal, rota)
    await says(browser, farid, "oui")
    await browser.sign_in(bilal)
    refused = await browser.submit(f"/annonces/{rota.id}/semaine/retour", day="2026-10-08")
    assert refused.status_code == 409 and "a déjà accepté" in words(refused)


async def test_who_covers_may_stand_back_and_the_others_are_asked_anew(browser, rota, anne, bilal, farid, emilie):
    await cannot_come(browser, bilal, rota)
    await says(browser, farid, "oui")
    await cannot_come(browser, farid, rota)
    assert await database.value("SELECT covered_by FROM slot_release") is None
    assert await asked() == [("Farid", "wider", "no"), ("Emilie", "rota", None)]
    assert (await topics(anne)).count("slot_released") == 1  # unread: it counts up
    assert "slot_released" in await topics(bilal)


async def test_releasing_twice_is_releasing_once(browser, rota, bilal, anne):
    for _ in range(3):
        assert (await cannot_come(browser, bilal, rota)).status_code == 303
    assert await database.value("SELECT count(*) FROM slot_release") == 1
    assert await database.value("SELECT times FROM notification WHERE member = $1", anne.id) == 1


@pytest.mark.parametrize(
    ("day", "said"), [("2026-10-01", "a déjà commencé"), ("2026-10-09", "pas attendu"), ("2026-10-22", "pas attendu")]
)
async def test_what_cannot_be_released(browser, rota, bilal, day, said):
    await database.execute("UPDATE commitment SET since = '2026-09-01' WHERE helper = $1", bilal.id)
    await browser.sign_in(bilal)
    refused = await browser.submit(f"/annonces/{rota.id}/semaine/absence", day=day)
    assert refused.status_code == 409 and said in words(refused)
    assert await database.value("SELECT count(*) FROM slot_release") == 0


async def test_nobody_outside_learns_of_a_release(browser, rota, body, bilal, chloe, farid):
    stranger = await belonging(await person("Gaelle", "29019"), body)
    await browser.sign_in(stranger)
    before = words(await browser.get(f"/annonces/{rota.id}"))
    await cannot_come(browser, bilal, rota)
    for member in (stranger, chloe):
        await browser.sign_in(member)
        for path in (f"/creneaux/{await released()}", f"/annonces/{rota.id}/semaine"):
            assert (await browser.get(path)).status_code == 404
        for word in ("oui", "non", "absence"):
            assert (await browser.submit(f"/creneaux/{await released()}/{word}")).status_code == 404
    await browser.sign_in(stranger)
    assert words(await browser.get(f"/annonces/{rota.id}")) == before


async def test_people_a_block_separates_are_not_asked_for_each_other(browser, rota, bilal, farid):
    await block(farid.id, bilal.id)
    await cannot_come(browser, bilal, rota)
    assert await asked() == [("Emilie", "rota", None)]


async def test_a_stop_ends_the_search_and_keeps_what_is_covered(browser, rota, clock, bilal, farid):
    await cannot_come(browser, bilal, rota, date(2026, 10, 15))
    await says(browser, farid, "oui")
    await cannot_come(browser, bilal, rota)
    await browser.submit(f"/annonces/{rota.id}/semaine/fin", day="2026-10-08")
    await later(clock, 2026, 10, 6, 15, 0)
    assert await database.value("SELECT count(*) FROM slot_release WHERE due_at IS NOT NULL") == 0
    assert [duty.day for duty in await duties_of(farid.id, date(2026, 10, 13), date(2026, 10, 16))] == [
        date(2026, 10, 15)
    ]
    await browser.sign_in(farid)
    page = words(await browser.get(f"/annonces/{rota.id}/semaine{WEEK}"))
    assert "jeudi 8 octobre 16 h 30 – 17 h 15 Place libre" in page


async def test_a_closed_ad_asks_nobody_any_more(browser, rota, bilal):
    await browser.sign_in(bilal)
    await browser.submit(f"/annonces/{rota.id}/semaine/absence", day="2026-10-08")
    await database.execute("UPDATE listing SET status = 'removed' WHERE id = $1", rota.id)
    await run_jobs()
    assert await asked() == []


async def test_each_step_leaves_the_next_one_due(browser, rota, bilal):
    await cannot_come(browser, bilal, rota)
    due = await database.value("SELECT due_at FROM slot_release")
    assert due == await database.value("SELECT until FROM slot_call")
    assert await waiting_jobs() == []  # run_jobs took those of later too: the sweep must do without them
    await find_for_all_due(due)
    assert len(await asked()) == 2


async def test_whom_one_asks_reads_until_when(browser, rota, bilal, farid):
    await cannot_come(browser, bilal, rota)
    await browser.sign_in(farid)
    page = words(await browser.get(f"/creneaux/{await released()}"))
    assert "Sans réponse avant mardi 6 octobre, 15 h, nous demanderons à quelqu’un d’autre" in page


async def test_it_is_said_in_the_conversations_of_the_author(browser, rota, anne, bilal, farid):
    talks = [await answered(rota.id, helper.id) for helper in (bilal, farid)]
    await cannot_come(browser, bilal, rota)
    await says(browser, farid, "oui")
    await browser.sign_in(anne)
    assert "Bilal ne peut pas venir jeudi 8 octobre, 16 h 30." in words(await browser.get(f"/messages/{talks[0]}"))
    page = words(await browser.get(f"/messages/{talks[1]}"))
    assert "Farid vient jeudi 8 octobre, 16 h 30." in page and "Bilal" not in page
    await browser.sign_in(farid)
    assert "Vous venez jeudi 8 octobre, 16 h 30." in words(await browser.get(f"/messages/{talks[1]}"))


async def test_who_leaves_for_good_gives_back_what_they_covered(browser, rota, anne, bilal, farid, emilie):
    await cannot_come(browser, bilal, rota)
    await says(browser, farid, "oui")
    await takes_once(rota, farid, date(2026, 10, 13))
    async with transaction():
        await uncommit(rota.id, farid.id, None, None)
    await run_jobs()
    assert await duties_of(farid.id, THURSDAY, date(2026, 10, 31)) == []
    assert await asked() == [("Emilie", "rota", None)]
    assert (
        await database.value("SELECT times FROM notification WHERE topic = 'slot_released' AND member = $1", anne.id)
        == 2
    )


async def test_a_block_takes_whom_it_parts_out_of_the_rota(browser, rota, clock, anne, bilal, farid, emilie):
    await cannot_come(browser, bilal, rota)
    await says(browser, farid, "oui")
    await block(anne.id, farid.id)
    await run_jobs()
    await database.execute("DELETE FROM block")
    assert await duties_of(farid.id, THURSDAY, date(2026, 10, 31)) == []
    assert [who for who, _, _ in await asked()] == ["Emilie"]


async def test_a_block_takes_away_what_was_asked(browser, rota, anne, bilal, farid):
    await cannot_come(browser, bilal, rota)
    assert "slot_to_cover" in await topics(farid)
    await block(farid.id, anne.id)
    assert await told(farid) == []
    assert "slot_released" in await topics(anne)


async def test_changing_ones_mind_by_the_dozen_is_slowed_down(browser, rota, bilal, monkeypatch):
    monkeypatch.setattr(controllers, "AT_MOST", 4)
    await browser.sign_in(bilal)
    answers = [
        await browser.submit(f"/annonces/{rota.id}/semaine/{door}", day="2026-10-08")
        for door in ("absence", "retour") * 3
    ]
    assert [answer.status_code for answer in answers] == [303] * 4 + [429] * 2
