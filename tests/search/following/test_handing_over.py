"""A document the engine will never take keeps no other from it, never shows as it was before, and is not forgotten."""

from collections.abc import AsyncIterator

import pytest

from app import database
from search.contract import NotTaken
from search.embedded import EmbeddedEngine
from search.finding import ahead_of_the_index
from search.following import rebuilding
from search.following.checking import lag, mend, told
from search.following.indexing import drain, until_followed, work_through
from search.keeping import write
from tests.helpers.ads import published
from tests.helpers.failing import SometimesAway
from tests.helpers.finding import indexed
from tests.search.engines.ads import ad


class Picky(SometimesAway):
    """Never takes what has this word in its title."""

    word = "refusée"

    def __init__(self, engine: EmbeddedEngine) -> None:
        super().__init__(engine)
        self.asked = 0

    async def put(self, documents):
        self.asked += 1
        self._look_at(documents)
        await self.engine.put(documents)

    async def add(self, beside, documents, gone=()):
        self._look_at(documents)
        await self.engine.add(beside, documents, gone)

    def _look_at(self, documents) -> None:
        if any(self.word in document.title for document in documents):
            raise NotTaken("for the test")


@pytest.fixture
async def built(tmp_path) -> AsyncIterator[EmbeddedEngine]:
    engine = EmbeddedEngine(tmp_path / "index")
    await engine.prepare()
    await work_through(engine)
    yield engine
    await engine.close()


@pytest.fixture
def picky(built) -> Picky:
    return Picky(built)


def own(id: str, title: str):
    return ad(id, title, author="")


async def many() -> None:
    await write([own(f"n{number:02}", f"Tondeuse {number}") for number in range(18)])
    await write([own("bad-1", "Tondeuse refusée"), own("bad-2", "Tondeuse refusée aussi")])


async def test_all_others_arrive_and_those_are_set_aside(built, picky):
    await many()
    await drain(picky)
    assert len(await indexed(built, "tondeuse")) == 18
    seen = await lag()
    assert (seen.pending, seen.refused) == (0, ["bad-1", "bad-2"])
    assert picky.asked < 20
    asked = picky.asked
    await drain(picky)
    assert picky.asked == asked
    await until_followed()


async def test_the_index_never_shows_what_such_a_document_said_before(built, picky):
    await write([own("one", "Tondeuse à prêter"), own("two", "Poussette")])
    await drain(picky)
    await write([own("one", "Tondeuse refusée")])
    await drain(picky)
    assert "one" in await ahead_of_the_index()


async def test_it_is_sent_again_once_it_changes(built, picky):
    await many()
    await drain(picky)
    await write([own("bad-1", "Tondeuse admise")])
    await drain(picky)
    assert "Tondeuse admise" in await indexed(built, "tondeuse")
    assert (await lag()).refused == ["bad-2"]


async def test_a_check_sends_them_again(built, picky, anne):
    refused = [await published(anne, title=f"Tondeuse refusée {name}") for name in ("un", "deux")]
    await published(anne, title="Tondeuse")
    await drain(picky)
    assert (await lag()).refused == sorted(str(one.id) for one in refused)
    picky.word = "nothing"
    assert not await mend(picky)
    assert await drain(picky) == 2
    assert len(await indexed(built, "tondeuse")) == 3
    assert (await lag()).refused == []


async def test_where_each_of_several_is_refused_it_is_no_fault_of_theirs(built, picky):
    picky.word = "Tondeuse"
    await many()
    with pytest.raises(NotTaken):
        await drain(picky)
    assert (await lag()).refused == []
    picky.word = "nothing"
    assert await drain(picky) == 20


async def test_a_row_of_a_later_version_of_the_code_keeps_no_other_from_the_index(built):
    await write([own("one", "Tondeuse"), own("two", "Tondeuse aussi")])
    await database.execute("UPDATE search_document SET type = 'unheard' WHERE id = 'one'")
    await drain(built)
    assert await indexed(built, "tondeuse") == ["Tondeuse aussi"]
    assert (await lag()).refused == ["one"]


async def test_an_index_is_built_without_them(built, picky):
    await many()
    await rebuilding.ask()
    await work_through(picky)
    assert (await rebuilding.present())["failed"] == ""
    assert len(await indexed(built, "tondeuse")) == 18
    assert (await lag()).refused == ["bad-1", "bad-2"]


async def test_the_status_names_them(built, picky):
    await many()
    await drain(picky)
    assert "2 the engine does not take, set aside: bad-1, bad-2" in told(await lag())
