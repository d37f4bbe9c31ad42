"""The index follows the rows: sent, then marked; nothing older after something newer; made anew beside the live one."""

from collections.abc import AsyncIterator

import pytest

from app import database
from search.contract import Document, EngineUnavailable, NotTaken
from search.documents.ads import Ads
from search.documents.sources import sources
from search.embedded import EmbeddedEngine
from search.following import deriving, indexing, rebuilding
from search.following.checking import lag, mend
from search.following.indexing import drain, work_through
from search.following.passing import let_days_pass
from search.keeping import EMPTY, write
from tests.helpers.ads import in_days, published
from tests.helpers.failing import SometimesAway
from tests.helpers.finding import indexed
from tests.search.engines.ads import ad

PENDING = "SELECT count(*) FROM search_document WHERE indexed IS DISTINCT FROM version"


@pytest.fixture
async def engine(tmp_path) -> AsyncIterator[EmbeddedEngine]:
    """With no index yet."""
    engine = EmbeddedEngine(tmp_path / "index")
    await engine.prepare()
    yield engine
    await engine.close()


@pytest.fixture
async def built(engine: EmbeddedEngine) -> EmbeddedEngine:
    """Of what the database holds: the site's own pages."""
    await work_through(engine)
    return engine


async def versions(engine: EmbeddedEngine) -> dict[str, int]:
    return {id: version async for batch in engine.versions() for id, version in batch}


async def rows() -> dict[str, int]:
    return dict(await database.rows("SELECT id, version FROM search_document WHERE NOT is_gone"))


def own(id: str, title: str, **given) -> Document:
    """An ad of nobody's, as a domain would write it."""
    return ad(id, title, author="", **given)


async def test_a_first_start_derives_everything_and_builds_the_index(engine, anne):
    await published(anne, title="Poussette pliante")
    await database.execute("DELETE FROM search_document")
    assert engine.needs_rebuild
    await work_through(engine)
    assert await indexed(engine, "poussette") == ["Poussette pliante"]
    assert await versions(engine) == await rows()
    assert (await rebuilding.present())["failed"] == ""


async def test_what_changes_is_sent_once_and_marked(built, anne):
    await published(anne, title="Poussette pliante")
    assert await drain(built) == 1
    assert await database.value(PENDING) == 0
    assert await drain(built) == 0
    assert await indexed(built, "poussette") == ["Poussette pliante"]


async def test_what_failed_on_its_way_is_left_out_of_searches_and_sent_again(built):
    away = SometimesAway(built)
    await write([own("one", "Poussette pliante")])
    away.is_away = True
    with pytest.raises(EngineUnavailable):
        await drain(away)
    assert await database.value("SELECT indexed FROM search_document WHERE id = 'one'") == 0
    away.is_away = False
    await drain(away)
    assert await indexed(built, "poussette") == ["Poussette pliante"]


async def test_what_changes_while_it_is_sent_is_sent_again(built):
    class Slow(SometimesAway):
        async def put(self, documents):
            found = list(documents)
            if any(document.title == "Poussette" for document in found):
                await write([own("one", "Landau")])
            await self.engine.put(found)

    await write([own("one", "Poussette")])
    await drain(Slow(built))
    assert await database.value("SELECT count(*) FROM search_document WHERE indexed < version AND id = 'one'") == 1
    await drain(built)
    assert await indexed(built, "landau") == ["Landau"]
    assert (await versions(built))["one"] == (await rows())["one"]


async def test_what_is_gone_while_it_is_sent_is_forgotten_after(built, anne):
    listing = await published(anne, title="Poussette pliante")

    class Slow(SometimesAway):
        async def put(self, documents):
            await self.engine.put(documents)
            await database.execute("DELETE FROM listing WHERE id = $1", listing.id)

    await drain(Slow(built))
    assert await indexed(built, "poussette") == ["Poussette pliante"]
    await drain(built)
    assert await indexed(built, "poussette") == []
    assert await database.value("SELECT count(*) FROM search_document WHERE id = $1", str(listing.id)) == 0


async def test_what_came_back_before_the_index_forgot_it_stays(built, anne):
    await write([own("one", "Poussette")])
    await drain(built)
    await database.execute(f"UPDATE search_document SET {EMPTY} WHERE id = 'one'")
    await write([own("one", "Poussette")])
    await drain(built)
    assert await indexed(built, "poussette") == ["Poussette"]


async def test_more_than_a_batch_is_followed_to_the_end(built):
    many = [own(f"n{number:04}", f"Tondeuse {number}") for number in range(indexing.BATCH * 2 + 7)]
    await write(many)
    assert await drain(built) == len(many)
    assert await versions(built) == await rows()


async def test_a_rebuild_goes_on_where_it_was_and_never_leaves_an_empty_moment(built, monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 3)
    await write([own(f"n{number}", f"Tondeuse {number}") for number in range(10)])
    await drain(built)
    added: list[str] = []

    class Watched(SometimesAway):
        fails_at = 2

        async def add(self, beside, documents, gone=()):
            found = list(documents)
            added.extend(document.id for document in found)
            assert len(await indexed(built, "tondeuse")) >= 9
            await self.engine.add(beside, found, gone)
            self.fails_at -= 1
            if self.fails_at == 0:
                raise EngineUnavailable("for a moment")

    watched = Watched(built)
    await rebuilding.ask()
    with pytest.raises(EngineUnavailable):
        await work_through(watched)
    halfway = await rebuilding.present()
    assert halfway["ended_at"] is None and halfway["beside"] and halfway["last"]
    assert await built.holds(halfway["beside"])
    await write([own("n3", "Tondeuse neuve"), own("late", "Tondeuse tardive")])
    before = len(added)
    await work_through(watched)
    ended = await rebuilding.present()
    assert ended["ended_at"] and not ended["failed"]
    copied = {"n0", "n1", "n2"} & set(added[before:])
    assert halfway["last"] > "droit" and not copied & set(added[:before]), "not from the beginning"
    assert await versions(built) == await rows()
    assert "Tondeuse neuve" in await indexed(built, "neuve")
    assert await indexed(built, "tardive") == ["Tondeuse tardive"]
    assert await database.value(PENDING) == 0


@pytest.mark.parametrize("dies", [False, True])
async def test_a_derivation_asked_for_while_an_index_is_built_is_not_lost(built, anne, dies):
    listing = await published(anne, title="Poussette pliante")
    await drain(built)

    class Asked(SometimesAway):
        has_asked = False

        async def add(self, beside, documents, gone=()):
            await self.engine.add(beside, documents, gone)
            if not self.has_asked:
                self.has_asked = True
                await database.execute("UPDATE search_document SET title = 'Autre' WHERE id = $1", str(listing.id))
                await rebuilding.ask(derives=True)
                if dies:
                    raise EngineUnavailable("with the process, for the test")

    asked = Asked(built)
    await rebuilding.ask()
    if dies:
        with pytest.raises(EngineUnavailable):
            await work_through(asked)
    else:
        await work_through(asked)
    assert (await rebuilding.present())["ended_at"] is None
    await work_through(asked)
    assert (await rebuilding.present())["ended_at"] is not None
    assert not (await rebuilding.present())["derives"]
    assert await indexed(built, "poussette") == ["Poussette pliante"]


class Read(Ads):
    """Notes what it is asked to read."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    async def documents(self, ids):
        self.ids += ids
        return await super().documents(ids)


class TakesOneBatch(SometimesAway):
    has_taken = False

    async def put(self, documents):
        if self.has_taken:
            raise EngineUnavailable("for the test")
        self.has_taken = True
        await self.engine.put(documents)


@pytest.fixture
async def read(built, anne, monkeypatch) -> Read:
    """Of seven ads, three at a time, whose rows are all wrong."""
    for number in range(7):
        await published(anne, title=f"Tondeuse {number}")
    await drain(built)
    await database.execute("UPDATE search_document SET title = 'Autre' WHERE type = 'listing'")
    monkeypatch.setattr("search.documents.ads.BATCH", 3)
    read = Read()
    monkeypatch.setattr(rebuilding, "sources", lambda: [read])
    return read


async def cut_after_six(built: EmbeddedEngine, read: Read) -> None:
    with pytest.raises(EngineUnavailable):
        await work_through(TakesOneBatch(built))
    assert len(read.ids) == (await rebuilding.present())["done"] == 6


async def test_a_derivation_that_was_cut_goes_on_where_it_was(built, read):
    await rebuilding.ask(derives=True)
    await cut_after_six(built, read)
    await work_through(built)
    assert len(read.ids) == len(set(read.ids)) == 7
    assert len(await indexed(built, "tondeuse")) == 7
    assert (await rebuilding.present())["ended_at"]


async def test_a_derivation_cut_while_it_looks_for_what_went_goes_on_there(built, read):
    await rebuilding.ask(derives=True)
    await cut_after_six(built, read)
    await database.execute("UPDATE search_rebuild SET step = replace(step, 'written', 'forgotten')")
    await write([own("zz-left-over", "Tondeuse fantôme")])
    await work_through(built)
    assert read.ids[6:] == ["zz-left-over"]
    assert await indexed(built, "fantôme") == []


async def test_a_derivation_another_version_began_is_begun_again(built, read, monkeypatch):
    await rebuilding.ask(derives=True)
    await cut_after_six(built, read)
    monkeypatch.setattr(deriving, "VERSION", "another")
    await work_through(built)
    assert len(read.ids) == 6 + 7


async def test_a_derivation_asked_for_since_one_began_is_not_half_done_when_that_one_is_cut(built, read, monkeypatch):
    documents = read.documents

    async def documents_and_question(ids):
        if not read.ids:
            await rebuilding.ask(derives=True)
        return await documents(ids)

    monkeypatch.setattr(read, "documents", documents_and_question)
    monkeypatch.setattr(deriving, "VERSION", "another")
    await cut_after_six(built, read)
    await work_through(built)
    assert len(read.ids) == 6 + 7


async def test_a_rebuild_another_process_began_in_memory_is_begun_again(built):
    await write([own("one", "Tondeuse")])
    await rebuilding.ask()
    await database.execute("UPDATE search_rebuild SET beside = 'lost with its process', last = 'zzzz', engine = $1",
                           rebuilding.kept_as(built))  # fmt: skip
    await work_through(built)
    assert await versions(built) == await rows()


async def test_an_index_of_another_place_or_version_is_made_anew(built, tmp_path, monkeypatch):
    await write([own("one", "Tondeuse")])
    await drain(built)
    assert not await rebuilding.is_due(built)
    elsewhere = EmbeddedEngine(tmp_path / "elsewhere")
    await elsewhere.prepare()
    await elsewhere.rebuild(_nothing())
    assert await rebuilding.is_due(elsewhere), "it has an index, but not of this database's present"
    await work_through(elsewhere)
    assert await versions(elsewhere) == await rows()
    await elsewhere.close()
    assert await rebuilding.is_due(built)

    await work_through(built)
    monkeypatch.setattr(deriving, "VERSION", "another")
    assert await rebuilding.is_due(built)


async def test_words_of_another_version_are_derived_again(built, anne, monkeypatch):
    listing = await published(anne, title="Poussette pliante")
    await database.execute("UPDATE search_document SET found_by = '''ancien''' WHERE id = $1", str(listing.id))
    monkeypatch.setattr(deriving, "VERSION", "another")
    await work_through(built)
    assert "pouss" in await database.value("SELECT found_by::text FROM search_document WHERE id = $1", str(listing.id))
    assert await versions(built) == await rows()


async def test_what_the_engine_refuses_is_given_up_and_the_live_index_stays(built):
    class Refusing(SometimesAway):
        async def swap(self, beside):
            raise NotTaken("a document it cannot read")

    await write([own("one", "Tondeuse")])
    await drain(built)
    await rebuilding.ask()
    with pytest.raises(NotTaken):
        await work_through(Refusing(built))
    last = await rebuilding.present()
    assert last["ended_at"] and "cannot read" in last["failed"]
    assert await indexed(built, "tondeuse") == ["Tondeuse"]
    assert not await rebuilding.is_due(built), "not at once again"
    await database.execute("UPDATE search_rebuild SET ended_at = ended_at - interval '1 minute'")
    await work_through(built)
    assert (await rebuilding.present())["failed"] == ""


async def test_a_drift_of_any_kind_is_seen_and_mended(built, anne):
    kept, lost, stale = [await published(anne, title=f"Tondeuse {name}") for name in ("fidèle", "perdue", "ancienne")]
    await drain(built)
    assert not await mend(built)
    await built.remove([str(lost.id)])
    await built.put([own(str(stale.id), "Tondeuse d’avant", version=1), own("nobody-s", "Tondeuse fantôme", version=2)])
    await database.execute("UPDATE search_document SET title = 'Autre chose' WHERE id = $1", str(kept.id))
    drift = await mend(built)
    assert (drift.derived, drift.stale, drift.lost, drift.left_over) == (1, 1, 1, 1)
    await drain(built)
    assert sorted(await indexed(built, "tondeuse")) == ["Tondeuse ancienne", "Tondeuse fidèle", "Tondeuse perdue"]
    assert await versions(built) == await rows()
    assert not await mend(built)


async def test_what_has_yet_to_be_followed_is_no_drift(built, anne):
    await published(anne)
    drift = await mend(built)
    assert not drift
    assert (await lag()).pending == 1
    await drain(built)
    assert (await lag()).pending == 0


async def test_a_row_nobody_has_any_more_is_forgotten_by_deriving(built, anne):
    await published(anne)
    await write([own("0-before", "Avant"), own("zz-after", "Après")])
    assert await deriving.derive_all(sources()) == 2
    assert await deriving.derive_all(sources()) == 0


async def test_what_goes_while_it_is_derived_for_the_first_time_is_not_left_behind(anne):
    listing = await published(anne)
    await database.execute("DELETE FROM search_document")

    class Slow(Ads):
        async def documents(self, ids):
            found = await super().documents(ids)
            await database.execute("DELETE FROM listing WHERE id = $1", listing.id)
            return found

    await deriving.derive_all([Slow()])
    assert await rows() == {}


async def test_an_ad_that_cannot_be_read_keeps_no_other_from_being_found(engine, anne, caplog):
    poisoned = await published(anne, title="Tondeuse empoisonnée")
    await published(anne, title="Poussette pliante")
    await database.execute("UPDATE listing SET schedule = '{\"slots\": 3}' WHERE id = $1", poisoned.id)
    await database.execute("DELETE FROM search_document")
    await work_through(engine)
    assert await indexed(engine, "poussette") == ["Poussette pliante"]
    assert await indexed(engine, "tondeuse") == []
    assert str(poisoned.id) in caplog.text


async def test_what_takes_place_on_several_days_moves_on(built, anne):
    from listings.schedules.schedule import Schedule, Slot

    listing = await published(anne, schedule=Schedule(slots=(Slot(on=in_days(2)), Slot(on=in_days(9)))))
    await database.execute("UPDATE search_document SET soonest_on = $1", in_days(-1))
    await let_days_pass()
    found = await database.value("SELECT soonest_on FROM search_document WHERE id = $1", str(listing.id))
    assert found == in_days(2)


async def _nothing() -> AsyncIterator[list[Document]]:
    for batch in list[list[Document]]():
        yield batch
