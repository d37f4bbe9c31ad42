"""The one door to a search: what it leaves out, when PostgreSQL answers in the engine's place, and what it costs."""

import asyncio
from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

import search.engine
from app import breaker, database
from app.dates import now
from search import facets, finding, postgres
from search.contract import Answer, DocumentType, EngineUnavailable, Near, Period, Query, Sort, Suggestion, TooSlow
from search.embedded import EmbeddedEngine
from tests.helpers.ads import published
from tests.helpers.kept_documents import AsAnEngine, author, keep
from tests.search.engines.ads import BREST, NOW, PARIS, QUIMPER, TOULON, ad

OWN_COST_MS = 3.0


class Counting:
    """An engine that answers at once, or is away."""

    name = "counting"

    def __init__(self) -> None:
        self.is_away, self.asked = False, list[Query]()

    async def search(self, query: Query) -> Answer:
        self.asked.append(query)
        if self.is_away:
            raise EngineUnavailable("away, for the test")
        return Answer(hits=[], total=0, facets={}, took_ms=0, engine=self.name)

    async def suggest(self, query: Query, limit: int = 5) -> list[Suggestion]:
        await self.search(query)
        return []


@pytest.fixture
def engine(app):
    former, counting = search.engine.engine(), Counting()
    search.engine.use(counting)
    yield counting
    search.engine.use(former)


async def test_what_changed_since_the_index_had_it_is_left_out_of_the_question(engine):
    await keep([ad("same", "Poussette"), ad("changed", "Poussette"), ad("never_sent", "Poussette")])
    await database.execute("UPDATE search_document SET version = nextval('search_change') WHERE id = 'changed'")
    await database.execute("UPDATE search_document SET indexed = NULL WHERE id = 'never_sent'")

    await finding.find(Query(words="poussette", hidden_ids=("asked",)))

    (asked,) = engine.asked
    assert set(asked.hidden_ids) == {"asked", "changed"}
    assert abs(asked.alive_at - now()) < timedelta(seconds=10)


async def test_with_too_much_ahead_of_the_index_postgresql_answers(engine, monkeypatch):
    monkeypatch.setattr(finding, "MOST_HIDDEN", 2)
    await keep([ad(f"n{number}", "Poussette") for number in range(3)])
    await database.execute("UPDATE search_document SET version = nextval('search_change')")

    answer = await finding.find(Query(words="poussette"))

    assert (answer.total, answer.degraded, engine.asked) == (3, True, [])


async def test_an_engine_that_is_away_is_left_in_peace_then_asked_by_one_at_a_time(engine, monkeypatch):
    await keep([ad("one", "Poussette")])
    at = 1000.0
    monkeypatch.setattr(breaker, "monotonic", lambda: at)
    engine.is_away = True
    for _ in range(5):
        assert (await finding.find(Query(words="poussette"))).total == 1
        assert [one.text for one in await finding.suggest(Query(words="pous"))] == ["Poussette"]
    assert len(engine.asked) == 1

    at += breaker.FIRST_REST
    assert (await finding.find(Query())).degraded
    at += breaker.FIRST_REST
    assert (await finding.find(Query())).degraded
    assert len(engine.asked) == 2, "the second rest is twice as long"

    engine.is_away = False
    at += breaker.LONGEST_REST
    assert not (await finding.find(Query())).degraded
    assert not (await finding.find(Query())).degraded


async def test_while_one_question_probes_the_others_do_not_wait(engine):
    await keep([ad("one", "Poussette")])
    waiting, going = asyncio.Event(), asyncio.Event()
    its = finding._breaker(search.engine.engine())
    with pytest.raises(EngineUnavailable), its.asking():
        raise EngineUnavailable("away, for the test")
    its._rests_until = 0.0

    async def probe() -> None:
        with its.asking():
            waiting.set()
            await going.wait()

    task = asyncio.create_task(probe())
    await waiting.wait()
    assert (await finding.find(Query())).degraded
    going.set()
    await task
    assert not (await finding.find(Query())).degraded


async def test_one_question_that_takes_too_long_does_not_take_the_engine_from_the_others(engine):
    its = finding._breaker(search.engine.engine())
    for _ in range(breaker.MOST_SLOW - 1):
        with pytest.raises(TooSlow), its.asking():
            raise TooSlow("late, for the test")
    assert not (await finding.find(Query())).degraded
    for _ in range(breaker.MOST_SLOW):
        with pytest.raises(TooSlow), its.asking():
            raise TooSlow("late, for the test")
    assert (await finding.find(Query())).degraded


async def test_a_question_that_is_given_up_is_no_failure(engine):
    its = finding._breaker(search.engine.engine())
    with pytest.raises(asyncio.CancelledError), its.asking():
        raise asyncio.CancelledError
    assert not (await finding.find(Query())).degraded


async def test_another_engine_starts_afresh(engine):
    engine.is_away = True
    await finding.find(Query())
    search.engine.use(Counting())
    assert not (await finding.find(Query())).degraded


async def test_in_a_process_without_engine_postgresql_answers(app):
    former = search.engine.engine()
    search.engine.use(None)
    try:
        await keep([ad("one", "Poussette")])
        grouped = await finding.find_grouped(Query(words="poussette"), {DocumentType.listing: 3, DocumentType.tip: 3})
    finally:
        search.engine.use(former)
    assert {type: (found.total, found.degraded) for type, found in grouped.items()} == {
        DocumentType.listing: (1, True),
        DocumentType.tip: (0, True),
    }


async def test_counts_are_kept_as_long_as_nothing_changes(engine):
    await keep([ad("one", "Poussette")])
    assert await _are_kept(engine)
    await database.execute("UPDATE search_document SET version = nextval('search_change'), indexed = NULL")
    assert not await _are_kept(engine), "not again before the index has followed"
    await database.execute("UPDATE search_document SET indexed = version")
    assert await _are_kept(engine)


async def _are_kept(engine: Counting) -> bool:
    """Not always at once: another test may be writing on the same server."""
    for _ in range(40):
        before = len(engine.asked)
        await facets.facets_of(Query(category="classifieds"))
        if len(engine.asked) == before:
            return True
        await asyncio.sleep(0.01)
    return False


async def test_what_can_be_counted_in_part_only_is_not_counted(browser, anne, bilal, engine, monkeypatch):
    engine.is_away = True
    await published(anne)
    await browser.sign_in(bilal)
    assert "1 annonce" in (await browser.get("/annonces")).text
    monkeypatch.setattr(facets, "MOST_RANKED", 1)

    page = (await browser.get("/annonces")).text
    assert "Les plus récentes" in page and "1 annonce" not in page
    assert "La carte revient dans un instant" in (await browser.get("/annonces/carte")).text


async def test_the_door_costs_little_beside_the_engine(engine):
    """Milliseconds, at the median; the engine here answers at once."""
    await keep([ad(f"n{number}", "Poussette") for number in range(50)])
    await database.execute("UPDATE search_document SET indexed = version - 1 WHERE id LIKE 'n1%'")
    costs = []
    for _ in range(60):
        before = perf_counter()
        await finding.find(Query(words="poussette"))
        costs.append((perf_counter() - before) * 1000)
    assert median(costs) <= OWN_COST_MS


PLACES = {"29": BREST, "83": TOULON, "75": PARIS}
A_DOCUMENT = some.fixed_dictionaries(
    {
        "title": some.sampled_from(["Poussette double", "Vélo rouge", "Garde le mercredi", "Vélos et poussettes"]),
        "body": some.sampled_from(["", "Avec un vélo.", "Roues de 16 pouces."]),
        "type": some.sampled_from(DocumentType),
        "category": some.sampled_from(["classifieds", "childcare", "tips"]),
        "kind": some.sampled_from([None, "offer", "request"]),
        "deal": some.sampled_from([None, "give", "sell"]),
        "department": some.sampled_from(list(PLACES)),
        "region": some.sampled_from(["", "53", "11"]),
        "days": some.sampled_from([(), (2,), (0, 2, 4)]),
        "periods": some.sampled_from([(), (Period.morning,), tuple(Period)]),
        "price_cents": some.sampled_from([None, 500, 2000]),
        "starts_on": some.sampled_from([None, NOW.date(), NOW.date() + timedelta(days=9)]),
        "expires_at": some.sampled_from([None, NOW - timedelta(days=1), NOW + timedelta(days=1)]),
        "soonest_on": some.sampled_from([None, NOW.date(), NOW.date() + timedelta(days=9)]),
        "author": some.sampled_from(["anne", "bilal", "farid"]),
        "has_photo": some.booleans(),
        "has_helped": some.booleans(),
    }
)
A_QUERY = some.builds(
    Query,
    words=some.sampled_from(["", "vélo", "poussette", "poussettes doubles", "velo rouge", "16 pouces", "mercredi"]),
    type=some.sampled_from([None, DocumentType.listing, (DocumentType.listing, DocumentType.tip)]),
    category=some.sampled_from([None, "classifieds", "childcare"]),
    kind=some.sampled_from([None, "offer"]),
    deal=some.sampled_from([None, "give"]),
    department=some.sampled_from([None, "29"]),
    region=some.sampled_from([None, "53"]),
    days=some.sampled_from([(), (2,), (1, 4)]),
    periods=some.sampled_from([(), (Period.morning,), (Period.evening, Period.afternoon)]),
    near=some.sampled_from([None, Near(*BREST, 5.0), Near(*QUIMPER, 100.0), Near(*PARIS)]),
    on_or_after=some.sampled_from([None, NOW.date()]),
    on_or_before=some.sampled_from([None, NOW.date() + timedelta(days=3)]),
    price_max_cents=some.sampled_from([None, 1000]),
    has_photo=some.booleans(),
    has_helped=some.booleans(),
    sort=some.sampled_from(Sort),
    hidden_authors=some.sampled_from([(), (str(author("anne")),), (str(author("anne")), str(author("bilal")))]),
    hidden_ids=some.sampled_from([(), ("n1", "n2")]),
    alive_at=some.sampled_from([None, NOW]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(given=some.lists(A_DOCUMENT, min_size=4, max_size=12), query=A_QUERY)
async def test_postgresql_finds_and_counts_what_the_engine_does(app, given: list[dict[str, Any]], query: Query):
    documents = [
        ad(f"n{number}", days_old=number, at=PLACES[one["department"]], **one | {"author": str(author(one["author"]))})
        for number, one in enumerate(given)
    ]
    embedded = EmbeddedEngine()
    await embedded.prepare()
    await embedded.put(documents)
    await database.execute("DELETE FROM search_document")
    await AsAnEngine().put(documents)

    theirs, ours = await embedded.search(query), await postgres.search(query)
    await embedded.close()

    assert {hit.id for hit in ours.hits} == {hit.id for hit in theirs.hits}
    assert (ours.total, ours.facets) == (theirs.total, theirs.facets)
    if query.sort is not Sort.relevance:
        assert [hit.id for hit in ours.hits] == [hit.id for hit in theirs.hits]
