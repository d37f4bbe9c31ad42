"""Who hears of the end of a case: the author, and those who reported the thing."""

from uuid import UUID

from app import database
from notifications.notifying import notify
from notifications.topics import Topic


async def tell_reporters(case: UUID) -> None:
    """In order of id, so that two moderators deciding at once never wait for each other."""
    found = await database.rows(
        "SELECT r.reporter, c.listing, l.title FROM report r JOIN moderation_case c ON c.id = r.case"
        " JOIN listing l ON l.id = c.listing WHERE r.case = $1 ORDER BY r.reporter",
        case,
    )
    for report in found:
        await notify(
            report["reporter"],
            Topic.report_handled,
            thing=case,
            about=report["title"],
            path=f"/signalements/{case}",
        )
