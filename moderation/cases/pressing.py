"""A thing that more members report is read sooner."""

from uuid import UUID

from app import database
from moderation.cases.records import record_of_reporter
from moderation.cases.weighing import EACH_MORE_REPORT, EACH_POINT, MOST, MOST_FORWARD


async def press_more(case: UUID, added: int) -> None:
    """Inside the transaction that added so many reports to the case. Each but its very first makes its risk grow, and
    moves it forward in the queue by as much as its reporter is believed, never further than the gravest may stand."""
    joined = await database.rows('SELECT reporter FROM report WHERE "case" = $1 ORDER BY made_at, id OFFSET 1', case)
    latest = joined[-added:] if added else []
    believed = sum([await record_of_reporter(one["reporter"]) for one in latest])
    if not latest:
        return
    await database.execute(
        "UPDATE moderation_case SET risk = least($2, risk + $3),"
        " press_at = least(press_at, greatest(press_at - $4::interval, due_at - $5::interval)) WHERE id = $1",
        case,
        MOST,
        EACH_MORE_REPORT * len(latest),
        EACH_POINT * EACH_MORE_REPORT * believed,
        MOST_FORWARD,
    )
