"""Finding somebody for a released day: the rota one after the other, then everyone who once answered, at once.

Each step looks at the present state and leaves behind when the next is due (`slot_release.due_at`): a job is deferred
for it, and a sweep takes up what a worker that died left undone.
"""

from datetime import datetime
from uuid import UUID

from answers.rota.held import TOLD_NO
from answers.rota.jobs import find_somebody
from answers.rota.open_days import OpenDay, open_day
from answers.rota.waking import (
    after_waking,
    awake,
    evening_before,
    is_last_minute,
    time_to_answer,
    waking_time,
)
from answers.tables import Circle
from app import database
from app.database import transaction
from app.jobs import defer
from app.sweeping import Sweep
from members.visibility import not_blocked
from moderation.decisions.telling import Told, tell
from notifications.topics import Topic

AT_ONCE = 200
WIDEST = 100
"""People asked at the same time, at most."""
LATELY = 60
"""Days before the one to cover whose stand-ins count when it is decided whom to ask."""


async def find_for_all_due(at: datetime) -> None:
    """Every released day whose next step is due, whatever became of its job. Raises SweepIncomplete."""
    due = await database.rows(
        "SELECT id FROM slot_release WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2", at, AT_ONCE
    )
    async with Sweep("find_for_all_due") as sweep:
        for one in due:
            await sweep.take(one["id"], look_for_somebody(one["id"], at))


async def look_for_somebody(release: UUID, at: datetime) -> None:
    """The next step for a released day, if one is due at `at`. Can be run again at any time."""
    async with transaction():
        day = await open_day(release, at)
        if day is None:
            await database.execute("UPDATE slot_release SET due_at = NULL WHERE id = $1", release)
            return
        await _note_silence(day, at)
        ask_again = await _ask(day, at)
        say_so = await _admit_that_nobody_comes(day, at, is_over=ask_again is None)
        await _come_back(day, at, min((due for due in (ask_again, say_so) if due), default=None))


async def start_looking(release: UUID, at: datetime) -> None:
    """Inside the transaction that opens the day."""
    await database.execute("UPDATE slot_release SET due_at = $2 WHERE id = $1", release, at)
    await defer(find_somebody, release=release)


async def _come_back(day: OpenDay, at: datetime, due: datetime | None) -> None:
    if due != day.due_at:
        await database.execute("UPDATE slot_release SET due_at = $2 WHERE id = $1", day.release, due)
        if due:
            await defer(find_somebody, after=due - at, release=day.release)


async def _note_silence(day: OpenDay, at: datetime) -> None:
    await database.execute(
        "UPDATE slot_call SET said = 'silence' WHERE release = $1 AND said IS NULL AND until <= $2", day.release, at
    )


async def _ask(day: OpenDay, at: datetime) -> datetime | None:
    """When to come back; None once nobody is left to ask."""
    open_until: datetime | None = await database.value(
        "SELECT until FROM slot_call WHERE release = $1 AND said IS NULL AND circle = 'rota'", day.release
    )
    if open_until:
        return open_until
    if (morning := awake(at, day.zone)) > at:
        return morning if morning < day.begins else None
    if not is_last_minute(at, day.begins, day.zone) and (first := await _of_rota(day)):
        until = time_to_answer(at, day.begins, day.zone)
        await _call(day, first[:1], Circle.rota, at, until)
        return until
    everyone = dict.fromkeys([*await _of_rota(day), *await _around(day)])
    await _call(day, list(everyone)[:WIDEST], Circle.wider, at, day.begins)
    return None


async def _call(day: OpenDay, members: list[UUID], circle: Circle, at: datetime, until: datetime) -> None:
    called = await database.rows(
        "INSERT INTO slot_call (release, member, circle, asked_at, until)"
        " SELECT $1, member, $3, $4, $5 FROM unnest($2::uuid[]) AS member ON CONFLICT DO NOTHING RETURNING member",
        day.release,
        members,
        circle.value,
        at,
        until,
    )
    await tell(
        Told(
            member=one["member"],
            topic=Topic.slot_to_cover,
            thing=day.release,
            about=day.about,
            path=day.call_path,
        )
        for one in called
    )


_NOT_YET_ASKED = f"""
    NOT EXISTS (SELECT FROM slot_call s WHERE s.release = $2 AND s.member = one.helper)
    AND one.helper <> ALL($3::uuid[])
    AND {not_blocked("one.helper", "$4::uuid")} AND {not_blocked("one.helper", "$5::uuid")}
"""


async def _of_rota(day: OpenDay) -> list[UUID]:
    """Who stood in least lately comes first, then who did not for the longest time, then who agreed first."""
    found = await database.rows(
        f"""
        WITH covered AS (
            SELECT r.covered_by AS helper, count(*) FILTER (WHERE r.day > $6::date - {LATELY}) AS days,
                max(r.day) AS last
            FROM slot_release r JOIN commitment k ON k.id = r.commitment
            WHERE k.listing = $1 AND r.covered_by IS NOT NULL GROUP BY r.covered_by
        ), one AS (
            SELECT k.helper, min(k.agreed_at) AS since FROM commitment k
            WHERE k.listing = $1 AND (k.last_day >= $6 OR (k.last_day IS NULL AND k.ended_at IS NULL))
            GROUP BY k.helper
        )
        SELECT one.helper FROM one LEFT JOIN covered ON covered.helper = one.helper
        WHERE {_NOT_YET_ASKED}
        ORDER BY coalesce(covered.days, 0), covered.last NULLS FIRST, one.since, one.helper
        """,
        *_asked_for(day),
        day.day,
    )
    return [one["helper"] for one in found]


async def _around(day: OpenDay) -> list[UUID]:
    """The waiting list, those whose answers wait, and who once helped; never the author, whom all of it is for."""
    found = await database.rows(
        f"""
        WITH one AS (
            SELECT a.helper FROM answer a WHERE a.listing = $1 AND a.state IN ('waiting', 'listed', 'asked')
            UNION
            SELECT k.helper FROM commitment k WHERE k.listing = $1 AND k.ended_at IS NOT NULL
        )
        SELECT one.helper FROM one WHERE one.helper <> $4 AND NOT {TOLD_NO.format(listing="$1", helper="one.helper")}
            AND {_NOT_YET_ASKED} ORDER BY one.helper LIMIT {WIDEST}
        """,
        *_asked_for(day),
    )
    return [one["helper"] for one in found]


def _asked_for(day: OpenDay) -> tuple[object, ...]:
    return day.ad.id, day.release, list(day.present), day.ad.author, day.releaser


async def _admit_that_nobody_comes(day: OpenDay, at: datetime, *, is_over: bool) -> datetime | None:
    """Tells the author plainly, the evening before or as soon as everyone has said no; returns when it will be time.

    Who said nothing may still say yes: silence waits for the evening.
    """
    if day.uncovered_at:
        return None
    half = waking_time(day.released_at, day.begins, day.zone) / 2
    time = max(evening_before(day.day, day.zone), after_waking(day.released_at, half, day.zone))
    if time > at and not (is_over and await _all_said_no(day)):
        return time
    await database.execute("UPDATE slot_release SET uncovered_at = $2 WHERE id = $1", day.release, at)
    await tell(
        Told(
            member=member,
            topic=Topic.slot_uncovered,
            thing=day.release,
            about=day.about,
            path=day.week_path,
        )
        for member in {day.ad.author, day.releaser}
    )
    return None


async def _all_said_no(day: OpenDay) -> bool:
    return not await database.value(
        "SELECT EXISTS (SELECT FROM slot_call WHERE release = $1 AND said IS DISTINCT FROM 'no')", day.release
    )
