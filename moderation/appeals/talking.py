"""What the appellant and the team say to each other about an appeal, while it is open.

Lock order: the open cases of the ad, the ad, the appeal, notifications.
"""

from datetime import timedelta
from typing import Annotated
from uuid import UUID, uuid4, uuid5

import asyncpg
import msgspec

from app import database
from app.database import transaction
from app.forms import Form
from app.labels import number
from app.refusals import NotHere, Refused
from app.throttle import throttle
from listings.life.steps import hold
from members.me import Me
from moderation import audit
from notifications.notifying import notify
from notifications.topics import Topic

LONGEST = 4000
A_DAY = 30
ENDED = "Ce recours est terminé\u202f: on ne peut plus y écrire."


class MessageForm(Form):
    """`once` is drawn with the form, so that a request sent twice is one message."""

    words: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST)]
    once: UUID = msgspec.field(default_factory=uuid4)

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {"words": f"Écrivez quelques mots, {number(LONGEST)} caractères au plus."}


async def say(appeal: UUID, words: str, once: UUID, me: Me) -> None:
    """The appellant adds something. Whoever is about to judge reads it first. Raises NotHere for an appeal of another,
    Refused when it is over, TooOften for who writes all day."""
    await throttle("appeal.message", str(me.id), limit=A_DAY, every=timedelta(days=1))
    async with transaction():
        found = await _held(appeal)
        if found is None or found["appellant"] != me.id:
            raise NotHere
        if not await add_message(appeal, words, once, by=me.id):
            return
        await database.execute("UPDATE moderation_case SET version = version + 1 WHERE id = $1", found["case"])
        if judge := await _who_asked(appeal):
            await _notify(judge, Topic.appeal_answered, found, f"/moderation/dossiers/{found['case']}")


async def answer(case: UUID, words: str, once: UUID, me: Me) -> None:
    """A moderator who may judge the appeal of this case writes to who made it. Raises Refused when it is over."""
    appeal = await database.value('SELECT id FROM appeal WHERE "case" = $1', case)
    if appeal is None:
        raise NotHere
    async with transaction():
        found = await _held(appeal)
        if found is None:
            raise NotHere
        if await add_message(appeal, words, once, by=me.id, by_team=True):
            await audit.record("appeal.answered", by=me.id, kind="appeal", subject=appeal)
            await _notify(found["appellant"], Topic.appeal_message, found, f"/recours/{appeal}")


async def add_message(appeal: UUID, words: str, once: UUID, *, by: UUID, by_team: bool = False) -> bool:
    """Inside a transaction. False when this very message was there already."""
    added = await database.value(
        "INSERT INTO appeal_message (appeal, by, by_team, words, said_at, once)"
        " VALUES ($1, $2, $3, $4, clock_timestamp(), $5) ON CONFLICT (once) DO NOTHING RETURNING id",
        appeal,
        by,
        by_team,
        words,
        # Bound to the words: a form kept by the browser's Back button and filled in anew is another message.
        uuid5(once, f"{appeal} {by} {words}"),
    )
    return added is not None


async def _held(appeal: UUID) -> asyncpg.Record | None:
    """The open appeal, after its cases and its ad. Raises Refused when it is over."""
    listing = await database.value(
        'SELECT c.listing FROM appeal a JOIN moderation_case c ON c.id = a."case" WHERE a.id = $1', appeal
    )
    if listing is None:
        return None
    await hold(listing)
    found = await database.row(
        'SELECT a.id, a.appellant, a.state, a."case", d.reference FROM appeal a JOIN decision d ON d.id = a.decision'
        " WHERE a.id = $1 FOR NO KEY UPDATE OF a",
        appeal,
    )
    if found and found["state"] != "open":
        raise Refused(ENDED)
    return found


async def _who_asked(appeal: UUID) -> UUID | None:
    return await database.value(
        "SELECT by FROM appeal_message WHERE appeal = $1 AND by_team ORDER BY id DESC LIMIT 1", appeal
    )


async def _notify(member: UUID, topic: Topic, appeal: asyncpg.Record, path: str) -> None:
    await notify(member, topic, thing=appeal["id"], about=f"Décision {appeal['reference']}", path=path)
