"""Keys that reach what the site needs and nothing else, settings brought in line, and what the doctor sees of both."""

from collections.abc import AsyncIterator, Callable
from contextlib import suppress

import meilisearch
import pytest
from click.testing import CliRunner
from meilisearch.errors import MeilisearchApiError

from app.commands import entraide
from app.settings import settings
from search.contract import EngineUnavailable
from search.meili import MeilisearchEngine, keys
from search.meili.examining import LIVE, examine
from search.meili.keys import Keys
from search.meili.settings import differing
from tests.search.engines.ads import CAST, found, in_batches

pytestmark = pytest.mark.meilisearch

Server = tuple[str, str | None]
Says = Callable[..., str]


@pytest.fixture
def url(meilisearch_server: Server) -> str:
    return meilisearch_server[0]


@pytest.fixture
def master(meilisearch_server: Server) -> str:
    return meilisearch_server[1] or ""


@pytest.fixture
def made(url: str, master: str) -> Keys:
    return keys.made(url, master)


@pytest.fixture
async def site(url: str, made: Keys) -> AsyncIterator[MeilisearchEngine]:
    """The engine as the site has it, under the site's own index name."""
    engine = MeilisearchEngine(url, made.indexing, budget_ms=10_000, search_key=made.searching)
    await engine.rebuild(in_batches(CAST))
    yield engine
    with suppress(EngineUnavailable):
        await engine.abandon(LIVE)
    await engine.close()


def may(key: str, url: str, ask: Callable[[meilisearch.Client], object]) -> bool:
    try:
        ask(meilisearch.Client(url, key))
    except MeilisearchApiError as refusal:
        return refusal.code != "invalid_api_key"
    return True


async def test_the_two_keys_are_enough_for_all_the_site_does(site: MeilisearchEngine) -> None:
    await site.prepare()
    await site.put(CAST[:2])
    await site.remove(["velo"])
    assert await found(site, "poussette") == ["poussette"]
    assert len([one async for batch in site.versions() for one in batch]) == len(CAST) - 1
    beside = await site.begin()
    await site.add(beside, CAST[:3], ["roue"])
    assert await site.holds(beside)
    await site.swap(beside)
    assert not await site.holds(beside)
    assert await site.count() == 2


async def test_a_process_that_only_searches_needs_only_that_key(site: MeilisearchEngine, url: str, made: Keys) -> None:
    only = MeilisearchEngine(url, "", budget_ms=10_000, search_key=made.searching)
    await only.prepare()
    assert not only.needs_rebuild
    assert await found(only, "velo") == ["velo"]
    with pytest.raises(EngineUnavailable):
        await only.put(CAST)
    await only.close()


async def test_neither_key_reaches_anything_else(url: str, made: Keys) -> None:
    beyond: list[Callable[[meilisearch.Client], object]] = [
        lambda client: client.get_keys(),
        lambda client: client.create_key({"actions": ["*"], "indexes": ["*"], "expiresAt": None}),
        lambda client: client.create_index("another"),
        lambda client: client.index("another").search(""),
        lambda client: client.create_dump(),
    ]
    for ask in beyond:
        assert not may(made.indexing, url, ask)
    for ask in (*beyond, lambda client: client.index(LIVE).delete(), lambda client: client.index(LIVE).get_settings()):
        assert not may(made.searching, url, ask)


async def test_keys_are_made_once_and_renewed_when_asked(url: str, master: str, made: Keys) -> None:
    assert keys.made(url, master) == made
    renewed = keys.made(url, master, renew=True)
    assert set(renewed).isdisjoint(made)
    assert not may(made.searching, url, lambda client: client.index(LIVE).search(""))
    assert may(renewed.searching, url, lambda client: client.index(LIVE).search(""))


async def test_a_key_of_another_scope_is_replaced(url: str, master: str, made: Keys) -> None:
    client = meilisearch.Client(url, master)
    client.delete_key(made.searching)
    client.create_key({"name": keys.SEARCHING.name, "actions": ["*"], "indexes": ["*"], "expiresAt": None})
    keys.made(url, master)
    (kept,) = [key for key in client.get_keys({"limit": 1000}).results if key.name == keys.SEARCHING.name]
    assert (kept.actions, kept.indexes) == (["search"], ["entraide-*"])


async def test_the_command_prints_two_lines_for_the_environment(
    url: str, master: str, made: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.meili.commands.settings", lambda: _settings(url))
    done = CliRunner().invoke(entraide, ["search", "keys"], env={"MEILISEARCH_MASTER_KEY": master})
    assert done.output.splitlines() == [
        f"MEILISEARCH_KEY={made.indexing}",
        f"MEILISEARCH_SEARCH_KEY={made.searching}",
    ]
    typed = CliRunner().invoke(entraide, ["search", "keys"], input=f"{master}\n", env={"MEILISEARCH_MASTER_KEY": None})
    assert (typed.stdout, "Master key" in typed.stderr) == (done.stdout, True)
    wrong = CliRunner().invoke(entraide, ["search", "keys"], env={"MEILISEARCH_MASTER_KEY": "wrong"})
    assert wrong.exit_code == 1
    assert "invalid_api_key" in wrong.output


async def test_sync_says_what_differs_then_applies_it(
    site: MeilisearchEngine, url: str, master: str, made: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing_to_read() -> None: ...

    monkeypatch.setattr("search.meili.commands._read_words", nothing_to_read)
    monkeypatch.setattr("search.meili.commands.settings", lambda: _settings(url, meilisearch_key=made.indexing))
    client = meilisearch.Client(url, master)
    changed = {"rankingRules": ["words"], "typoTolerance": {"disableOnNumbers": False}, "synonyms": {"zut": ["flute"]}}
    client.wait_for_task(client.index(LIVE).update_settings(changed).task_uid)

    said = await _sync("--only-say")
    assert "- rankingRules: ['words']" in said
    assert "+ typoTolerance.disableOnNumbers: True" in said
    assert "- synonyms.zut: ['flute']" in said
    assert set(differing(client.index(LIVE).get_settings())) == set(changed)

    assert "applied" in await _sync()
    assert differing(client.index(LIVE).get_settings()) == {}
    assert await _sync() == "The settings are those of this version.\n"


async def _sync(*options: str) -> str:
    import asyncio

    done = await asyncio.to_thread(CliRunner().invoke, entraide, ["search", "sync", *options])
    assert done.exit_code == 0, done.output
    return done.output


async def test_the_doctor_tells_a_key_that_may_too_much_or_too_little(
    site: MeilisearchEngine, url: str, master: str, made: Keys
) -> None:
    assert examine(url, made.indexing, made.searching).wrong == ""
    assert examine(url, made.indexing, "").wrong == ""
    assert examine(url, "", made.searching).wrong == ""
    assert "MEILISEARCH_KEY is a master" in examine(url, master, made.searching).wrong
    assert "MEILISEARCH_SEARCH_KEY is a master" in examine(url, made.indexing, master).wrong
    assert "MEILISEARCH_KEY may not indexes.get" in examine(url, made.searching, "").wrong
    assert "entraide search keys" in examine(url, "wrong", "").mend


async def test_the_doctor_tells_settings_and_an_index_that_are_not_of_this_version(
    site: MeilisearchEngine, url: str, master: str, made: Keys
) -> None:
    client = meilisearch.Client(url, master)
    client.wait_for_task(client.index(LIVE).update_settings({"rankingRules": ["words"]}).task_uid)
    seen = examine(url, made.indexing, made.searching)
    assert ("rankingRules" in seen.wrong, "entraide search sync" in seen.mend) == (True, True)
    client.wait_for_task(client.delete_index(LIVE).task_uid)
    assert examine(url, made.indexing, made.searching).wrong == "no usable index"


async def test_the_doctor_tells_a_server_that_is_away() -> None:
    assert "Start Meilisearch" in examine("http://127.0.0.1:9", "key", "").mend


def _settings(url: str, **more: str) -> object:
    from msgspec.structs import replace

    return replace(settings(), meilisearch_url=url, **more)
