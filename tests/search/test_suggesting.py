"""The searches that are proposed while one types."""

import asyncio
import time

from search import finding, suggesting
from search.contract import Answer, Query
from search.suggesting import _known, known_searches
from search.vocabulary import unfound
from search.words.synonyms import units


async def test_the_searches_that_begin_so_come_first():
    proposed = known_searches("gard")
    assert proposed[0] == "garde d’enfants"
    assert all("gard" in one for one in proposed)
    begins = [one.startswith("gard") for one in known_searches("garde")]
    assert begins == sorted(begins, reverse=True)


async def test_accents_and_apostrophes_do_not_matter():
    for typed in ("ecole mat", "ÉCOLE MAT", "école  mat"):
        assert known_searches(typed) == ["école maternelle"]
    assert "sortie d’école" in known_searches("sortie d'ec")


async def test_the_very_words_typed_are_not_proposed():
    assert "poussette" not in known_searches("poussette")
    assert "poussette double" in known_searches("poussette")


async def test_words_in_the_middle_find_it_too():
    assert "garde d’enfants le mercredi" in known_searches("enfants le mer")


async def test_nothing_typed_proposes_nothing():
    for typed in ("", " ", "!?", "\x00"):
        assert known_searches(typed) == []


async def test_every_known_search_is_written_once_and_says_something():
    written = [known for known, _ in _known()]
    assert len(written) == len(set(written)) > 150
    assert all(units(known) for known in written)
    assert not [known for known in written if unfound._is_private(known)]


async def test_the_longest_thing_typed_costs_little():
    before = time.process_time()
    for _ in range(20):
        known_searches("garde " * 400)
    assert time.process_time() - before < 1


def slow(seconds: float, asked: list[str]):
    async def find(query: Query) -> Answer:
        asked.append(query.words)
        await asyncio.sleep(seconds)
        return Answer(hits=[], total=1, facets={}, took_ms=seconds, engine="slow")

    return find


async def no_titles(query: Query, limit: int) -> list[object]:
    return []


async def test_a_slow_engine_is_asked_for_fewer_searches(monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(finding, "suggest", no_titles)
    monkeypatch.setattr(finding, "find", slow(suggesting.ENOUGH, asked))
    proposed = await suggesting.propose(Query(words="gard"))
    assert proposed.searches == asked == known_searches("gard")[:1]


async def test_who_types_never_waits_for_an_engine_that_hangs(monkeypatch):
    monkeypatch.setattr(finding, "suggest", no_titles)
    monkeypatch.setattr(finding, "find", slow(600, []))
    monkeypatch.setattr(suggesting, "WITHIN", 0.01)
    async with asyncio.timeout(10):
        assert not (await suggesting.propose(Query(words="gard"))).searches
