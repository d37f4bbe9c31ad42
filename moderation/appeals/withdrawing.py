"""An appellant lets the decision stand."""

from uuid import UUID

from app import database
from app.database import transaction
from app.refusals import Refused
from listings.life.steps import hold
from members.me import Me
from moderation import audit
from moderation.appeals.access import own_appeal

JUDGED = "Ce recours vient d’être examiné, ou vous l’avez déjà retiré."


async def withdraw(appeal: UUID, me: Me) -> None:
    """open → withdrawn, and its case is closed. The decision cannot be contested by this member again.

    Raises NotHere for an appeal of another, Refused when it is over.
    """
    listing = (await own_appeal(appeal, me)).listing
    async with transaction():
        await hold(listing)
        case = await database.value(
            "UPDATE appeal SET state = 'withdrawn' WHERE id = $1 AND appellant = $2 AND state = 'open'"
            ' RETURNING "case"',
            appeal,
            me.id,
        )
        if case is None:
            raise Refused(JUDGED)
        await database.execute(
            "UPDATE moderation_case SET closed_at = now(), version = version + 1, claimed_by = NULL,"
            " claimed_until = NULL WHERE id = $1 AND closed_at IS NULL",
            case,
        )
        await audit.record("appeal.withdrawn", by=me.id, kind="appeal", subject=appeal)
