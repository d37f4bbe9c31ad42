"""Which answer of a discussion helped best."""

from typing import Annotated
from uuid import UUID

import msgspec

from app import database
from app.database import LARGEST_ID, transaction
from app.forms import Form
from app.refusals import Refused
from listings.ad import Ad
from members.blocking import those_unblocked
from members.me import Me
from moderation import audit
from notifications.notifying import notify
from notifications.topics import Topic

GONE = "Ce message n’est plus là. Revenez à la discussion, puis choisissez-en un autre."


class BestForm(Form):
    reply: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_ID)]


async def mark_best(ad: Ad, reply: int, by: Me) -> None:
    """Marks a visible reply under the tip, in place of the one that was, and tells who wrote it. Marking it again
    changes nothing.

    Raises Refused when it is not there.
    """
    async with transaction():
        # Whoever deletes or removes a reply holds the ad too.
        await database.execute("SELECT FROM listing WHERE id = $1 FOR NO KEY UPDATE", ad.id)
        writer = await database.value(
            "SELECT author FROM reply WHERE id = $1 AND listing = $2 AND state = 'published'", reply, ad.id
        )
        if writer is None:
            raise Refused(GONE)
        marked = await database.value(
            "INSERT INTO tip AS t (listing, best) VALUES ($1, $2) ON CONFLICT (listing) DO UPDATE SET best = $2"
            " WHERE t.best IS DISTINCT FROM $2 RETURNING listing",
            ad.id,
            reply,
        )
        if marked:
            await audit.record("tip.best_marked", by=by.id, kind="listing", subject=ad.id, reply=reply)
            await _tell(ad, reply, writer, by)


async def _tell(ad: Ad, reply: int, writer: UUID, by: Me) -> None:
    """Who wrote it, unless they marked it themselves or a block keeps them from the tip or from who did."""
    if writer == by.id or not await those_unblocked(by.id, [writer]) or not await those_unblocked(ad.author, [writer]):
        return
    path = f"/annonces/{ad.id}?depuis={reply}#reponse-{reply}"
    await notify(writer, Topic.best_answer, thing=ad.id, about=ad.title, path=path)


async def mark_none(ad: Ad, by: Me) -> None:
    """No answer is the best any more."""
    async with transaction():
        unmarked = await database.value(
            "DELETE FROM tip WHERE listing = $1 AND best IS NOT NULL RETURNING listing", ad.id
        )
        if unmarked:
            await audit.record("tip.best_unmarked", by=by.id, kind="listing", subject=ad.id)
