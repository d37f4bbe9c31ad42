"""Loading the crowd: rows made in all the processors, copied into the database a batch at a time."""

import asyncio
import multiprocessing
import os
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import aclosing
from datetime import datetime
from functools import partial
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from app import database
from app.dates import now
from app.demo_community.cast import PASSWORD
from app.demo_crowd.batches import DOCUMENT, LISTING, Batch, make
from app.demo_crowd.copying import lines
from app.demo_crowd.people import ADDRESSES, id_of, neighbour
from app.settings import settings
from members.joining import CHARTER
from members.passwords import hash_password
from search.following.rebuilding import take_as_derived

BATCH = 2_000
AHEAD = 2
"""Batches made and not copied yet, for each process that makes them."""
ADS_OF_EACH = 20
"""How many ads a member has where the number of members is not said."""
_MEMBER = ("id", "email", "password_hash", "first_name", "commune", "joined_at", "confirmed_at", "charter_version",
    "trusted_at", "approved_publications", "families_helped")  # fmt: skip
_INTO_A_BODY = """
INSERT INTO membership (member, body, since)
SELECT member.id, body.id, joined_at FROM member, (SELECT id FROM body ORDER BY name LIMIT 1) body
WHERE member.id = ANY($1)
"""


async def gather(members: int, how_many: int) -> int:
    """Adds members and ads until the crowd has as many; answers how many ads were added.

    A batch is there whole or not at all: a load that was interrupted goes on where it stopped.
    """
    if not members and not how_many:
        return 0
    members = members or -(-how_many // ADS_OF_EACH)
    joined, written = await _there()
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, TimeRemainingColumn()) as bar:
        people = bar.add_task("Members", total=members, completed=joined)
        ads = bar.add_task("Ads", total=how_many, completed=written)
        await _join(joined, members, partial(bar.advance, people))
        await _publish(written, how_many, max(members, joined), partial(bar.advance, ads))
    await take_as_derived()
    await database.script("ANALYZE member, listing, search_document; NOTIFY entraide_search")
    return max(how_many - written, 0)


async def _there() -> tuple[int, int]:
    """Members and ads of the crowd."""
    members: int = await database.value("SELECT count(*) FROM member WHERE email LIKE $1", ADDRESSES)
    ads: int = await database.value(
        "SELECT count(*) FROM listing WHERE author IN (SELECT id FROM member WHERE email LIKE $1)", ADDRESSES
    )
    return members, ads


async def _join(start: int, end: int, progress: Callable[[int], None]) -> None:
    password_hash, moment = await hash_password(PASSWORD), now()
    for first in range(start, end, BATCH):
        numbers = range(first, min(first + BATCH, end))
        async with database.transaction():
            await database.copy("member", _MEMBER, lines(_people(numbers, password_hash, moment), _MEMBER))
            await database.execute(_INTO_A_BODY, [id_of(number) for number in numbers])
        progress(len(numbers))


def _people(numbers: range, password_hash: str, moment: datetime) -> Iterator[dict[str, Any]]:
    for person in (neighbour(number, moment) for number in numbers):
        yield {
            "id": person.id,
            "email": person.email,
            "password_hash": password_hash,
            "first_name": person.first_name,
            "commune": person.home.code,
            "joined_at": person.joined_at,
            "confirmed_at": person.joined_at,
            "charter_version": CHARTER,
            "trusted_at": person.joined_at,
            "approved_publications": settings().trust_after,
            "families_helped": person.helped,
        }


async def _publish(start: int, end: int, members: int, progress: Callable[[int], None]) -> None:
    async with aclosing(_made(start, end, members)) as batches:
        async for batch in batches:
            async with database.transaction():
                await database.copy("listing", LISTING, batch.listings)
                await database.copy("search_document", DOCUMENT, batch.documents)
            progress(batch.how_many)


async def _made(start: int, end: int, members: int) -> AsyncGenerator[Batch]:
    """Batches in order, made in other processes, a few ahead of what is copied."""
    processes, moment = os.cpu_count() or 1, now()
    waiting: deque[asyncio.Future[Batch]] = deque()
    # A forked process would have this one's connections and threads.
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        for first in range(start, end, BATCH):
            version = await database.value("SELECT nextval('search_change')")
            made = pool.submit(make, first, min(BATCH, end - first), members, moment, version)
            waiting.append(asyncio.wrap_future(made))
            if len(waiting) > AHEAD * processes:
                yield await waiting.popleft()
        while waiting:
            yield await waiting.popleft()
