"""Who is asked last, so that being asked tells nothing of the others before they said yes.

A member who notes a single week and wishes for a single village would learn, by a proposal, that somebody there is away
in that week. Whoever noted the fewest weeks, and of those who changed theirs last, is asked once the others have said
yes; until then nothing of it is to be seen. To be asked first one has to note more weeks than the other, and then does
not learn which of them fits; to try one week after the other is to be always the last who changed.
"""

from collections.abc import Sequence
from uuid import UUID

from app import database
from exchanges.swaps.steps import DAYS_TO_ANSWER
from exchanges.swaps.telling import tell_everybody
from notifications.topics import Topic


async def who_would_learn_most(members: Sequence[UUID]) -> UUID:
    """Of the members of a proposal. In a transaction that holds their exchangers."""
    found: UUID = await database.value(
        "SELECT e.member FROM exchanger e WHERE e.member = ANY($1::uuid[])"
        " ORDER BY (SELECT count(*) FROM planned_week w WHERE w.exchanger = e.id), e.changed_at DESC, e.id DESC"
        " LIMIT 1",
        list(members),
    )
    return found


async def ask_the_last(swap: UUID) -> None:
    """Inside the transaction that wrote a yes and holds the swap: when everybody else said theirs, the last is asked,
    and has as long to answer as the others had."""
    last: UUID | None = await database.value(
        "UPDATE swap_party p SET asked_last = FALSE WHERE p.swap = $1 AND p.asked_last AND (p.answer = 'accepted'"
        " OR NOT EXISTS (SELECT FROM swap_party o WHERE o.swap = $1 AND o.member <> p.member"
        " AND o.answer <> 'accepted')) RETURNING CASE WHEN p.answer = 'asked' THEN p.member END",
        swap,
    )
    if last:
        await database.execute(
            f"UPDATE swap SET answer_by = clock_timestamp() + interval '{DAYS_TO_ANSWER} days' WHERE id = $1", swap
        )
        await tell_everybody(swap, [last], Topic.swap_proposed)
