"""Somebody can no longer come, or lend their home, after everybody said yes."""

from uuid import UUID

from app import database
from app.database import transaction
from app.dates import today
from app.refusals import AlreadyDone, NotHere, Refused
from exchanges.kinds import Answer, Ended, State
from exchanges.swaps.answering import MY_SWAPS, answer_no
from exchanges.swaps.ending import dissolve
from exchanges.swaps.leaving import UNDER_WAY
from exchanges.swaps.steps import hold

NOTHING_TO_LEAVE = "Cet échange est terminé\u202f: il n’y a rien à retirer."
NOT_YET = "Répondez d’abord à la proposition."
SOMEBODY_IS_THERE = "Le séjour a commencé\u202f: écrivez-vous pour en convenir. L’équipe peut aussi vous aider."


async def withdraw(swap: UUID, member: UUID) -> None:
    """accepted, confirmed → dissolved for everybody, and who is left is helped. Raises AlreadyDone when they left
    before, Refused when it is not accepted yet, over, or a stay is under way; NotHere for who is not in it."""
    async with transaction():
        row = await hold(swap)
        said = row and await database.value(_SAID, swap, member)
        if row is None or said is None:
            raise NotHere
        if row["state"] == State.dissolved and said == Answer.withdrawn:
            raise AlreadyDone(MY_SWAPS)
        if row["state"] not in (State.accepted, State.confirmed):
            raise Refused(NOT_YET if row["state"] == State.proposed else NOTHING_TO_LEAVE)
        if await database.value(f"SELECT {UNDER_WAY.format('$2')} FROM swap s WHERE s.id = $1", swap, today()):
            raise Refused(SOMEBODY_IS_THERE)
        await answer_no(swap, member, Answer.withdrawn)
        await dissolve(swap, Ended.withdrawn, by=member)


_SAID = "SELECT answer FROM swap_party WHERE swap = $1 AND member = $2"
