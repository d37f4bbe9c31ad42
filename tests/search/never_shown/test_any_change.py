"""Whatever happens to ads and members, in whatever order, between any two steps of the index: what may not be found is
in no result, no count and no suggestion, on each engine and on PostgreSQL's side; and once the index has followed,
all that may be found is."""

import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

import search.engine
from app import database
from app.dates import now
from app.piccolo_conf import DB
from app.refusals import Refused
from listings.content import Content
from listings.kinds import Outcome
from listings.life.closing import close_listing
from listings.life.removing import remove
from listings.life.setting_aside import bring_back, set_aside
from listings.life.steps import Step, move
from listings.writing.editing import edit
from members.blocking import block, unblock
from moderation.sanctions.confirming import confirm
from moderation.sanctions.lifting import lift_measure
from search import facets, finding, postgres
from search.contract import Answer, DocumentType, Engine, EngineUnavailable, Near, Query, Sort
from search.embedded import EmbeddedEngine
from search.following.indexing import drain
from search.meili import MeilisearchEngine
from tests.helpers.ads import DETAILS, content, published
from tests.helpers.finding import nothing
from tests.helpers.sanctions import taken, the_sanction
from tests.moderation.cases.people import as_me, moderating
from tests.search.engines.conftest import BUDGET_MS, meilisearch_server  # noqa: F401
from tests.search.never_shown.truth import counted, findable, hidden_from

SHARED = "poussette"
# Words nobody else writes: where one of them shows, its ad shows.
FIRST = ("zebulonade", "yachtmanerie", "wagonnetade", "vuvuzelage", "ukulelade")
LATER = ("kiwitude", "jacinthite", "haricotage", "gourganderie", "fanfreluchage")
CATEGORIES = ("classifieds", "pet_care", "tips", "home", "local_offer")
KINDS = DocumentType.listing, DocumentType.tip, DocumentType.home, DocumentType.offer
FOR_VISITORS = ("public",)
OFFER = 4

OF_ADS = ("close", "remove", "send back", "hold", "publish", "edit", "expire")
OF_MEMBERS = ("suspend", "lift", "set aside", "bring back", "block", "blocked", "unblock", "erase")
OF_THE_INDEX = ("follow", "follow", "follow", "die while following", "away", "back")
STEP = some.tuples(some.sampled_from([*OF_ADS, *OF_MEMBERS, *OF_THE_INDEX]), some.integers(0, 4))


class Breaking:
    """An engine that may be away, or do what it is told and then not say so."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.is_away, self.dies = engine, False, False

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.engine, name)
        return self._broken(found) if name in ("search", "grouped", "suggest", "put", "remove") else found

    def _broken(self, do: Any) -> Any:
        async def broken(*given: Any, **named: Any) -> Any:
            if self.is_away:
                raise EngineUnavailable("away, for the test")
            done = await do(*given, **named)
            if self.dies:
                raise EngineUnavailable("died after it was done, for the test")
            return done

        return broken


class Life:
    """Two ads by Anne, a tip and the home of Émilie, an offer for members by Anne, and Bilal who searches."""

    def __init__(self, engine: Breaking, people: dict[str, Any], sanction: UUID) -> None:
        self.engine, self.people, self.sanction = engine, people, sanction
        self.ads: list[UUID] = []
        self.words: list[str] = []
        self.at = now()

    async def begin(self) -> None:
        for number, author in enumerate(("anne", "anne", "emilie", "emilie", "anne")):
            said = f"{SHARED} {FIRST[number]}"
            # Their terms come one after the other.
            since = now() - timedelta(days=50 - number)
            about = {"details": {**DETAILS["local_offer"], "readers": "members"}} if number == OFFER else {}
            ad = await published(self.people[author], CATEGORIES[number], title=said, published_at=since, **about)
            self.ads.append(ad.id)
            self.words.append(FIRST[number])

    async def do(self, what: str, number: int) -> None:
        ad, anne, emilie, bilal = self.ads[number], *(self.people[name] for name in ("anne", "emilie", "bilal"))
        author = emilie if number in (2, 3) else anne
        match what:
            case "close":
                await close_listing(ad, as_me(author), Outcome.fulfilled)
            case "remove":
                await remove(ad)
            case "send back":
                await move(ad, Step.send_back)
            case "hold":
                await move(ad, Step.hold)
            case "publish":
                await move(ad, Step.publish, expires_at=self.at + timedelta(days=3 + number))
            case "edit":
                await self._edit(number, author)
            case "expire":
                await self._let_time_pass(ad)
            case "suspend":
                await confirm(await the_sanction(self.sanction), as_me(self.people["chloe"]))
            case "lift":
                await lift_measure(self.sanction)
            case "set aside":
                await set_aside(ad)
            case "bring back":
                await bring_back(ad)
            case "block":
                await block(bilal.id, author.id)
            case "blocked":
                await block(author.id, bilal.id)
            case "unblock":
                await unblock(bilal.id, author.id)
            case "erase":
                await database.execute("DELETE FROM member WHERE id = $1", emilie.id)
            case "follow":
                with contextlib.suppress(EngineUnavailable):
                    await drain(self.engine)
            case "die while following":
                self.engine.dies = True
                with contextlib.suppress(EngineUnavailable):
                    await drain(self.engine)
                self.engine.dies = False
            case "away":
                self.engine.is_away = True
            case "back":
                self.engine.is_away = False
                finding.forget_failures()

    async def _edit(self, number: int, author: Any) -> None:
        row = await database.row("SELECT * FROM listing WHERE id = $1 AND status = 'published'", self.ads[number])
        if row:
            said = Content.of(row)
            title = f"{SHARED} {LATER[number]}"
            other = content(said.category.value, title=title, deal=said.deal, kind=said.kind, details=said.details)
            await edit(self.ads[number], as_me(author), other)

    async def _let_time_pass(self, ad: UUID) -> None:
        """Until the term of this one has come, before anybody noticed."""
        ends = await database.value("SELECT expires_at FROM listing WHERE id = $1", ad)
        if ends:
            self.at = max(self.at, ends)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=some.lists(STEP, min_size=3, max_size=12))
@example(steps=[("follow", 0), ("remove", 0), ("follow", 0), ("edit", 1), ("erase", 0), ("expire", 1)])
@example(
    steps=[("follow", 0), ("die while following", 0), ("suspend", 0), ("set aside", 0), ("follow", 0), ("lift", 0)]
)
@example(steps=[("die while following", 0), ("block", 2), ("close", 0), ("away", 0), ("unblock", 2), ("back", 0)])
async def test_nothing_that_may_not_be_found_shows_after_any_change(engine, people, sanction, monkeypatch, steps):
    async with _undone():
        await engine.engine.rebuild(nothing())
        engine.is_away = False
        finding.forget_failures()
        facets.forget()
        life = Life(engine, people, sanction)
        monkeypatch.setattr(finding, "now", lambda: life.at)
        monkeypatch.setattr(facets, "now", lambda: life.at)
        await life.begin()
        for what, number in steps:
            with contextlib.suppress(Refused, asyncpg.ForeignKeyViolationError):
                async with _undone(only_when_it_fails=True):
                    await life.do(what, number)
            await _nothing_leaks(life, what)
        engine.is_away = False
        finding.forget_failures()
        await drain(engine)
        await _all_is_found(life)


@asynccontextmanager
async def _undone(*, only_when_it_fails: bool = False) -> AsyncIterator[None]:
    before = await DB.current_transaction.get().savepoint()
    has_failed = True
    try:
        yield
        has_failed = False
    finally:
        if has_failed or not only_when_it_fails:
            await before.rollback_to()
        await before.release()


async def _nothing_leaks(life: Life, what: str) -> None:
    viewer = life.people["bilal"].id
    visible = await findable(viewer, life.at)
    hidden = await hidden_from(viewer)
    for asked in _questions(hidden):
        _is_clean(await finding.find(asked), visible, what)
        _is_clean(await postgres.search(_alive(asked, life.at)), visible, what)
        for answer in (await finding.find_grouped(asked, dict.fromkeys(KINDS, 5))).values():
            _is_clean(answer, visible, what)
    _is_clean(await facets.facets_of(Query(hidden_authors=hidden)), visible, what)
    for asked in _questions(()):
        of_visitors = msgspec.structs.replace(asked, type=DocumentType.offer, traits=FOR_VISITORS)
        assert not (await finding.find(of_visitors)).hits, what
        assert not (await postgres.search(_alive(of_visitors, life.at))).hits, what
    titles = {document.title for document in visible.values()}
    for typed in ("pous", *(word[:5] for word in (*FIRST, *LATER))):
        asked = Query(words=typed, hidden_authors=hidden)
        for suggested in (await finding.suggest(asked), await postgres.suggest(_alive(asked, life.at))):
            assert {one.text for one in suggested} <= titles, what
            assert {one.id for one in suggested} <= {None, *visible}, what


def _is_clean(answer: Answer, visible: dict[str, Any], what: str) -> None:
    for hit in answer.hits:
        assert hit.id in visible, what
        assert "".join(piece.text for piece in hit.title) == visible[hit.id].title, what
    assert answer.total <= len(visible), what
    may_count = counted(visible)
    for facet, values in answer.facets.items():
        for value, many in values.items():
            assert many <= may_count[facet][value], (what, facet, value)


async def _all_is_found(life: Life) -> None:
    viewer = life.people["bilal"].id
    visible = await findable(viewer, life.at)
    answer = await finding.find(Query(words=SHARED, hidden_authors=await hidden_from(viewer)))
    assert {hit.id for hit in answer.hits} == set(visible)
    assert answer.total == len(visible)
    assert answer.facets == {facet: dict(values) for facet, values in counted(visible).items()}
    assert not answer.degraded


def _questions(hidden: tuple[str, ...]) -> list[Query]:
    return [
        Query(hidden_authors=hidden),
        Query(words=SHARED, hidden_authors=hidden),
        Query(words=SHARED, hidden_authors=hidden, favours=Near(48.39, -4.49, 50)),
        Query(traits=("no_smoking",), sleeps_min=2, hidden_authors=hidden),
        Query(words=SHARED, category="pet_care", kind="request", hidden_authors=hidden, sort=Sort.newest),
        *(Query(words=word, hidden_authors=hidden) for word in (*FIRST, *LATER)),
    ]


def _alive(query: Query, at: datetime) -> Query:
    return msgspec.structs.replace(query, alive_at=at)


@pytest.fixture(params=["embedded", pytest.param("meilisearch", marks=pytest.mark.meilisearch)])
async def engine(request: pytest.FixtureRequest, app: Any) -> AsyncIterator[Breaking]:
    """In the place of the site's own."""
    if request.param == "embedded":
        real: Engine = EmbeddedEngine()
    else:
        url, key = request.getfixturevalue("meilisearch_server")
        real = MeilisearchEngine(url, key, index=f"test-{uuid4().hex[:8]}", budget_ms=BUDGET_MS)
    await real.prepare()
    former, breaking = search.engine.engine(), Breaking(real)
    search.engine.use(breaking)
    yield breaking
    search.engine.use(former)
    await real.close()


@pytest.fixture
async def people(anne, bilal, emilie, chloe, denis) -> dict[str, Any]:
    emilie.trusted_at = now()
    await emilie.save(columns=[type(emilie).trusted_at])
    return {"anne": anne, "bilal": bilal, "emilie": emilie, "chloe": chloe, "denis": denis}


@pytest.fixture
async def sanction(people) -> UUID:
    """A suspension of Anne that waits for a second yes."""
    return await taken(people["anne"], "suspension", 7, by=await moderating(people["denis"]))
