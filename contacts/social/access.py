"""The only way to a conversation with the social service: for the person, and for the workers it may concern.

A moderator or an administrator has none: not theirs and not there are the same 404.
"""

from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec
from litestar import Request
from litestar.params import FromPath

from app import database
from app.refusals import AlreadyDone, NotHere
from contacts.kinds import TOPIC, Topic
from contacts.social.coming_back import PATH, talk_of
from contacts.social.tables import TalkState
from contacts.social.workers import Worker, department_name, who_answers, workers
from members.me import Me
from moderation import audit

DESK = f"{PATH}/bureau"


class Talk(msgspec.Struct, frozen=True, kw_only=True):
    """As one of its two sides sees it. `member` is the person's account, None for who gave no name; `person_name` is
    read by workers alone. `version` goes up with each change of hands. `reader` is the account that reads, None for who
    gave no name, signed in or not."""

    id: UUID
    member: UUID | None
    person_name: str
    department: str
    topic: str
    state: TalkState
    worker: UUID | None
    worker_name: str | None
    version: int
    opened_at: datetime
    last_at: datetime
    is_person: bool
    reader: UUID | None

    @property
    def path(self) -> str:
        return f"{PATH}/conversations/{self.id}"

    @property
    def is_anonymous(self) -> bool:
        return self.member is None

    @property
    def is_closed(self) -> bool:
        return self.state is TalkState.closed

    @property
    def is_waiting(self) -> bool:
        return self.state is TalkState.waiting

    @property
    def may_write(self) -> bool:
        return not self.is_closed and (self.is_person or self.worker == self.reader)

    @property
    def topic_text(self) -> str:
        return TOPIC[Topic(self.topic)]

    @property
    def department_text(self) -> str:
        return department_name(self.department)


async def talk(talk_id: FromPath[UUID], request: Request) -> Talk:
    """For its person, and for the workers who may read it. Raises NotHere for everybody else."""
    if talk_of(request) == talk_id:
        row = await _row(talk_id)
        if row and not row["member"]:
            return seen_by(None, row, is_person=True)
    return await theirs(talk_id, request.user)


async def theirs(talk_id: UUID, me: Me | None) -> Talk:
    """By the account alone. Raises NotHere."""
    row = await _row(talk_id)
    if row and me and row["member"] == me.id:
        return seen_by(me.id, row, is_person=True)
    if row and me and await _may_work_on(row, me):
        return seen_by(me.id, row, is_person=False)
    raise NotHere


async def talk_just_opened(talk_id: UUID) -> Talk:
    """For who has this moment opened it, whose browser does not show it yet."""
    row = await _row(talk_id)
    if row is None:
        raise NotHere
    return seen_by(None, row, is_person=True)


async def own_talk(talk_id: FromPath[UUID], request: Request) -> Talk:
    """For its person alone."""
    found = await talk(talk_id, request)
    if not found.is_person:
        raise NotHere
    return found


async def worked_talk(talk_id: FromPath[UUID], request: Request) -> Talk:
    """For a worker alone, never for the person."""
    found = await talk(talk_id, request)
    if found.is_person:
        raise NotHere
    return found


async def talk_to_hand(talk_id: FromPath[UUID], request: Request) -> Talk:
    """For the worker who follows it. Raises AlreadyDone when they let it go a click before, and read it no more."""
    try:
        found = await worked_talk(talk_id, request)
    except NotHere:
        if request.user:
            await guard_let_go(talk_id, request.user.id)
        raise
    if found.is_waiting:
        await guard_let_go(talk_id, request.user.id)
    return found


async def guard_let_go(talk: UUID, by: UUID) -> None:
    """Raises AlreadyDone when the last change of hands was theirs."""
    if await audit.last_to_do("social.handed", "social.returned", kind="social_talk", subject=talk) == by:
        raise AlreadyDone(DESK)


async def on_duty(me: Me) -> Worker | None:
    """Their place among the workers; None without the role, or while they are suspended."""
    return _among(await workers(), me)


def _among(all_of_them: list[Worker], me: Me) -> Worker | None:
    return next((one for one in all_of_them if one.id == me.id), None)


async def _may_work_on(row: asyncpg.Record, me: Me) -> bool:
    """What is theirs, and what waits for somebody like them: never their own."""
    if not me.is_social_worker or row["member"] == me.id:
        return False
    all_of_them = await workers()
    worker = _among(all_of_them, me)
    if worker is None or not worker.covers(row["department"]):
        return False
    if row["state"] == TalkState.waiting:
        return worker in who_answers(all_of_them, row["department"], row["topic"])
    return bool(row["worker"] == me.id)


async def _row(talk_id: UUID) -> asyncpg.Record | None:
    return await database.row(f"{TALKS} WHERE t.id = $1", talk_id)


def seen_by(reader: UUID | None, row: asyncpg.Record, *, is_person: bool) -> Talk:
    """Of a row of `TALKS`."""
    return Talk(
        **{name: row[name] for name in Talk.__struct_fields__ if name not in ("state", "is_person", "reader")},
        state=TalkState(row["state"]),
        is_person=is_person,
        reader=reader if row["member"] or not is_person else None,
    )


TALKS = """
    SELECT t.id, t.member, coalesce(p.first_name, 'Sans nom') AS person_name, t.department, t.topic, t.state, t.worker,
        w.first_name AS worker_name, t.version, t.opened_at, t.last_at
    FROM social_talk t LEFT JOIN member p ON p.id = t.member LEFT JOIN member w ON w.id = t.worker
"""
