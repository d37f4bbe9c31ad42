"""Public questions and answers under an ad."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

import msgspec

from app import database
from app.database import transaction
from app.forms import Form
from app.refusals import Refused
from app.throttle import throttle
from listings.ad import Ad
from listings.kinds import Status
from members.me import Me
from members.trust import trust_no_more
from members.visibility import not_blocked
from moderation import audit
from moderation.opening import open_case
from moderation.rules import Content, Verdict, screen_or_hold
from moderation.tables import CaseKind
from notifications.notifying import notify
from notifications.topics import Topic

TOLD = 20  # how many of those who took part hear of the author's answer


class ReplyForm(Form):
    body: Annotated[str, msgspec.Meta(min_length=2, max_length=1000)]

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {"body": "Écrivez votre question, en 1 000 caractères au plus."}


def screened(ad: Ad, form: ReplyForm) -> Verdict:
    return screen_or_hold(Content(title="", body=form.body, category=ad.content.category.value))


async def reply(ad: Ad, by: Me, form: ReplyForm, verdict: Verdict) -> bool:
    """Says it under the ad, or holds it for a moderator; True when it is visible at once. A new member's always wait.

    Raises Refused when the ad is no longer online.
    """
    await throttle("reply", str(by.id), limit=30, every=timedelta(hours=1))
    async with transaction():
        held = verdict.waits_for_a_person or not by.is_trusted
        online = await database.row("SELECT status FROM listing WHERE id = $1 FOR UPDATE", ad.id)
        if online is None or online["status"] != Status.published:
            raise Refused("Cette annonce n’est plus en ligne : elle ne reçoit plus de questions.")
        said = await database.value(
            "INSERT INTO reply (listing, author, body, state, said_at) VALUES ($1, $2, $3, $4, clock_timestamp())"
            " RETURNING id",
            ad.id,
            by.id,
            form.body,
            "held" if held else "published",
        )
        await (_waits(said, ad, by, verdict) if held else _now_visible(said))
        await audit.record("reply.held" if held else "reply.said", by=by.id, kind="reply", subject=said)
    return not held


async def _waits(reply_id: int, ad: Ad, by: Me, verdict: Verdict) -> None:
    await open_case(
        kind=CaseKind.reply,
        listing=ad.id,
        reply=reply_id,
        author=by.id,
        category=ad.content.category.value,
        department=ad.department or "",
        findings=verdict.findings,
    )


async def publish_reply(reply_id: int) -> None:
    """A moderator approved it: held → published. One already visible stays so."""
    async with transaction():
        freed = await database.value(
            "UPDATE reply SET state = 'published' WHERE id = $1 AND state = 'held' RETURNING id", reply_id
        )
        if freed is not None:
            await _now_visible(reply_id)


async def remove_reply(reply_id: int) -> None:
    """A moderator took it out of sight; the row stays. Removing it again changes nothing."""
    async with transaction():
        was = await database.row(
            "UPDATE reply SET state = 'removed' FROM reply was WHERE reply.id = $1 AND was.id = reply.id"
            " AND reply.state <> 'removed' RETURNING reply.listing, reply.author, was.state",
            reply_id,
        )
        if was:
            await trust_no_more(was["author"])
        if was and was["state"] == "published":
            await database.execute(
                "UPDATE listing SET replies = greatest(replies - 1, 0) WHERE id = $1", was["listing"]
            )


async def _now_visible(reply_id: int) -> None:
    """Counts it and tells the ad's author — or, when the author speaks, those who asked."""
    row = await database.row(
        "UPDATE listing SET replies = replies + 1 FROM reply WHERE reply.id = $1 AND listing.id = reply.listing"
        " RETURNING listing.id, listing.title, listing.author, reply.author AS speaker",
        reply_id,
    )
    if row is None:
        return
    for member in await _who_hears(row["id"], row["author"], row["speaker"]):
        await notify(
            member,
            Topic.new_reply if member == row["author"] else Topic.reply_answered,
            thing=row["id"],
            about=row["title"],
            path=f"/annonces/{row['id']}#reponses",
        )


async def _who_hears(listing: UUID, author: UUID, speaker: UUID) -> list[UUID]:
    """Nobody whom a block keeps from the speaker: it may have come after the question, or while a moderator read."""
    rows = await database.rows(
        "SELECT DISTINCT heard FROM (SELECT $2::uuid AS heard WHERE $3 <> $2"
        " UNION SELECT author FROM reply WHERE listing = $1 AND state = 'published' AND $3 = $2) those"
        f" WHERE heard <> $3 AND {not_blocked('heard', '$3')} ORDER BY heard LIMIT {TOLD}",
        listing,
        author,
        speaker,
    )
    return [row["heard"] for row in rows]
