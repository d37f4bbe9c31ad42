"""Three weeks, two weeks, two days and a day before a stay: its guest and its host hear once of what to prepare."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from app import database
from app.database import transaction
from app.dates import now, today
from app.sweeping import Sweep
from exchanges.stays.kinds import Step
from moderation.decisions.telling import Told, tell
from notifications.topics import Topic

SAID = {
    Step.weeks: "Échange : assurances, accords écrits et clés",
    Step.door: "Échange : les adresses s’ouvrent, relisez la vôtre",
    Step.booklet: "Échange : le livret d’accueil est ouvert",
    Step.eve: "Échange : c’est demain, bon séjour !",
}
"""Shown in the app only."""
FURTHEST = timedelta(days=int(Step.weeks))


async def remind_before_stays() -> int:
    """Says how many were reminded. To be run every day, and again at any time: nobody hears of a step twice, and who
    comes late to it hears of the nearest only. Raises SweepIncomplete."""
    reminded = 0
    async with Sweep("remind_before_stays") as sweep:
        for swap, people in groupby(await database.rows(_SOON, today(), today() + FURTHEST), itemgetter("swap")):
            due = list(people)
            reminded += len(due) if await sweep.take(swap, _remind(swap, due)) else 0
    return reminded


def step_before(first: date, day: date) -> Step:
    """The nearest step that `day` has reached: `day` is one to twenty-one days before `first`."""
    left = (first - day).days
    return min((step for step in Step if left <= int(step)), key=int)


async def _remind(swap: UUID, due: list[Any]) -> None:
    async with transaction():
        steps = [step_before(one["first"], today()) for one in due]
        new = await database.rows(
            "INSERT INTO stay_reminder (swap, member, first, step, sent_at)"
            " SELECT $1, member, first, step, $5 FROM unnest($2::uuid[], $3::date[], $4::text[])"
            " AS due (member, first, step) ORDER BY member, first ON CONFLICT DO NOTHING RETURNING member, step",
            swap,
            [one["member"] for one in due],
            [one["first"] for one in due],
            [step.value for step in steps],
            now(),
        )
        await tell(_told(swap, new))


def _told(swap: UUID, new: list[Any]) -> Iterator[Told]:
    for one in new:
        yield Told(
            member=one["member"],
            topic=Topic.stay_reminder,
            thing=swap,
            about=SAID[Step(one["step"])],
            path=f"/echanges/{swap}",
        )


_SOON = """
SELECT DISTINCT w.id AS swap, one.member, s.first
FROM swap w JOIN stay s ON s.swap = w.id CROSS JOIN LATERAL (VALUES (s.guest), (s.host)) AS one (member)
WHERE w.state = 'confirmed' AND s.first > $1 AND s.first <= $2 AND NOT EXISTS (
    SELECT FROM stay_reminder r WHERE r.swap = w.id AND r.member = one.member AND r.first = s.first
        AND r.step::int <= CASE WHEN s.first - $1 > 14 THEN 21 WHEN s.first - $1 > 2 THEN 14
            WHEN s.first - $1 > 1 THEN 2 ELSE 1 END)
ORDER BY w.id, one.member, s.first
"""
