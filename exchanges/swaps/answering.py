"""Saying yes or no to an exchange that is proposed. Nobody learns what another said before everybody said yes."""

from uuid import UUID

import asyncpg

from app import database
from app.database import transaction
from app.dates import now
from app.refusals import AlreadyDone, NotHere, Refused
from exchanges.kinds import Answer, Ended, Origin, Reason, State
from exchanges.swaps.asking_last import ask_the_last
from exchanges.swaps.beginning import begin
from exchanges.swaps.ending import dissolve
from exchanges.swaps.locking import hold_pairs
from exchanges.swaps.steps import hold

MY_SWAPS = "/moi/echanges"
OVER = "Cette proposition n’est plus ouverte. Vos semaines restent notées\u202f: nous continuons de chercher."
NOT_PROPOSED = "Cette proposition a déjà reçu sa réponse."


async def accept(swap: UUID, member: UUID) -> State:
    """The state after this yes: still proposed, accepted when it was the last one, dissolved when it cannot be any
    more. A second yes changes nothing. Raises Refused when it is over, NotHere for who is not in it."""
    async with transaction():
        unblocked = await hold_pairs(await _members(swap))
        row = await hold(swap)
        said = await _said(row, member)
        if row is None or row["state"] != State.proposed or row["answer_by"] <= now():
            return _too_late(row, said)
        if not unblocked and row["origin"] == Origin.requested:
            await dissolve(swap, Ended.blocked)
            return State.dissolved
        await database.execute(
            "UPDATE swap_party SET answer = 'accepted', answered_at = clock_timestamp()"
            " WHERE swap = $1 AND member = $2 AND answer = 'asked'",
            swap,
            member,
        )
        await ask_the_last(swap)
        return await begin(swap, unblocked=unblocked)


async def decline(swap: UUID, member: UUID, reason: Reason) -> None:
    """The exchange ends for everybody; the reason is for the next search of a match. Also for who said yes before.
    Raises AlreadyDone when they said so before, Refused when it was accepted meanwhile or is over, NotHere for who is
    not in it."""
    async with transaction():
        row = await hold(swap)
        said = await _said(row, member)
        if said in (Answer.declined, Answer.withdrawn):
            raise AlreadyDone(MY_SWAPS)
        if row is None or row["state"] != State.proposed or row["answer_by"] <= now():
            raise Refused(OVER if row is None or row["state"] == State.proposed else NOT_PROPOSED)
        has_accepted = said == Answer.accepted
        await answer_no(swap, member, Answer.withdrawn if has_accepted else Answer.declined)
        if row["asked_by"] != member:
            await remember(swap, member, reason)
        await dissolve(swap, Ended.withdrawn if has_accepted else Ended.declined, by=member)


async def let_silence_decline(swap: UUID) -> None:
    """Nothing before its time. Who said nothing is not asked about the same home again for a while; their reason is
    kept as `other`."""
    async with transaction():
        row = await hold(swap)
        if row is None or row["state"] != State.proposed or row["answer_by"] > now():
            return
        silent = await database.rows(
            "UPDATE swap_party SET answer = 'silent', answered_at = clock_timestamp() WHERE swap = $1"
            " AND answer = 'asked' AND NOT asked_last RETURNING member",
            swap,
        )
        for one in silent:
            await remember(swap, one["member"], Reason.other)
        await dissolve(swap, Ended.silence)


async def answer_no(swap: UUID, member: UUID, answer: Answer) -> None:
    await database.execute(
        "UPDATE swap_party SET answer = $3, answered_at = clock_timestamp() WHERE swap = $1 AND member = $2",
        swap,
        member,
        answer.value,
    )


async def remember(swap: UUID, member: UUID, reason: Reason) -> None:
    """That they do not want the home they would have stayed in; a host who would have gone nowhere refused none."""
    await database.execute(
        "INSERT INTO home_declined (exchanger, home, reason, words, declined_at)"
        " SELECT e.id, s.home, $3, '', clock_timestamp() FROM stay s JOIN exchanger e ON e.member = s.guest"
        " WHERE s.swap = $1 AND s.guest = $2"
        " ON CONFLICT (exchanger, home) DO UPDATE SET reason = excluded.reason, declined_at = excluded.declined_at",
        swap,
        member,
        reason.value,
    )


def _too_late(row: asyncpg.Record | None, said: str) -> State:
    if row and said == Answer.accepted and row["state"] in (State.accepted, State.confirmed):
        return State(row["state"])
    raise Refused(OVER)


async def _members(swap: UUID) -> list[UUID]:
    found = await database.rows("SELECT member FROM swap_party WHERE swap = $1", swap)
    return [row["member"] for row in found]


async def _said(row: asyncpg.Record | None, member: UUID) -> str:
    said = row and await database.value(
        "SELECT answer FROM swap_party WHERE swap = $1 AND member = $2", row["id"], member
    )
    if said is None:
        raise NotHere
    return str(said)
