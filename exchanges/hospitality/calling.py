"""A stay falls through shortly before it begins: a roof is looked for around it, before anything else.

Nobody is told more by it than by a proposal: those asked do not learn who comes from where nor on which days, whoever
is left without a roof does not learn whether anybody was asked, and says yes or no to what is found like to any other
exchange.
"""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from app import database
from app.database import transaction
from app.dates import now
from app.jobs import defer
from app.refusals import Refused
from exchanges.hospitality.jobs import ask_around
from moderation import audit
from moderation.decisions.telling import Told, tell
from notifications.topics import Topic
from places.zones import today_in, zone_of

TIME_TO_ANSWER = timedelta(days=4)
MOST_CALLS, LATELY = 2, timedelta(days=90)
"""Of one guest: whoever loses roof after roof is helped by the next match, not by asking the neighbours again."""
NOTHING_LOOKED_FOR = "Nous ne cherchons plus\u202f: il n’y a rien à arrêter."


async def call_for(stay: UUID) -> UUID | None:
    """Inside the transaction that dissolved a confirmed swap: its guest, who did not withdraw, has nowhere to stay.

    Returns the call; None when there is nothing to look for: the stay has no days or begins today, its guest withdrew,
    is suspended, was called for already or too often lately. Can be said twice.
    """
    lost = await database.row(_LOST, stay, LATELY, MOST_CALLS)
    if lost is None or lost["first"] <= today_in(lost["department"]):
        return None
    call: UUID | None = await database.value(
        "INSERT INTO hospitality_call (stay, guest, commune, department, first, last, opened_at, until)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (stay) DO NOTHING RETURNING id",
        stay,
        lost["guest"],
        lost["commune"],
        lost["department"],
        lost["first"],
        lost["last"],
        now(),
        _until(now(), lost["first"], lost["department"]),
    )
    if call:
        await audit.record("hospitality.called", by=None, kind="hospitality_call", subject=call)
        await tell(
            [Told(member=lost["guest"], topic=Topic.roof_sought, thing=call, about="", path=f"/accueils/{call}")]
        )
        await defer(ask_around, call=call)
    return call


async def stop_calling(call: UUID, guest: UUID, at: datetime) -> None:
    """The guest no longer looks for a roof. Raises Refused when it is over."""
    async with transaction():
        stopped = await database.value(
            "UPDATE hospitality_call SET closed_at = $3, ended = 'stopped'"
            " WHERE id = $1 AND guest = $2 AND closed_at IS NULL RETURNING id",
            call,
            guest,
            at,
        )
        if not stopped:
            raise Refused(NOTHING_LOOKED_FOR)
        await audit.record("hospitality.stopped", by=guest, kind="hospitality_call", subject=call)


def _until(at: datetime, first: date, department: str) -> datetime:
    """Four days, and no longer than the day before the stay."""
    return min(at + TIME_TO_ANSWER, datetime.combine(first, time(), zone_of(department)))


_LOST = """
SELECT t.guest, t.first, t.last, l.commune, l.department FROM stay t
JOIN swap s ON s.id = t.swap JOIN listing l ON l.id = t.home JOIN member m ON m.id = t.guest
JOIN exchanger e ON e.member = t.guest
JOIN swap_party p ON p.swap = t.swap AND p.member = t.guest
WHERE t.id = $1 AND t.first IS NOT NULL AND s.state = 'dissolved' AND s.confirmed_at IS NOT NULL
    AND s.form <> 'week_room' AND l.commune IS NOT NULL AND l.department IS NOT NULL
    AND p.answer <> 'withdrawn' AND (m.suspended_until IS NULL OR m.suspended_until <= now())
    AND (SELECT count(*) FROM hospitality_call c WHERE c.guest = t.guest AND c.stay <> t.id
        AND c.opened_at > now() - $2::interval) < $3
"""
