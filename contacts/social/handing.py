"""Who follows a conversation: taken up, handed to a colleague, put back to wait. Compare-and-set: of two at once one
wins, and the other is told."""

from uuid import UUID, uuid4

import msgspec

from app import database
from app.database import transaction
from app.refusals import Refused
from contacts.social.access import Talk, guard_let_go
from contacts.social.opening import call_workers
from contacts.social.saying import Event, say, settle
from contacts.social.workers import Worker, workers
from moderation import audit
from notifications.notifying import notify
from notifications.topics import Topic

TAKEN = "Quelqu’un d’autre vient de prendre cette conversation, ou elle s’est fermée."
NOT_THEIRS = "Choisissez une personne du service social de ce département."


async def take_up(talk: Talk, version: int, by: UUID) -> None:
    """Raises Refused for all but the first. By the same worker a second time, nothing happens."""
    async with transaction():
        if await _is_followed(talk.id, by):
            return
        await _pass(talk, "waiting", "open", by, version)
        await settle(talk.id)
        await say(msgspec.structs.replace(talk, worker=by), Event.taken, uuid4(), by)
        await audit.record("social.taken", by=by, kind="social_talk", subject=talk.id)


async def _is_followed(talk: UUID, by: UUID) -> bool:
    """Holds the row: the second of two clicks waits for the first."""
    held = await database.value("SELECT worker FROM social_talk WHERE id = $1 AND state <> 'closed' FOR UPDATE", talk)
    return bool(held == by)


async def hand_over(talk: Talk, version: int, to: UUID, by: UUID) -> None:
    """To a colleague of the department, never to the person themselves. Raises Refused."""
    if to not in {one.id for one in await colleagues(talk, by)}:
        raise Refused(NOT_THEIRS)
    async with transaction():
        await _pass(talk, "open", "open", to, version, of=by)
        await notify(to, Topic.social_handed, thing=talk.id, about=talk.department_text, path=talk.path)
        await say(talk, Event.handed, uuid4(), to)
        await audit.record("social.handed", by=by, kind="social_talk", subject=talk.id)


async def put_back(talk: Talk, version: int, by: UUID) -> None:
    """It waits again, for anybody who may take it up. Raises Refused."""
    async with transaction():
        await _pass(talk, "open", "waiting", None, version, of=by)
        await call_workers(talk.id, talk.department, talk.topic, but=talk.member)
        await say(talk, Event.returned, uuid4())
        await audit.record("social.returned", by=by, kind="social_talk", subject=talk.id)


async def colleagues(talk: Talk, but: UUID) -> list[Worker]:
    """To whom it may be handed over."""
    return [one for one in await workers() if one.covers(talk.department) and one.id not in (but, talk.member)]


async def _pass(talk: Talk, before: str, after: str, worker: UUID | None, version: int, of: UUID | None = None) -> None:
    passed = await database.value(
        "UPDATE social_talk SET state = $3, worker = $4, version = version + 1"
        " WHERE id = $1 AND state = $2 AND version = $5 AND worker IS NOT DISTINCT FROM $6::uuid RETURNING id",
        talk.id,
        before,
        after,
        worker,
        version,
        of,
    )
    if passed is None:
        if of:
            await guard_let_go(talk.id, of)
        raise Refused(TAKEN)
