"""Which answer of a discussion helped best."""

from typing import Annotated

import msgspec

from app import database
from app.database import LARGEST_ID, transaction
from app.forms import Form
from app.refusals import Refused
from listings.ad import Ad
from members.me import Me
from moderation import audit

GONE = "Ce message n’est plus là. Revenez à la discussion, puis choisissez-en un autre."


class BestForm(Form):
    reply: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_ID)]


async def mark_best(ad: Ad, reply: int, by: Me) -> None:
    """Marks a visible reply under the tip, in place of the one that was. Marking it again changes nothing.

    Raises Refused when it is not there.
    """
    async with transaction():
        # Whoever deletes or removes a reply holds the ad too.
        await database.execute("SELECT FROM listing WHERE id = $1 FOR NO KEY UPDATE", ad.id)
        if not await database.value(
            "SELECT EXISTS (SELECT FROM reply WHERE id = $1 AND listing = $2 AND state = 'published')", reply, ad.id
        ):
            raise Refused(GONE)
        marked = await database.value(
            "INSERT INTO tip AS t (listing, best) VALUES ($1, $2) ON CONFLICT (listing) DO UPDATE SET best = $2"
            " WHERE t.best IS DISTINCT FROM $2 RETURNING listing",
            ad.id,
            reply,
        )
        if marked:
            await audit.record("tip.best_marked", by=by.id, kind="listing", subject=ad.id, reply=reply)


async def mark_none(ad: Ad, by: Me) -> None:
    """No answer is the best any more."""
    async with transaction():
        unmarked = await database.value(
            "DELETE FROM tip WHERE listing = $1 AND best IS NOT NULL RETURNING listing", ad.id
        )
        if unmarked:
            await audit.record("tip.best_unmarked", by=by.id, kind="listing", subject=ad.id)
