"""An author takes their reply away. Of what others could read a trace is left, and what was answered to it stays."""

from app import database
from app.database import transaction
from listings.replies.access import Reply
from listings.replies.appearing import disappear
from listings.replies.locking import locked
from members.me import Me
from moderation import audit
from moderation.cases.closing import close_case_of_reply


async def delete_reply(reply: Reply, by: Me) -> None:
    """published → deleted, held → withdrawn: the words are gone, its open case is closed and who reported it is told.
    Deleting it again changes nothing."""
    async with transaction():
        row = await locked(reply.id)
        if row["state"] not in ("published", "held"):
            return
        state = "deleted" if row["state"] == "published" else "withdrawn"
        await close_case_of_reply(reply.id)
        await database.execute(
            "UPDATE reply SET state = $2, body = '', waiting_body = NULL, refused_body = NULL, version = version + 1"
            " WHERE id = $1",
            reply.id,
            state,
        )
        if state == "deleted":
            await disappear(reply.id)
        await audit.record(f"reply.{state}", by=by.id, kind="reply", subject=reply.id)
