"""The process that brings the index after the database is killed at any moment: nothing is lost, nothing is stale."""

import asyncio
import random
from pathlib import Path

import pytest

from app import database
from search.embedded import EmbeddedEngine
from search.following import rebuilding
from search.following.checking import lag
from search.keeping import keep_indexed
from tests.helpers.ads import published
from tests.helpers.waiting import until
from tests.helpers.worker import THAT_INDEXES, process

pytestmark = pytest.mark.commits
KILLS = 4
FOLLOWED = "SELECT NOT EXISTS (SELECT FROM search_document WHERE indexed IS DISTINCT FROM version)"
BUILT = "SELECT TRUE FROM search_rebuild WHERE ended_at IS NOT NULL AND failed = ''"


async def versions(folder: Path) -> dict[str, int]:
    engine = EmbeddedEngine(folder)
    await engine.prepare()
    try:
        return {id: version async for batch in engine.versions() for id, version in batch}
    finally:
        await engine.close()


async def rows() -> dict[str, int]:
    return dict(await database.rows("SELECT id, version FROM search_document WHERE NOT is_gone"))


async def change_all(anne, ads: list, chance: random.Random) -> None:
    """Ads come, change and go, each in a transaction of its own."""
    for _ in range(20):
        match chance.choice(("come", "come", "change", "go")):
            case "come":
                ads.append((await published(anne, title=f"Tondeuse {len(ads)}")).id)
            case "change" if ads:
                async with database.transaction():
                    ad = chance.choice(ads)
                    await database.execute("UPDATE listing SET body = body || ' encore' WHERE id = $1", ad)
                    await keep_indexed(ad)
            case "go" if ads:
                await database.execute("DELETE FROM listing WHERE id = $1", ads.pop(chance.randrange(len(ads))))


async def test_killed_again_and_again_while_ads_come_change_and_go(anne, tmp_path):
    chance, ads = random.Random(5), []
    for turn in range(KILLS):
        async with process(THAT_INDEXES.format(folder=str(tmp_path / "index"))) as indexer:
            if turn % 2:
                await rebuilding.ask(derives=turn == 1)
            await until(lambda: _is_followed())
            changing = asyncio.create_task(change_all(anne, ads, chance))
            await asyncio.sleep(chance.random() * 0.4)
            indexer.kill()
            await asyncio.wait_for(indexer.wait(), 30)
            await changing
    async with process(THAT_INDEXES.format(folder=str(tmp_path / "index"))):
        await until(lambda: database.value(BUILT))
        await until(lambda: database.value(FOLLOWED))
    assert len(ads) > 5
    assert await versions(tmp_path / "index") == await rows()
    assert await database.value("SELECT count(*) FROM search_document WHERE is_gone") == 0


async def test_killed_in_the_middle_of_a_rebuild_another_process_makes_the_index(anne, tmp_path):
    for number in range(30):
        await published(anne, title=f"Tondeuse {number}")
    folder = tmp_path / "index"
    async with process(THAT_INDEXES.format(folder=str(folder))) as first:
        await until(lambda: database.value(BUILT))
        await until(lambda: database.value(FOLLOWED))
        await rebuilding.ask(derives=True)
        await until(lambda: database.value("SELECT TRUE FROM search_rebuild WHERE done > 0 OR ended_at IS NOT NULL"))
        first.kill()
        await asyncio.wait_for(first.wait(), 30)
    assert (await versions(folder)).keys() == (await rows()).keys(), "the former index, or the new one: never none"
    async with process(THAT_INDEXES.format(folder=str(folder))):
        await until(lambda: database.value(BUILT))
        await until(lambda: database.value(FOLLOWED))
    assert await versions(folder) == await rows()


SLOWLY = """
import asyncio

from search.documents import ads as documents

documents.BATCH = 4
at_once = documents.Ads.documents


async def slow(self, ids):
    await asyncio.sleep(0.3)
    return await at_once(self, ids)


documents.Ads.documents = slow
"""


async def test_killed_in_the_middle_of_a_derivation_another_process_goes_on_with_it(anne, tmp_path):
    first, *_, last = sorted([str((await published(anne, title=f"Tondeuse {number}")).id) for number in range(30)])
    code = SLOWLY + THAT_INDEXES.format(folder=str(tmp_path / "index"))
    async with process(code) as indexer:
        await until(lambda: database.value(BUILT))
        await until(lambda: database.value(FOLLOWED))
        await rebuilding.ask(derives=True)
        await until(lambda: database.value("SELECT done >= 8 AND derives FROM search_rebuild"))
        indexer.kill()
        await asyncio.wait_for(indexer.wait(), 30)
    assert (await rebuilding.present())["done"] < 30
    await database.execute("UPDATE search_document SET body = 'Autre' WHERE id = ANY($1::varchar[])", [first, last])
    async with process(code):
        await until(lambda: database.value(BUILT))
        await until(lambda: database.value(FOLLOWED))
    wrong = await database.rows("SELECT id FROM search_document WHERE body = 'Autre'")
    assert [row["id"] for row in wrong] == [first], "what was derived before is not read again, what follows is"
    assert (await versions(tmp_path / "index")).keys() == (await rows()).keys()


async def test_one_process_at_a_time_follows_and_the_next_takes_over(anne, tmp_path):
    async with process(THAT_INDEXES.format(folder=str(tmp_path / "one"))) as first:
        await until(lambda: database.value(BUILT))
        async with process(THAT_INDEXES.format(folder=str(tmp_path / "other"))):
            await published(anne, title="Tondeuse du matin")
            await until(lambda: _is_followed())
            assert not (tmp_path / "other").exists(), "it waits"
            first.kill()
            await asyncio.wait_for(first.wait(), 30)
            await published(anne, title="Tondeuse tardive")
            await until(lambda: _is_followed())
    assert await versions(tmp_path / "other") == await rows(), "of an index of its own, made of everything"


async def _is_followed() -> bool:
    return (await lag()).is_followed and bool(await database.value(FOLLOWED)) and bool(await database.value(BUILT))
