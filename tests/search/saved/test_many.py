"""Many searches and several processes: few are compared, nothing is told twice."""

import asyncio

import pytest

from app import database
from app.database import transaction
from listings.reading.list_page import query_of
from search.contract import CUMULATIVE, FACETS
from search.following.reading_rows import FIELDS, document_of
from search.saved.criteria import keys_of
from search.saved.deriving import filters_of
from search.saved.matching import look_for_searches, match
from search.saved.paces import Pace
from search.saved.saving import delete
from search.saved.telling import tell, tell_all_due
from tests.helpers.ads import published
from tests.helpers.budget import Asked
from tests.helpers.cast import person
from tests.helpers.jobs import run_jobs
from tests.helpers.waiting import until
from tests.helpers.worker import one_round
from tests.moderation.cases.people import as_me, somebody_waits
from tests.search.saved.keeping import keeps, noted, told

THINGS = ("armoire", "vélo", "canapé", "perceuse", "lit", "table", "lampe", "trottinette", "poussette", "valise")


async def test_an_ad_is_compared_with_the_few_that_may_want_it_in_two_questions(anne, bilal):
    for number in range(12):
        member = await person(f"Membre{number}", "35238" if number % 2 else "29019")
        for thing in THINGS:
            await keeps(member, q=thing, rayon=25)
        for department in ("29", "35", "22", "56", "44", "53", "50"):
            await keeps(member, categorie="classifieds", departement=department)
    ad = await published(bilal, "classifieds")
    await match(ad.id)
    await database.execute("DELETE FROM search_alert")
    with Asked() as asked:
        assert await match(ad.id) == 12
    assert asked.queries == 2
    row = await database.row(
        f"SELECT {FIELDS}, tsvector_to_array(found_by) AS stems FROM search_document WHERE id = $1", str(ad.id)
    )
    keys = keys_of(document_of(row), row["stems"])
    compared = await database.value("SELECT count(*) FROM searches_under($1)", keys)
    assert 12 <= compared <= 24 < await database.value("SELECT count(*) FROM saved_search") / 8


async def test_the_planner_never_reads_them_all():
    """It would: it takes a hundred keys for thousands of searches."""
    settings = await database.value("SELECT proconfig FROM pg_proc WHERE proname = 'searches_under'")
    assert settings == ["enable_seqscan=off"]


@pytest.mark.commits
async def test_several_workers_at_once_note_an_ad_once_and_tell_it_once(anne, bilal):
    await keeps(anne, q="poussette")
    ad = await published(bilal, "classifieds")
    found = await asyncio.gather(*(match(ad.id) for _ in range(4)))
    assert sum(found) == 1 and len(await noted()) == 1
    await asyncio.gather(*(tell_all_due() for _ in range(4)))
    assert await told(anne) == [("« poussette »", 1)]


@pytest.mark.commits
async def test_what_a_dead_worker_left_untold_is_told_by_the_next_round(anne, bilal):
    await keeps(anne, q="poussette")
    ad = await published(bilal, "classifieds")
    await look_for_searches(ad.id)
    await match(ad.id)  # noted and committed; the process dies before it tells
    assert await told(anne) == []
    await one_round()  # the job is taken up again: nothing new is found
    await tell_all_due()
    assert await told(anne) == [("« poussette »", 1)]


@pytest.mark.commits
async def test_a_search_deleted_while_its_find_waits_tells_nothing(anne, bilal):
    search = await keeps(anne, Pace.daily, q="poussette")
    await match((await published(bilal, "classifieds")).id)
    await database.execute("UPDATE search_alert SET due_at = now()")
    await database.execute("DELETE FROM saved_search WHERE id = $1", search)
    await tell_all_due()
    await run_jobs()
    assert await told(anne) == []
    assert await database.value("SELECT count(*) FROM search_alert WHERE told_at IS NULL") == 0


@pytest.mark.commits
async def test_a_search_deleted_while_it_is_told_leaves_no_line(anne, bilal):
    search = await keeps(anne, q="poussette")
    await match((await published(bilal, "classifieds")).id)
    has_told, may_end = asyncio.Event(), asyncio.Event()

    async def tells() -> None:
        async with transaction():
            await tell(anne.id)
            has_told.set()
            await may_end.wait()

    async with asyncio.timeout(10), asyncio.TaskGroup() as both:
        both.create_task(tells())
        await has_told.wait()
        both.create_task(delete(as_me(anne, is_moderator=False), search))
        await until(somebody_waits)
        may_end.set()
    assert await told(anne) == []


async def test_every_facet_of_a_search_is_one_an_ad_says(anne, bilal):
    """A facet added to the contract is saved and compared without a line here. What homes have, no ad has."""

    asked = "categorie=pet_care&type=offer&region=53&departement=29&jours=1&moments=evening&photos=oui&aide=oui"
    query = query_of(as_me(anne, is_moderator=False), filters_of(asked), counts=())
    chosen = {facet for facet in FACETS if query.chosen(facet)}
    await keeps(anne, **dict(pair.split("=") for pair in asked.split("&")))
    wanted = await database.value("SELECT wanted::text FROM saved_search")
    assert {facet for facet in FACETS if f"'{facet}:" in wanted} == chosen == set(FACETS) - {"deal", *CUMULATIVE}
