"""Asking that somebody be matched again, after their weeks, wishes or home changed or they became free."""

from collections.abc import Iterable
from uuid import UUID

from app import database
from app.database import transaction
from app.jobs import defer
from exchanges.matching.jobs import ONE_AT_A_TIME, match_those_who_asked


async def ask_for_a_match(member: UUID) -> None:
    """In the caller's transaction: the job sees the change that it follows. Asking again before it ran is free."""
    await ask_for_matches((member,))


async def ask_for_matches(members: Iterable[UUID]) -> None:
    """The same for several, such as those whom a dissolved swap frees. Who does not exchange homes is left out."""
    async with transaction():
        await database.execute(
            "INSERT INTO match_asked (member, asked_at)"
            " SELECT member, clock_timestamp() FROM exchanger WHERE member = ANY($1::uuid[])",
            list(members),
        )
        await defer(match_those_who_asked, lock=ONE_AT_A_TIME)
