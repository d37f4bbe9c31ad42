"""A case is left to somebody else of the team, by name and with a word; notes stay among moderators."""

import asyncio

import pytest

from app import database
from app.refusals import Refused
from members.tables import Role
from moderation.cases.access import case_in_scope
from moderation.cases.claiming import claim, colleagues_for, hand_over
from moderation.cases.notes import LONGEST, add_note
from tests.helpers.ads import published
from tests.helpers.appeals import case_about
from tests.helpers.cases import audited, take, told
from tests.moderation.cases.people import as_me, moderating, the_case

WHY = "Je ne connais pas cette commune\u202f: tu y habites."


async def notes_of(case) -> list[tuple[str, str]]:
    found = await database.rows(
        'SELECT m.first_name, n.words FROM case_note n LEFT JOIN member m ON m.id = n.by WHERE n."case" = $1'
        " ORDER BY n.id",
        case,
    )
    return [(note["first_name"] or "", note["words"]) for note in found]


async def test_the_other_is_told_the_note_is_kept_and_the_claim_is_free(browser, anne, chloe, denis):
    await moderating(denis)
    case = await case_about(await published(anne))
    await take(await browser.sign_in(chloe), case)
    await browser.submit(f"/moderation/dossiers/{case}/passation", to=str(denis.id), words=WHY)
    now = await the_case(case)
    assert (now["claimed_by"], now["handed_to"]) == (None, denis.id)
    assert await told(denis) == [("case_handed", f"/moderation/dossiers/{case}")]
    assert await notes_of(case) == [("Chloe", WHY)]
    assert "case.handed_over" in await audited(case)

    await claim(await case_in_scope(case, as_me(denis)), as_me(denis))
    taken = await the_case(case)
    assert (taken["claimed_by"], taken["handed_to"]) == (denis.id, None)


async def test_no_number_stands_in_what_they_are_told(anne, chloe, denis):
    await moderating(denis)
    case = await case_about(await published(anne, title="Appelez le 06 12 34 56 78"))
    await hand_over(await case_in_scope(case, as_me(chloe)), denis.id, WHY, as_me(chloe))
    assert await database.value("SELECT about FROM notification WHERE member = $1", denis.id) == (
        "Appelez le •• •• •• •• ••"
    )


async def test_who_is_away_blocks_nobody(anne, chloe, denis):
    await moderating(denis)
    case = await case_about(await published(anne))
    row = await case_in_scope(case, as_me(chloe))
    await hand_over(row, denis.id, WHY, as_me(chloe))
    await claim(row, as_me(chloe))
    assert (await the_case(case))["claimed_by"] == chloe.id


@pytest.mark.parametrize("words", ["", "   \n ", "a" * (LONGEST + 1)])
async def test_a_note_is_required_and_short(anne, chloe, denis, words):
    await moderating(denis)
    row = await case_in_scope(await case_about(await published(anne)), as_me(chloe))
    for refused in (hand_over(row, denis.id, words, as_me(chloe)), add_note(row, words, as_me(chloe))):
        with pytest.raises(Refused):
            await refused
    assert await database.value("SELECT count(*) FROM case_note") == 0
    assert (await the_case(row["id"]))["handed_to"] is None


async def test_only_to_who_may_judge_it(anne, bilal, chloe, denis, farid, emilie):
    """Not to Farid (pets only), a member, the author, somebody who knows her, oneself, nor who is suspended."""
    await moderating(denis)
    await moderating(anne)
    await moderating(emilie)
    await database.execute(
        "INSERT INTO moderator_tie (moderator, member, declared_at) VALUES ($1, $2, now())", denis.id, anne.id
    )
    await database.execute("UPDATE member SET suspended_until = 'infinity' WHERE id = $1", emilie.id)
    case = await case_about(await published(anne))
    assert await colleagues_for(case, as_me(chloe)) == []
    row = await case_in_scope(case, as_me(chloe))
    for other in (farid, bilal, anne, denis, chloe, emilie):
        with pytest.raises(Refused):
            await hand_over(row, other.id, WHY, as_me(chloe))
    assert (await the_case(case))["handed_to"] is None
    await Role.update({Role.categories: []}).where(Role.member == farid.id)
    assert await colleagues_for(case, as_me(chloe)) == [(farid.id, "Farid")]


async def test_what_somebody_else_reads_or_is_closed_is_not_handed_over(anne, chloe, denis, bilal):
    for one in (denis, bilal):
        await moderating(one)
    held, closed = await case_about(await published(anne)), await case_about(await published(anne))
    rows = [await case_in_scope(case, as_me(chloe)) for case in (held, closed)]
    await claim(rows[0], as_me(denis))
    await database.execute("UPDATE moderation_case SET closed_at = now() WHERE id = $1", closed)
    for row, said in zip(rows, ("vient de prendre", "déjà clos"), strict=True):
        with pytest.raises(Refused, match=said):
            await hand_over(row, bilal.id, WHY, as_me(chloe))


@pytest.mark.commits
async def test_handed_over_and_taken_at_once_is_one_of_the_two(anne, chloe, denis, bilal):
    for one in (denis, bilal):
        await moderating(one)
    case = await case_about(await published(anne))
    row = await case_in_scope(case, as_me(chloe))
    await claim(row, as_me(chloe))
    async with asyncio.timeout(30):
        await asyncio.gather(
            hand_over(row, denis.id, WHY, as_me(chloe)),
            claim(row, as_me(bilal)),
            return_exceptions=True,
        )
    now = await the_case(case)
    assert now["claimed_by"] in (None, bilal.id)
    assert now["handed_to"] == (denis.id if now["claimed_by"] is None else None)
    assert [words for _, words in await notes_of(case)] == [WHY]


@pytest.mark.commits
async def test_a_hand_over_that_is_refused_leaves_no_note(anne, chloe, farid):
    row = await case_in_scope(await case_about(await published(anne)), as_me(chloe))
    with pytest.raises(Refused):
        await hand_over(row, farid.id, WHY, as_me(chloe))
    assert await notes_of(row["id"]) == []


async def test_notes_are_read_in_their_order_and_outlive_who_wrote_them(anne, chloe, denis):
    await moderating(denis)
    row = await case_in_scope(await case_about(await published(anne)), as_me(chloe))
    await add_note(row, " Déjà vu en mars. ", as_me(chloe))
    await add_note(row, "Oui, la même.", as_me(denis))
    await database.execute("DELETE FROM member WHERE id = $1", denis.id)
    assert await notes_of(row["id"]) == [
        ("Chloe", "Déjà vu en mars."),
        ("", "Oui, la même."),
    ]
