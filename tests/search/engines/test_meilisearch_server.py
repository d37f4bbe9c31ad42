"""What only a server can do: be down, slow, refuse, or lag behind our settings."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from uuid import uuid4

import httpx
import meilisearch
import pytest
from meilisearch.errors import MeilisearchTimeoutError
from msgspec.structs import replace

from search.contract import DocumentType, EngineUnavailable, NotTaken, Query
from search.meili import MeilisearchEngine, keys
from search.meili.examining import examine
from search.meili.server import Server as server_of
from search.meili.settings import VERSION, differing, wanted
from tests.helpers.waiting import PATIENCE
from tests.search.engines.ads import CAST, ad, ask, found, in_batches

Server = tuple[str, str | None]
MANY = ["velo", "nounou", "voiture", "tondeuse", "piano", "guitare", "jardin", "cuisine", "portail", "lanterne"]
BUSY_MACHINE = 5.0  # seconds; the budget is 0.3, and without one nothing would end


@pytest.fixture
async def engine(meilisearch_server: Server) -> AsyncIterator[MeilisearchEngine]:
    engine = MeilisearchEngine(*meilisearch_server, index=f"server-{uuid4().hex[:8]}", budget_ms=10_000)
    yield engine
    await engine.close()


def named(engine: MeilisearchEngine) -> str:
    return engine._index


@pytest.mark.meilisearch
async def test_an_index_that_was_never_built_is_unavailable_and_not_begun_by_a_change(
    engine: MeilisearchEngine,
) -> None:
    await engine.prepare()
    assert engine.needs_rebuild
    for asking in (
        ask(engine),
        engine.suggest(Query(words="vel")),
        engine.count(),
        engine.put(CAST),
        engine.remove(["velo"]),
    ):
        with pytest.raises(EngineUnavailable):
            await asking
    await engine.prepare()
    assert engine.needs_rebuild


@pytest.mark.meilisearch
async def test_settings_are_sent_only_where_they_differ(engine: MeilisearchEngine, meilisearch_server: Server) -> None:
    await engine.rebuild(in_batches(CAST))
    client = meilisearch.Client(*meilisearch_server)
    index = client.index(named(engine))
    assert differing(index.get_settings()) == {}
    client.wait_for_task(index.update_settings({"synonyms": {"velo": ["roue"]}, "rankingRules": ["words"]}).task_uid)
    assert set(differing(index.get_settings())) == {"synonyms", "rankingRules"}
    await engine.prepare()
    assert differing(index.get_settings()) == {}
    assert index.get_settings()["synonyms"] == wanted()["synonyms"]


@pytest.mark.meilisearch
async def test_no_index_is_left_behind(engine: MeilisearchEngine, meilisearch_server: Server) -> None:
    await engine.rebuild(in_batches(CAST))
    await engine.rebuild(in_batches(CAST))
    with pytest.raises(EngineUnavailable):
        await engine.rebuild(in_batches([ad("no spaces allowed", "Refusée")]))
    family = named(engine).removesuffix(f"-v{VERSION}")
    client = meilisearch.Client(*meilisearch_server)
    left: list[str] = []
    for _ in range(100):
        left = [index.uid for index in client.get_indexes({"limit": 1000})["results"] if index.uid.startswith(family)]
        if left == [named(engine)]:
            break
        await asyncio.sleep(0.1)
    assert left == [named(engine)]
    assert await engine.count() == len(CAST)


@pytest.mark.meilisearch
async def test_a_refused_key_is_unavailable(meilisearch_server: Server) -> None:
    engine = MeilisearchEngine(meilisearch_server[0], "wrong")
    for asking in (engine.prepare(), ask(engine), engine.put(CAST)):
        with pytest.raises(EngineUnavailable):
            await asking
    await engine.close()


async def test_a_server_that_is_down_is_unavailable() -> None:
    engine = MeilisearchEngine("http://127.0.0.1:9", "key")
    for asking in (engine.prepare(), ask(engine), engine.suggest(Query(words="vel")), engine.put(CAST), engine.count()):
        with pytest.raises(EngineUnavailable):
            await asking
    await engine.close()


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"\x00\xff" * 9,
        b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nnot json!",
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]",
        b'HTTP/1.1 502 Bad Gateway\r\ncontent-length: 6\r\n\r\n"away"',
    ],
)
async def test_a_server_that_hangs_or_babbles_is_unavailable_within_the_budget(reply: bytes) -> None:
    asked_enough = asyncio.Event()
    answering: list[asyncio.Future[None]] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Hung up on before it is read, a question would fail for another reason.
        await reader.readuntil(b"]}")
        writer.write(reply)
        if not reply:
            await asked_enough.wait()
        writer.close()
        with suppress(OSError):  # who asked may have hung up first
            await writer.wait_closed()

    def asked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answering.append(asyncio.ensure_future(answer(reader, writer)))

    server = await asyncio.start_server(asked, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    engine = MeilisearchEngine(f"http://127.0.0.1:{port}", "key", budget_ms=300)
    async with asyncio.timeout(BUSY_MACHINE):
        with pytest.raises(EngineUnavailable):
            await engine.search(Query(words="velo"))
    asked_enough.set()
    await engine.close()
    async with asyncio.timeout(PATIENCE):
        # Who asked may have given up before the server turned to them: they are all before this one.
        heard, last = await asyncio.open_connection("127.0.0.1", port)
        last.write(b"]}")
        await heard.read()
        last.close()
        await last.wait_closed()
        await asyncio.gather(*answering)
    server.close()
    await server.wait_closed()


@pytest.mark.meilisearch
async def test_groups_of_results_come_in_one_round_trip(engine: MeilisearchEngine) -> None:
    tips = [replace(ad(f"tip{n}", f"Vélo : bon à savoir {n}"), type=DocumentType.tip) for n in range(4)]
    await engine.rebuild(in_batches([*CAST, *tips]))
    asked: list[object] = []

    async def note(request: object) -> None:
        asked.append(request)

    engine._reader._http.event_hooks["request"].append(note)
    groups = await engine.grouped(Query(words="vélos"), {DocumentType.listing: 5, DocumentType.tip: 3})
    assert len(asked) == 1
    assert [hit.id for hit in groups[DocumentType.listing].hits] == ["velo"]
    assert (groups[DocumentType.tip].total, len(groups[DocumentType.tip].hits)) == (4, 3)


@pytest.mark.meilisearch
@pytest.mark.parametrize("words", ["vélo zanzibar", "nounou voiture vélo école poussette", " ".join(MANY)])
async def test_however_much_is_asked_the_server_is_not_asked_without_end(engine: MeilisearchEngine, words: str) -> None:
    """Nobody wrote all of it, and nothing that has some of it is of this kind, deal and department."""
    await engine.rebuild(in_batches([*CAST, *(ad(word, word.title()) for word in MANY)]))
    asked: list[int] = []

    async def note(request: httpx.Request) -> None:
        asked.append(len(json.loads(request.content)["queries"]))

    engine._reader._http.event_hooks["request"].append(note)
    answer = await ask(engine, words, kind="request", deal="sell", department="83")
    assert (answer.total, answer.facets["category"], answer.facets["kind"]) == (0, {}, {})
    assert sum(asked) <= 100
    assert len(asked) <= 10


@pytest.mark.meilisearch
async def test_a_refusal_is_noted_without_the_question(
    engine: MeilisearchEngine, meilisearch_server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    await engine.rebuild(in_batches(CAST))
    client = meilisearch.Client(*meilisearch_server)
    client.wait_for_task(client.index(named(engine)).update_filterable_attributes(["id"]).task_uid)
    with pytest.raises(EngineUnavailable):
        await ask(engine, "velo", hidden_authors=("somebody",))
    assert "Meilisearch refused: 400 invalid_search_filter" in caplog.text
    assert "somebody" not in caplog.text


@pytest.mark.meilisearch
async def test_only_the_counts_asked_for_are_made(engine: MeilisearchEngine) -> None:
    await engine.rebuild(in_batches(CAST))
    assert (await ask(engine, facets=("deal",))).facets == {"deal": {"sell": 2, "give": 1}}
    assert (await ask(engine, category="pet_care", facets=())).facets == {}


@pytest.mark.meilisearch
async def test_of_two_published_together_the_more_helpful_comes_first(engine: MeilisearchEngine) -> None:
    await engine.rebuild(in_batches([replace(ad(f"a{n}", "Tondeuse"), helpful=n) for n in (1, 3, 2)]))
    assert await found(engine, "tondeuse") == await found(engine) == ["a3", "a2", "a1"]


@pytest.mark.meilisearch
async def test_an_index_that_vanished_asks_for_a_rebuild(engine: MeilisearchEngine, meilisearch_server: Server) -> None:
    await engine.rebuild(in_batches(CAST))
    client = meilisearch.Client(*meilisearch_server)
    client.wait_for_task(client.delete_index(named(engine)).task_uid)
    assert not engine.needs_rebuild
    with pytest.raises(EngineUnavailable):
        await ask(engine, "velo")
    assert engine.needs_rebuild


@pytest.mark.meilisearch
async def test_a_swap_whose_answer_was_lost_is_not_done_twice(
    engine: MeilisearchEngine, meilisearch_server: Server
) -> None:
    await engine.rebuild(in_batches(CAST))
    beside = await engine.begin()
    await engine.add(beside, CAST[:2])
    client = meilisearch.Client(*meilisearch_server)
    client.swap_indexes([{"indexes": [beside, named(engine)], "rename": False}])  # by a process that then died
    await engine.swap(beside)
    assert await engine.count() == 2
    assert not await engine.holds(beside)


@pytest.mark.meilisearch
async def test_the_index_of_the_version_before_serves_until_the_swap(
    engine: MeilisearchEngine, meilisearch_server: Server
) -> None:
    client = meilisearch.Client(*meilisearch_server)
    before = named(engine).removesuffix(VERSION) + "1-1"
    client.wait_for_task(client.create_index(before).task_uid)
    left = await engine.begin()
    beside = await engine.begin()
    assert await _names(client, named(engine), before) == sorted([before, beside])
    assert not await engine.holds(left)
    await engine.swap(beside)
    assert await _names(client, named(engine), before) == [named(engine)]


async def _names(client: meilisearch.Client, live: str, before: str) -> list[str]:
    """Once the deletions asked for are done."""
    client.wait_for_task(client.index(live).delete_documents(filter="id IN []").task_uid)
    family = before.removesuffix("1-1")
    return sorted(one.uid for one in client.get_indexes({"limit": 1000})["results"] if one.uid.startswith(family))


@pytest.mark.meilisearch
async def test_what_was_refused_beside_is_not_held_nor_swapped(engine: MeilisearchEngine) -> None:
    await engine.rebuild(in_batches(CAST))
    beside = await engine.begin()
    await engine.add(beside, [ad("no spaces allowed", "Refusée")])
    with pytest.raises(NotTaken):
        await engine.swap(beside)
    assert not await engine.holds(beside)
    assert await engine.count() == len(CAST)


@pytest.mark.meilisearch
async def test_a_server_of_before_is_refused_whatever_the_key(
    engine: MeilisearchEngine, meilisearch_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that knows no renaming, as this one knows no `later`."""
    url, master = meilisearch_server
    key = keys.made(url, master or "").indexing
    usual, asked = meilisearch.Client.swap_indexes, {"later": True}
    monkeypatch.setattr(
        meilisearch.Client, "swap_indexes", lambda self, given: usual(self, [one | asked for one in given])
    )
    limited = MeilisearchEngine(url, key)
    for one in (engine, limited):
        with pytest.raises(EngineUnavailable, match=r"too old: 1\.18 or later"):
            await one.prepare()
    await limited.close()
    assert "Install a later one" in examine(url, key, "").mend


@pytest.mark.meilisearch
async def test_a_write_that_got_no_answer_gives_the_one_before_time_to_reach_the_queue(
    meilisearch_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("search.meili.server.time.sleep", slept.append)
    server = server_of(*meilisearch_server, settling_seconds=7)
    with pytest.raises(EngineUnavailable), server.client():
        raise MeilisearchTimeoutError("no answer")
    with server.client():
        assert slept == [7]
    with server.client():
        assert slept == [7]


@pytest.mark.meilisearch
async def test_a_cancelled_search_is_cancelled_and_harms_nothing(engine: MeilisearchEngine) -> None:
    await engine.rebuild(in_batches(CAST))
    asking = asyncio.create_task(ask(engine, "velo"))
    await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert await found(engine, "poussette") == ["poussette"]
