"""What shows in all of a member's ads at once: that they helped others, that they are suspended or are no more."""

from asyncio import sleep
from uuid import UUID

from app import database
from search.documents.ads import Ads
from search.following.deriving import derive
from search.keeping import CHANNEL, EMPTY

PATIENT = 25  # times 20 ms

# What is found of a local offer tells nobody who wrote it: its row does.
_THEIRS = """(author = $1 OR id = ANY(ARRAY(
    SELECT l.id::text FROM listing l WHERE l.author = $1 AND l.category = 'local_offer' AND l.status = 'published')))"""
# Waiting for who just changes one of them could be for each other: what hides them later looks at their author too.
_HIDE = f"""
WITH gone AS (UPDATE search_document d SET {EMPTY} FROM (
        SELECT id FROM search_document WHERE {_THEIRS} AND NOT is_gone ORDER BY id FOR UPDATE SKIP LOCKED
    ) AS held WHERE d.id = held.id RETURNING d.id)
SELECT count(*), CASE WHEN count(*) > 0 THEN pg_notify('{CHANNEL}', '') END FROM gone
"""
_STILL_THERE = f"SELECT TRUE FROM search_document WHERE {_THEIRS} AND NOT is_gone LIMIT 1"


async def hide_author(author: UUID) -> None:
    """In the transaction that suspends them: nothing of theirs is found from its commit on."""
    for _ in range(PATIENT):
        await database.row(_HIDE, author)
        if not await database.value(_STILL_THERE, author):
            return
        await sleep(0.02)


async def keep_author(author: UUID) -> None:
    """What may be found of theirs now; to be called again after the commit of what changed, by a job, for an ad that
    just changed itself was left alone."""
    await derive(Ads(), await Ads().of(author))
