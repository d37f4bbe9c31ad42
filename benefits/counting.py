"""How often the rights are used, by day and thing: never by whom, and robots that say so left out.

A use is added up in this process and written with the others each half minute: no page waits for it, none fails for
it, and no order of visits can be read from it. A process that is killed loses at most half a minute.
"""

import asyncio
import logging
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta

from litestar import Litestar, Request

from app import database
from app.beside import beside
from app.dates import today
from app.heads import ONLY_HEAD
from benefits.tables import Use

log = logging.getLogger(__name__)
EVERY = 30.0  # seconds
MOST = 10_000  # different things held in memory; of what comes beyond, nothing is counted
KEPT_FOR = timedelta(days=400)
_ROBOT = re.compile(r"bot\b|crawl|spider|slurp|preview|monitor", re.IGNORECASE)
_waiting: Counter[tuple[date, str, str]] = Counter()

# In one order, so that two processes that write the same days do not wait for each other.
_ADD = """
INSERT INTO benefit_use ("on", use, thing, times)
SELECT * FROM unnest($1::date[], $2::varchar[], $3::varchar[], $4::int[]) AS g("on", use, thing, times)
ORDER BY 1, 2, 3
ON CONFLICT ("on", use, thing) DO UPDATE SET times = benefit_use.times + excluded.times
"""


def count(use: Use, thing: str) -> None:
    """`thing` as in `BenefitUse`. Writes nothing by itself."""
    key = today(), use.value, thing
    if key in _waiting or len(_waiting) < MOST:
        _waiting[key] += 1


def opened(request: Request, thing: str) -> None:
    """A page somebody opened: not one that a machine only looked for."""
    if ONLY_HEAD not in request.scope and not _ROBOT.search(request.headers.get("user-agent", "")):
        count(Use.opened, thing)


def forget() -> None:
    """Between tests."""
    _waiting.clear()


async def flush() -> None:
    """Writes what waits. Where the database is away, it goes on waiting."""
    taken = Counter(_waiting)
    if not taken:
        return
    days, uses, things = zip(*taken, strict=True)
    await database.execute(_ADD, days, uses, things, list(taken.values()))
    _waiting.subtract(taken)
    for key in [key for key, times in _waiting.items() if not times]:
        del _waiting[key]


async def forget_old_uses() -> None:
    await database.execute('DELETE FROM benefit_use WHERE "on" < $1', today() - KEPT_FOR)


@asynccontextmanager
async def counting_beside(_app: Litestar | None = None) -> AsyncIterator[None]:
    """In each process that serves pages; what waits at its end is written."""
    try:
        async with beside(_go_on()):
            yield
    finally:
        await _flush_if_possible()


async def _go_on() -> None:
    while True:
        await asyncio.sleep(EVERY)
        await _flush_if_possible()


async def _flush_if_possible() -> None:
    try:
        await flush()
    except Exception:
        log.exception("rights: what was counted could not be written; it waits")
