"""Who hears of the end of a case: the author, and those who reported the thing or sent a notice about it."""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from app import database
from listings.access import was_online
from messaging.access import REMOVED
from moderation.notices.answering import answer_notices
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
    """Inside the transaction that closed the case, decided or not: also answers the legal notices in it."""
    found = await database.rows(
        f"SELECT DISTINCT r.reporter, CASE WHEN {was_online('l')} THEN l.title ELSE '{REMOVED}' END AS title"
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
    ] + [
        Told(
            member=answered.member,
            topic=Topic.notice_answered,
            thing=answered.notice,
            about=answered.number,
            path=f"/signaler-un-contenu-illicite/{answered.number}",
        )
        for answered in await answer_notices(case)
    ]
