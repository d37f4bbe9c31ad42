"""Put, replaced, removed, rebuilt: findable on return, and never an empty moment."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from search.contract import Document, Engine, NotTaken, Query
from tests.search.engines.ads import CAST, ad, ask, found, in_batches


async def test_what_is_put_is_findable_at_once(empty: Engine) -> None:
    await empty.put([ad("new", "Tondeuse à gazon")])
    assert await found(empty, "tondeuse") == ["new"]
    assert await empty.count() == 1


async def test_what_is_put_again_replaces(engine: Engine) -> None:
    await engine.put([ad("velo", "Tondeuse à gazon", department="56")])
    assert await found(engine, "tondeuse") == ["velo"]
    assert await found(engine, "electrique") == []
    answer = await ask(engine)
    assert answer.total == len(CAST)
    assert answer.facets["department"]["56"] == 1


async def test_what_is_removed_is_gone_everywhere(engine: Engine) -> None:
    await engine.remove(["velo", "never_there"])
    assert await found(engine, "velo") == []
    assert await engine.suggest(Query(words="vel")) == []
    answer = await ask(engine)
    assert (answer.total, answer.facets["deal"]) == (len(CAST) - 1, {"sell": 1, "give": 1})


async def test_what_it_will_never_take_is_refused_with_all_that_comes_with_it(engine: Engine) -> None:
    never = replace(ad("not an id, é", "Tondeuse rouge"), version=2**70)
    with pytest.raises(NotTaken):
        await engine.put([ad("before", "Tondeuse bleue"), never, ad("after", "Tondeuse verte")])
    assert await found(engine, "tondeuse") == []
    assert await engine.count() == len(CAST)
    await engine.put([ad("before", "Tondeuse bleue")])
    assert await found(engine, "tondeuse") == ["before"]


async def test_nothing_to_do_is_done(engine: Engine) -> None:
    await engine.put([])
    await engine.remove([])
    assert await engine.count() == len(CAST)


async def test_an_ad_put_and_removed_many_times_ends_as_last_said(empty: Engine) -> None:
    for _ in range(5):
        await empty.put([ad("one", "Tondeuse")])
        await empty.remove(["one"])
    assert await empty.count() == 0
    await empty.put([ad("one", "Tondeuse"), ad("one", "Perceuse")])
    assert await found(empty, "tondeuse") == []
    assert await found(empty, "perceuse") == ["one"]


async def test_very_old_and_very_far_ads_are_taken(empty: Engine) -> None:
    old = ad("old", "Tondeuse", at=(-21.115, 55.536))
    ancient = Document(
        **{f: getattr(old, f) for f in old.__struct_fields__} | {"published_at": datetime(1971, 1, 1, tzinfo=UTC)}
    )
    await empty.put([ancient])
    assert await found(empty, "tondeuse") == ["old"]


async def test_a_rebuild_replaces_everything(engine: Engine) -> None:
    told: list[int] = []
    await engine.rebuild(in_batches([ad(f"n{n}", f"Nouvelle tondeuse {n}") for n in range(5)], size=2), told.append)
    assert told == [2, 4, 5]
    assert await engine.count() == 5
    assert await found(engine, "poussette") == []
    assert not engine.needs_rebuild


async def test_searches_are_answered_whole_while_rebuilding(engine: Engine) -> None:
    totals: list[int] = []
    done = asyncio.Event()

    async def keep_searching() -> None:
        while not done.is_set():
            totals.append((await ask(engine)).total)

    searching = asyncio.create_task(keep_searching())
    await engine.rebuild(in_batches([*CAST, ad("eighth", "Tondeuse")], size=1))
    done.set()
    await searching
    assert totals and set(totals) <= {7, 8}
    assert (await ask(engine)).total == 8


async def test_changes_made_while_rebuilding_win_over_its_batches(engine: Engine) -> None:
    async def batches() -> AsyncIterator[list[Document]]:
        yield CAST[:1]
        await engine.put([ad("poussette", "Poussette triple"), ad("late", "Tondeuse")])
        await engine.remove(["velo", "roue"])
        yield CAST[1:]

    await engine.rebuild(batches())
    assert await found(engine, "triple") == ["poussette"]
    assert await found(engine, "double") == []
    assert await found(engine, "tondeuse") == ["late"]
    assert {"velo", "roue"}.isdisjoint(await found(engine))


async def test_a_failed_rebuild_leaves_the_live_index(engine: Engine) -> None:
    async def batches() -> AsyncIterator[list[Document]]:
        yield [ad("half", "Tondeuse")]
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        await engine.rebuild(batches())
    assert await engine.count() == len(CAST)
    assert await found(engine, "tondeuse") == []
    await engine.put([ad("after", "Perceuse")])
    assert await found(engine, "perceuse") == ["after"]


async def test_many_changes_and_searches_at_once(empty: Engine) -> None:
    async with asyncio.TaskGroup() as group:
        for number in range(20):
            group.create_task(empty.put([ad(f"n{number}", f"Tondeuse {number}")]))
            group.create_task(ask(empty, "tondeuse"))
    assert (await ask(empty, "tondeuse")).total == 20
