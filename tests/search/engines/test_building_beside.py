"""An index built beside the live one, step by step, as the loop of `search.following.indexing` does it."""

import pytest

from search.contract import Document, Engine, EngineUnavailable
from tests.search.engines.ads import CAST, ad, found


def numbered(documents: list[Document]) -> list[Document]:
    return [
        Document(**{field: getattr(one, field) for field in one.__struct_fields__} | {"version": 7 + number})
        for number, one in enumerate(documents)
    ]


async def versions(engine: Engine) -> dict[str, int]:
    return {id: version async for batch in engine.versions() for id, version in batch}


async def test_nothing_of_it_is_found_before_the_swap_and_all_of_it_after(engine: Engine) -> None:
    beside = await engine.begin()
    await engine.add(beside, [ad("one", "Tondeuse"), ad("two", "Perceuse")])
    await engine.add(beside, [ad("two", "Ponceuse")], ["one"])
    assert await engine.holds(beside)
    assert await found(engine, "ponceuse") == []
    assert await found(engine, "poussette") == ["poussette"]
    await engine.swap(beside)
    assert await found(engine) == ["two"]
    assert await found(engine, "ponceuse") == ["two"]
    assert not await engine.holds(beside), "it is the live one now"


async def test_the_live_index_goes_on_being_kept_meanwhile(engine: Engine) -> None:
    beside = await engine.begin()
    await engine.add(beside, CAST)
    await engine.put([ad("late", "Tondeuse")])
    await engine.remove(["velo"])
    assert await found(engine, "tondeuse") == ["late"]
    await engine.swap(beside)
    assert await found(engine, "tondeuse") == [], "only what was added there"
    assert await found(engine, "velo") == ["velo"]


async def test_one_that_is_abandoned_or_overtaken_is_held_no_more(engine: Engine) -> None:
    first = await engine.begin()
    await engine.add(first, CAST[:1])
    second = await engine.begin()
    assert not await engine.holds(first)
    assert await engine.holds(second)
    await engine.abandon(second)
    assert not await engine.holds(second)
    with pytest.raises(EngineUnavailable):
        await engine.swap("never begun")
    assert await engine.count() == len(CAST)


async def test_the_version_of_every_document_can_be_read(empty: Engine) -> None:
    assert await versions(empty) == {}
    documents = numbered(CAST)
    await empty.put(documents)
    assert await versions(empty) == {one.id: one.version for one in documents}
    many = numbered([ad(f"n{number}", "Tondeuse") for number in range(2300)])
    await empty.put(many)
    assert await versions(empty) == {one.id: one.version for one in (*documents, *many)}
    alike = [ad(f"a{number}", "Tondeuse", version=9999) for number in range(2300)]
    await empty.put(alike)
    assert len(await versions(empty)) == len(CAST) + 4600
