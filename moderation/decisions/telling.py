"""Who hears of the end of a case: the author, and those who reported the thing."""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from app import database
from listings.access import was_online
from messaging.access import REMOVED
from notifications.notifying import notify
from notifications.topics import Topic


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of news for one member; `about` is the ad's title."""

    member: UUID
    topic: Topic
    thing: UUID
    about: str
    path: str


async def tell(news: Iterable[Told]) -> None:
    """In order of member, so that two decisions taken at once never wait for each other."""
    for one in sorted(news, key=lambda told: told.member):
        await notify(one.member, one.topic, thing=one.thing, about=one.about, path=one.path)


async def news_for_reporters(case: UUID) -> list[Told]:
    found = await database.rows(
        f"SELECT r.reporter, CASE WHEN {was_online('l')} THEN l.title ELSE '{REMOVED}' END AS title"
        ' FROM report r JOIN moderation_case c ON c.id = r."case" JOIN listing l ON l.id = c.listing'
        ' WHERE r."case" = $1',
        case,
    )
    return [
        Told(
            member=report["reporter"],
            topic=Topic.report_handled,
            thing=case,
            about=report["title"],
            path=f"/signalements/{case}",
        )
        for report in found
    ]
