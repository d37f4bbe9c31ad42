"""A thing that one more member reports is read sooner."""

from uuid import UUID

from app import database
from moderation.cases.records import record_of_reporter
from moderation.cases.weighing import EACH_MORE_REPORT, EACH_POINT, MOST, MOST_FORWARD


async def press_more(case: UUID, reporter: UUID) -> None:
    """Inside the transaction of a report that joins others: the case's risk grows, and it moves forward in the queue by
    as much as its reporter is believed, never further than the gravest may stand."""
    forward = EACH_POINT * EACH_MORE_REPORT * await record_of_reporter(reporter)
    await database.execute(
        "UPDATE moderation_case SET risk = least($2, risk + $3),"
        " press_at = least(press_at, greatest(press_at - $4::interval, due_at - $5::interval)) WHERE id = $1",
        case,
        MOST,
        EACH_MORE_REPORT,
        forward,
        MOST_FORWARD,
    )
