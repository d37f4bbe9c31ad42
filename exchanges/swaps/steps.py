"""The life of a swap: every step there is, and the only code that changes its state."""

import enum
from uuid import UUID

import asyncpg
import msgspec

from app import database
from exchanges.kinds import Ended, State


class Step(enum.StrEnum):
    accept = "accept"
    confirm = "confirm"
    finish = "finish"
    dissolve = "dissolve"


class Transition(msgspec.Struct, frozen=True, kw_only=True):
    """From which states a step leads where; `sets` and `when` are SQL."""

    origins: tuple[State, ...]
    to: State
    said: str
    sets: tuple[str, ...] = ()
    when: str = "TRUE"


DAYS_TO_ANSWER = 4
DAYS_TO_AGREE = 14
_EVERYBODY_ACCEPTED = "NOT EXISTS (SELECT FROM swap_party p WHERE p.swap = swap.id AND p.answer <> 'accepted')"
_EVERYBODY_AGREED = (
    "NOT EXISTS (SELECT FROM swap_party p WHERE p.swap = swap.id AND p.agreed_version IS DISTINCT FROM swap.version)"
    " AND NOT EXISTS (SELECT FROM stay s WHERE s.swap = swap.id AND s.first IS NULL)"
)

TRANSITIONS = {
    Step.accept: Transition(
        origins=(State.proposed,),
        to=State.accepted,
        said="Everybody said yes in time.",
        sets=("accepted_at = clock_timestamp()", f"answer_by = clock_timestamp() + interval '{DAYS_TO_AGREE} days'"),
        when=_EVERYBODY_ACCEPTED,
    ),
    Step.confirm: Transition(
        origins=(State.accepted,),
        to=State.confirmed,
        said="Everybody agreed to the same days.",
        sets=("confirmed_at = clock_timestamp()",),
        when=_EVERYBODY_AGREED,
    ),
    Step.finish: Transition(
        origins=(State.confirmed,),
        to=State.done,
        said="The last day of its stays has passed.",
        sets=("ended_at = clock_timestamp()",),
    ),
    Step.dissolve: Transition(
        origins=(State.proposed, State.accepted, State.confirmed),
        to=State.dissolved,
        said="Somebody said no or nothing, withdrew, or can no longer take part; or no days were found.",
        sets=("ended_at = clock_timestamp()",),
    ),
}
OPEN = TRANSITIONS[Step.dissolve].origins
IS_OPEN = "state IN ('proposed', 'accepted', 'confirmed')"
"""`OPEN` in SQL."""


async def hold(swap: UUID) -> asyncpg.Record | None:
    """Inside a transaction: the swap's row, as nobody else changes it until the transaction ends; None when there is
    none. Lock order of an exchange: the homes' ads (their cases before them), pairs of members, the swap, the
    exchangers in the order of their numbers, then as `messaging.sending`."""
    return await database.row("SELECT * FROM swap WHERE id = $1 FOR NO KEY UPDATE", swap)


async def move(swap: UUID, step: Step, why: Ended | None = None) -> asyncpg.Record | None:
    """Takes the step if the swap is where it starts from; the row after it, or None when it did not apply. In a
    transaction that holds the swap. `why` is for `Step.dissolve`, which needs it."""
    way = TRANSITIONS[step]
    return await database.row(
        f"UPDATE swap SET {', '.join(['state = $3', 'ended_why = $4', *way.sets])}"
        f" WHERE id = $1 AND state = ANY($2::varchar[]) AND {way.when} RETURNING *",
        swap,
        list(way.origins),
        way.to.value,
        why.value if why else None,
    )
