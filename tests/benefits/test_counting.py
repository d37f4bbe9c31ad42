"""Uses of the rights are added up by day and thing, without anybody's, and no page waits for it."""

import pytest

from app import database
from app.dates import today
from benefits import counting
from benefits.catalogue.leading import COMPANION
from benefits.counting import count, flush, forget_old_uses
from benefits.figures import uses_of_late
from benefits.tables import Use
from tests.helpers.budget import Asked

GARDE = "/droits/prestations/garde-test"


async def uses() -> list[tuple[str, str, int]]:
    found = await database.rows('SELECT use, thing, times FROM benefit_use WHERE "on" = $1 ORDER BY thing', today())
    return [tuple(row) for row in found]


async def test_reading_a_sheet_counts_once_it_is_written(browser, catalogue):
    for _ in range(3):
        await browser.get(GARDE)
    await browser.get("/droits/evenements/naissance")
    assert await uses() == []
    await flush()
    assert await uses() == [("opened", "evenement/naissance", 1), ("opened", "prestation/garde-test", 3)]


async def test_a_day_of_one_thing_is_one_row_however_often_it_is_written():
    for _ in range(3):
        count(Use.simulated, "simulateur/af")
        await flush()
    assert await uses() == [("simulated", "simulateur/af", 3)]


async def test_a_robot_that_says_so_and_who_only_looks_whether_it_is_there_are_not_counted(browser, catalogue):
    await browser.get(GARDE, headers={"user-agent": "Mozilla/5.0 (compatible; Examplebot/2.1)"})
    await browser.head(GARDE)
    await flush()
    assert await uses() == []


async def test_nothing_to_write_asks_nothing():
    with Asked() as asked:
        await flush()
    assert asked.queries == 0


async def test_what_could_not_be_written_waits(monkeypatch):
    async def away(*_: object) -> None:
        raise OSError

    count(Use.contacted, "contact")
    with monkeypatch.context() as broken:
        broken.setattr(database, "execute", away)
        with pytest.raises(OSError):
            await flush()
    count(Use.contacted, "contact")
    await flush()
    assert await uses() == [("contacted", "contact", 2)]


async def test_what_waits_at_the_end_of_a_process_is_written():
    async with counting.counting_beside():
        count(Use.contacted, "contact")
    assert await uses() == [("contacted", "contact", 1)]


async def test_too_many_different_things_are_left_uncounted_rather_than_held(monkeypatch):
    monkeypatch.setattr(counting, "MOST", 2)
    for number in range(5):
        count(Use.opened, f"prestation/{number}")
    await flush()
    assert len(await uses()) == 2


async def test_administrators_read_what_was_used_under_the_title_of_its_page(browser):
    for thing in ("simulateur/mes-droits", f"simulateur/{COMPANION}", "prestation/gone"):
        count(Use.simulated, thing)
    await flush()
    used = {one.title: one.path for one in (await uses_of_late()).things}
    assert used.pop("prestation/gone") == ""
    assert set(used) == {"À quoi ai-je droit ?", "Prime d’activité et aide au logement"}
    for path in used.values():
        assert (await browser.get(path)).status_code == 200


async def test_uses_are_forgotten_after_thirteen_months():
    await database.execute(
        "INSERT INTO benefit_use (\"on\", use, thing, times) VALUES ($1::date - 401, 'opened', 'contact', 1)", today()
    )
    await forget_old_uses()
    assert await database.value("SELECT count(*) FROM benefit_use") == 0
