"""Nobody judges what they, or somebody they know, have a stake in: neither the queue, the pages nor the database."""

from uuid import UUID

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import database
from app.piccolo_conf import DB
from app.refusals import NotHere
from moderation.cases.access import IN_SCOPE, case_in_scope, scope
from moderation.cases.tables import CaseKind
from tests.helpers.ads import published
from tests.helpers.appeals import case_about
from tests.helpers.browser import said
from tests.helpers.cases import audited, case_of, said_under, take
from tests.helpers.decisions import decided
from tests.helpers.exchanges import helping, word_of_thanks
from tests.moderation.cases.people import as_me, moderating, talk, the_case

CAST = range(5)
PERSON = st.sampled_from(CAST)
OTHERS = st.sets(PERSON, max_size=2)


@st.composite
def worlds(draw):
    """Who wrote the ad and the thing, who else has to do with it, who knows whom."""
    people = draw(st.permutations(CAST))
    return {
        "kind": draw(st.sampled_from(["listing", "reply", "thanks", "message"])),
        "author": people[0],
        "other": people[1],
        "reporters": draw(OTHERS),
        "notifiers": draw(OTHERS),
        "ties": draw(st.sets(st.tuples(PERSON, PERSON).filter(lambda pair: pair[0] != pair[1]), max_size=4)),
    }


@pytest.fixture
async def team(anne, bilal, chloe, denis, emilie) -> list:
    everybody = [anne, bilal, chloe, denis, emilie]
    for one in (anne, bilal, denis, emilie):
        await moderating(one)
    return everybody


async def _thing(world, team) -> tuple[UUID, set[int]]:
    """The case, and the people who wrote the thing or were written to."""
    author, other = world["author"], world["other"]
    ad = await published(team[author])
    match world["kind"]:
        case "listing":
            return await case_about(ad), {author}
        case "reply":
            reply = await said_under(ad.id, team[other], "Bonjour.")
            return await case_about(ad, reply=reply, author=team[other].id), {author, other}
        case "thanks":
            word = await word_of_thanks(
                await helping(ad.id, team[other], team[author]), team[author], team[other], "Merci.", "published"
            )
            return await case_about(ad, thanks=word), {author, other}
        case _:
            (message,) = await talk(ad.id, team[author], team[other], "Bonjour.")
            return await case_about(ad, message=message, author=team[other].id), {author, other}


async def _build(world, team) -> tuple[UUID, set[int]]:
    """The case and who has a stake in it."""
    case, parties = await _thing(world, team)
    for reporter in world["reporters"]:
        await database.execute(
            "INSERT INTO report (\"case\", reporter, reason, words, made_at) VALUES ($1, $2, 'other', '', now())",
            case,
            team[reporter].id,
        )
    for notifier in world["notifiers"]:
        await database.execute(
            'INSERT INTO notice ("case", member, location, illegality, why, good_faith, made_at)'
            " VALUES ($1, $2, '/annonces', 'fraud', 'Une arnaque.', TRUE, now())",
            case,
            team[notifier].id,
        )
    for knows, known in world["ties"]:
        await database.execute(
            "INSERT INTO moderator_tie (moderator, member, declared_at) VALUES ($1, $2, now())",
            team[knows].id,
            team[known].id,
        )
    parties |= world["reporters"] | world["notifiers"]
    return case, parties | {knows for knows, known in world["ties"] if known in parties}


async def _opens(case: UUID, member) -> bool:
    try:
        await case_in_scope(case, as_me(member))
    except NotHere:
        return False
    return True


async def _may_claim(case: UUID, member) -> bool:
    """What the database says to who would go past the pages."""
    before = await DB.current_transaction.get().savepoint()
    try:
        await database.execute(
            "UPDATE moderation_case SET claimed_by = $2, claimed_until = now() WHERE id = $1", case, member.id
        )
    except asyncpg.CheckViolationError as refused:
        assert refused.constraint_name in ("no_conflict_of_interest", "never_by_the_author")
        return False
    finally:
        await before.rollback_to()
    return True


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds())
async def test_the_pages_the_queue_and_the_database_keep_the_same_people_out(team, world):
    before = await DB.current_transaction.get().savepoint()
    case, concerned = await _build(world, team)
    for number, member in enumerate(team):
        is_free = number not in concerned
        stake = await database.value("SELECT has_stake($2, c) FROM moderation_case c WHERE id = $1", case, member.id)
        queued = await database.value(
            f"SELECT count(*) FROM moderation_case c WHERE c.id = $4 AND {IN_SCOPE}", *scope(as_me(member)), case
        )
        found = (not stake, queued == 1, await _opens(case, member), await _may_claim(case, member))
        assert found == (is_free,) * 4, f"{member.first_name}: {found}"
    await before.rollback_to()


async def test_an_appeal_is_not_for_who_decided_nor_for_who_knows_the_appellant(anne, bilal, chloe, denis, emilie):
    await moderating(denis)
    await moderating(bilal)
    first = await case_about(await published(anne))
    decision = await decided(first, chloe.id, anne.id, "remove", "unclear", "Parce que.")
    await database.execute("UPDATE moderation_case SET closed_at = now() WHERE id = $1", first)
    listing = (await the_case(first))["listing"]
    appeal = await database.value(
        "INSERT INTO moderation_case (kind, listing, author, category, department, risk, due_at, press_at, findings,"
        " opened_at, version) VALUES ('appeal', $1, $2, 'childcare', '29', 0, now(), now(), '[]', now(), 1)"
        " RETURNING id",
        listing,
        anne.id,
    )
    await database.execute(
        'INSERT INTO appeal (decision, first_judge, until, appellant, "case", opened_at)'
        " SELECT id, moderator, appeal_until, $2, $3, now() FROM decision WHERE id = $1",
        decision,
        anne.id,
        appeal,
    )
    await database.execute(
        "INSERT INTO moderator_tie (moderator, member, declared_at) VALUES ($1, $2, now())", bilal.id, anne.id
    )
    may = [await _opens(appeal, one) for one in (anne, bilal, chloe, denis)]
    assert may == [False, False, False, True]


async def test_i_know_this_person_sends_the_case_to_the_others_and_all_of_theirs_after_it(
    browser, another_browser, anne, chloe, denis
):
    await moderating(denis)
    ad = await published(anne, title="Chez ma cousine")
    case = await case_about(ad)
    await browser.sign_in(chloe)
    await take(browser, case)
    answer = await browser.submit(f"/moderation/dossiers/{case}/lien")
    assert answer.status_code == 303
    assert (await the_case(case))["claimed_by"] is None
    await case_about(await published(anne, title="Une autre de ma cousine"))
    assert "cousine" not in said(await browser.get("/moderation"))
    assert (await browser.get(f"/moderation/dossiers/{case}")).status_code == 404
    await another_browser.sign_in(denis)
    assert "Chez ma cousine" in said(await another_browser.get("/moderation"))
    assert "tie.declared" in await audited(case)


async def test_saying_it_twice_is_one_tie_which_its_page_shows_and_takes_back(browser, anne, chloe):
    cases = [await case_about(await published(anne, title=f"Annonce {number}")) for number in range(2)]
    await browser.sign_in(chloe)
    await browser.submit(f"/moderation/dossiers/{cases[0]}/lien")
    assert (await browser.submit(f"/moderation/dossiers/{cases[1]}/lien")).status_code == 404
    page = await browser.get("/moi/connaissances")
    assert "Anne , Brest" in said(page) or "Anne, Brest" in said(page)
    tie = await database.value("SELECT id FROM moderator_tie")
    await browser.follow(await browser.submit(f"/moi/connaissances/{tie}/retrait"))
    assert "Annonce 0" in said(await browser.get("/moderation"))
    assert "Personne pour le moment" in said(await browser.get("/moi/connaissances"))


async def test_nobody_takes_back_the_tie_of_another(browser, anne, chloe, denis):
    await database.execute(
        "INSERT INTO moderator_tie (moderator, member, declared_at) VALUES ($1, $2, now())", chloe.id, anne.id
    )
    tie = await database.value("SELECT id FROM moderator_tie")
    await browser.sign_in(await moderating(denis))
    for number in (tie, 0, -1, 2**70):
        assert (await browser.submit(f"/moi/connaissances/{number}/retrait")).status_code == 404
    assert await database.value("SELECT count(*) FROM moderator_tie") == 1


async def test_who_came_to_know_the_author_since_can_no_longer_decide(browser, anne, chloe):
    """Declared in another window: the database itself refuses what the page still offers."""
    ad = await published(anne)
    case = await case_about(ad)
    await take(await browser.sign_in(chloe), case)
    await database.execute(
        "INSERT INTO moderator_tie (moderator, member, declared_at) VALUES ($1, $2, now())", chloe.id, anne.id
    )
    before = await DB.current_transaction.get().savepoint()
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await decided(case, chloe.id, anne.id, "approve")
    await before.rollback_to()
    assert refused.value.constraint_name == "no_conflict_of_interest"
    assert (await browser.submit(f"/moderation/dossiers/{case}/prise")).status_code == 404


async def test_the_first_time_a_case_is_opened_is_kept_and_no_later_one(browser, chloe, farid, anne):
    ad = await published(anne)
    case = await case_about(ad)
    await browser.sign_in(farid)
    await browser.get(f"/moderation/dossiers/{case}")
    assert (await case_of(ad.id))["first_read_at"] is None
    await browser.sign_in(chloe)
    await browser.get("/moderation")
    assert (await case_of(ad.id))["first_read_at"] is None
    await browser.get(f"/moderation/dossiers/{case}")
    first = (await case_of(ad.id))["first_read_at"]
    assert first is not None
    await database.execute("UPDATE moderation_case SET first_read_at = first_read_at - interval '1 hour'")
    earlier = (await case_of(ad.id))["first_read_at"]
    await browser.get(f"/moderation/dossiers/{case}")
    assert (await case_of(ad.id))["first_read_at"] == earlier != first


async def test_every_kind_of_case_knows_its_parties():
    assert {kind.value for kind in CaseKind} == {"listing", "edit", "reply", "thanks", "message", "appeal"}
