"""The life of an ad: every step there is, and the only code that changes its status.

docs/life-of-an-ad.md draws this table, and a test compares the two.
"""

import enum
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from app import database
from listings.kinds import STATUS, Outcome, Status
from listings.life.following_homes import follow_home
from moderation.cases.locking import open_cases_of
from search.keeping import keep_indexed


class Step(enum.StrEnum):
    hold = "hold"
    publish = "publish"
    take_back = "take_back"
    send_back = "send_back"
    renew = "renew"
    settle = "settle"
    withdraw = "withdraw"
    expire = "expire"
    discard = "discard"
    remove = "remove"
    take_up = "take_up"
    restore = "restore"
    restore_ended = "restore_ended"
    set_aside = "set_aside"
    bring_back = "bring_back"
    let_go = "let_go"


class Transition(msgspec.Struct, frozen=True, kw_only=True):
    """From which statuses a step leads where. `said` is its line in the docs, `sets` and `when` are SQL."""

    origins: tuple[Status, ...]
    to: Status
    said: str
    outcome: Outcome | None = None
    sets: tuple[str, ...] = ()
    when: str = "TRUE"


# A first publication and an ad put online again after its prolonging was read both count from today.
_ONLINE = (
    "submitted_at = coalesce(submitted_at, now())",
    "renewals = renewals + (published_at IS NOT NULL)::int",
    "renewed_at = CASE WHEN published_at IS NOT NULL THEN now() END",
    "published_at = coalesce(published_at, now())",
    "reminded_at = NULL",
)
_WRITTEN_AGAIN = ("published_at = NULL", "expires_at = NULL", "renewed_at = NULL", "renewals = 0", "reminded_at = NULL")
# Later than what was said while it was away, also in the same transaction.
_BACK = ("reminded_at = NULL", "back_at = clock_timestamp()")

TRANSITIONS = {
    Step.hold: Transition(
        origins=(Status.draft, Status.published),
        to=Status.pending,
        said="Its author sends or prolongs it, and a moderator has to read it first.",
        sets=("submitted_at = now()",),
    ),
    Step.publish: Transition(
        origins=(Status.draft, Status.pending),
        to=Status.published,
        said="Nothing speaks against it, or a moderator approved it.",
        sets=_ONLINE,
    ),
    Step.take_back: Transition(
        origins=(Status.pending,),
        to=Status.draft,
        said="Its author takes it back before it was read.",
        sets=_WRITTEN_AGAIN,
    ),
    Step.send_back: Transition(
        origins=(Status.pending, Status.published),
        to=Status.draft,
        said="A moderator asks for changes.",
        sets=_WRITTEN_AGAIN,
    ),
    Step.renew: Transition(
        origins=(Status.published,),
        to=Status.published,
        said="Its author prolongs it, and nothing speaks against it.",
        sets=("renewals = renewals + 1", "renewed_at = now()", "reminded_at = NULL"),
        when="expires_at > now()",
    ),
    Step.settle: Transition(
        origins=(Status.published,),
        to=Status.closed,
        outcome=Outcome.fulfilled,
        said="Its author says that the need is met, or its term comes while people still come on its days.",
    ),
    Step.withdraw: Transition(
        origins=(Status.published,),
        to=Status.closed,
        outcome=Outcome.withdrawn,
        said="Its author no longer wants it shown.",
    ),
    Step.expire: Transition(
        origins=(Status.published,),
        to=Status.closed,
        outcome=Outcome.expired,
        said="Its term has come.",
        when="expires_at <= now()",
    ),
    Step.discard: Transition(
        origins=(Status.draft,),
        to=Status.closed,
        outcome=Outcome.withdrawn,
        said="Its author throws away a draft that a moderator has read, or leaves one behind that people answered.",
    ),
    Step.remove: Transition(
        origins=(Status.pending, Status.published, Status.closed, Status.aside),
        to=Status.removed,
        said="A moderator takes it away from everyone's eyes.",
        sets=("set_aside_at = NULL",),
    ),
    Step.take_up: Transition(
        origins=(Status.closed,),
        to=Status.draft,
        said="Its author takes a withdrawn or expired ad up again; it is screened like a new one when it is sent.",
        sets=_WRITTEN_AGAIN,
        when="outcome <> 'fulfilled'",  # what was agreed then still stands
    ),
    Step.restore: Transition(
        origins=(Status.removed, Status.draft),
        to=Status.published,
        said="An appeal against what a moderator decided was upheld: the time it was away is given back.",
        sets=_BACK,
    ),
    Step.restore_ended: Transition(
        origins=(Status.removed,),
        to=Status.closed,
        said="An appeal was upheld: it had ended before it was removed, or its last day has passed since.",
    ),
    Step.set_aside: Transition(
        origins=(Status.published,),
        to=Status.aside,
        said="Its author is suspended or excluded.",
        sets=("set_aside_at = now()",),
    ),
    Step.bring_back: Transition(
        origins=(Status.aside,),
        to=Status.published,
        said="Its author is no longer suspended: the time it was away is given back.",
        sets=("set_aside_at = NULL", *_BACK),
    ),
    Step.let_go: Transition(
        origins=(Status.aside,),
        to=Status.closed,
        outcome=Outcome.withdrawn,
        said="Its author was excluded six months ago and contests it no more.",
        sets=("set_aside_at = NULL",),
    ),
}


async def move(
    listing: UUID, step: Step, *, author: UUID | None = None, still: Mapping[str, Any] | None = None, **sets: Any
) -> asyncpg.Record | None:
    """Takes the step if the ad is where it starts from; the row after it, or None when it did not apply.

    To be called in a transaction, with open cases of the ad locked before. `author` is whose ad it must be, `still`
    are columns that must still hold these values, `sets` further columns to write; `outcome` and `closed_at` among them
    take the place of the step's own.
    """
    way = TRANSITIONS[step]
    outcome = sets.pop("outcome", way.outcome and way.outcome.value)
    values: list[Any] = [listing, list(way.origins), way.to.value, outcome, author]

    def given(value: Any) -> str:
        values.append(value)
        return f"${len(values)}"

    changes = [
        "status = $3",
        "outcome = $4",
        *([] if "closed_at" in sets else [f"closed_at = {'now()' if way.to is Status.closed else 'NULL'}"]),
        "version = version + 1",
        *(["updated_at = now()"] if way.origins != (way.to,) else []),  # prolonged, it says what it said before
        *way.sets,
        *(f"{column} = {given(value)}" for column, value in sets.items()),
    ]
    unchanged = [f"{column} IS NOT DISTINCT FROM {given(value)}" for column, value in (still or {}).items()]
    moved = await database.row(
        f"UPDATE listing SET {', '.join(changes)} WHERE id = $1 AND status = ANY($2::varchar[])"
        f" AND ($5::uuid IS NULL OR author = $5) AND {' AND '.join([way.when, *unchanged])} RETURNING *",
        *values,
    )
    if moved:
        await keep_indexed(listing)
        await follow_home(moved)
    return moved


async def hold(listing: UUID) -> None:
    """Inside a transaction: nobody else judges, chooses, withdraws, answers or ends until it is over. Cases first."""
    await open_cases_of(listing)
    await database.execute("SELECT FROM listing WHERE id = $1 FOR NO KEY UPDATE", listing)


async def reserve(listing: UUID, by: int = 1) -> bool:
    """Takes `by` places of an ad online; False when it has not that many left. In the caller's transaction."""
    taken = await database.value(
        "UPDATE listing SET reserved = reserved + $2, version = version + 1"
        " WHERE id = $1 AND status = 'published' AND reserved + $2 <= places RETURNING id",
        listing,
        by,
    )
    return await _changed(taken)


async def release(listing: UUID, by: int = 1) -> bool:
    """Gives `by` places back, whatever became of the ad; False when not so many were taken. In the caller's
    transaction.
    """
    freed = await database.value(
        "UPDATE listing SET reserved = reserved - $2, version = version + 1"
        " WHERE id = $1 AND reserved >= $2 RETURNING id",
        listing,
        by,
    )
    return await _changed(freed)


async def _changed(listing: UUID | None) -> bool:
    if listing:
        await keep_indexed(listing)
    return listing is not None


class State(msgspec.Struct, frozen=True):
    """What people are told an ad is. `tone` is a tone of the `state_badge` macro."""

    name: str
    words: str
    tone: str = ""

    @property
    def is_reserved(self) -> bool:
        """Wholly: only the waiting list is open."""
        return self.name == "reserved"


ENDED = {
    Outcome.fulfilled: "Réglée",
    Outcome.withdrawn: "Retirée",
    Outcome.expired: "Arrivée à son terme",
}


def state_of(row: Mapping[str, Any]) -> State:
    """Finer than the status: takes `status`, `outcome`, `places` and `reserved` of a row."""
    status, places, reserved = Status(row["status"]), row["places"], row["reserved"]
    match status:
        case Status.published if reserved >= places:
            return State("reserved", "Réservée", "still")
        case Status.published if reserved:
            return State("partly_reserved", f"Réservée en partie ({reserved} sur {places})", "good")
        case Status.published:
            return State("online", STATUS[status], "good")
        case Status.closed:
            return State(row["outcome"], ENDED[Outcome(row["outcome"])], "still")
        case Status.removed:
            return State("removed", STATUS[status], "bad")
        case Status.aside:
            return State("aside", STATUS[status], "still")
        case _:
            return State(status.value, STATUS[status])
