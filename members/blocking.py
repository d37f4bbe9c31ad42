"""Blocking: two members no longer see each other anywhere. What it hides stands in members/visibility.py.

A block is a private choice: it is a row its author may remove, and no entry of the log that nobody can erase.
"""

from collections.abc import Iterable
from uuid import UUID

from answers.jobs import part
from app import database, live
from app.database import transaction
from app.jobs import defer
from app.refusals import NotHere, Refused
from exchanges.swaps.jobs import part_exchanges
from members.visibility import not_blocked


async def block(by: UUID, other: UUID) -> None:
    """From now on neither meets the other. A second time changes nothing. Raises Refused for oneself."""
    if by == other:
        raise Refused("Vous ne pouvez pas vous bloquer vous-même.")
    async with transaction():
        await _hold(by, other, alone=True)
        await database.execute(
            "INSERT INTO block (blocker, blocked, since) VALUES ($1, $2, clock_timestamp()) ON CONFLICT DO NOTHING",
            by,
            other,
        )
        await _forget_news_between(by, other)
        await defer(part, by=by, other=other)
        await defer(part_exchanges, by=by, other=other)
        await _refresh_pages(by, other)


async def unblock(by: UUID, other: UUID) -> None:
    """Removes one's own block; what the other blocked stays. Without a block nothing changes."""
    async with transaction():
        await _hold(by, other, alone=True)
        await database.execute("DELETE FROM block WHERE blocker = $1 AND blocked = $2", by, other)
        await _refresh_pages(by, other)


async def stay_unblocked(one: UUID, other: UUID) -> None:
    """Inside a transaction: no block comes between these two until it ends. Raises NotHere when one stands already.

    Without it a message sent while the other blocks could still reach them.
    """
    await _hold(one, other, alone=False)
    if not await database.value(f"SELECT {not_blocked('$1::uuid', '$2::uuid')}", one, other):
        raise NotHere


async def those_unblocked(one: UUID, others: Iterable[UUID]) -> list[UUID]:
    """Inside a transaction: those of the others whom no block keeps from `one`, and none comes until it ends; in the
    order of their ids."""
    those = sorted(set(others))
    for other in those:
        await _hold(one, other, alone=False)
    found = await database.rows(
        f"SELECT other FROM unnest($2::uuid[]) other WHERE {not_blocked('other', '$1::uuid')} ORDER BY other",
        one,
        those,
    )
    return [row["other"] for row in found]


async def have_met(one: UUID, other: UUID) -> bool:
    """Whether `one` could have come across `other`: an ad, a public reply, a conversation, or an earlier block.

    Blocks are not looked at, so that the answer does not tell who blocked whom.
    """
    return await database.value(
        """
        SELECT EXISTS (SELECT FROM listing WHERE author = $2 AND status IN ('published', 'closed'))
            OR EXISTS (SELECT FROM reply WHERE author = $2 AND state = 'published')
            OR EXISTS (SELECT FROM conversation WHERE (author, helper) IN (($1, $2), ($2, $1)))
            OR EXISTS (SELECT FROM block WHERE blocker = $1 AND blocked = $2)
        """,
        one,
        other,
    )


async def blocked_by(member: UUID) -> list[tuple[UUID, str]]:
    """Whom a member blocked: ids and first names, the latest first."""
    found = await database.rows(
        "SELECT m.id, m.first_name FROM block b JOIN member m ON m.id = b.blocked WHERE b.blocker = $1"
        " ORDER BY b.since DESC, b.id DESC",
        member,
    )
    return [(row["id"], row["first_name"]) for row in found]


async def _hold(one: UUID, other: UUID, *, alone: bool) -> None:
    """A lock on the pair until the end of the transaction: blocks take it alone, what they forbid shares it."""
    pair = " ".join(sorted((str(one), str(other))))
    shared = "" if alone else "_shared"
    await database.execute(f"SELECT pg_advisory_xact_lock{shared}(hashtextextended($1, 0))", pair)


async def _forget_news_between(one: UUID, other: UUID) -> None:
    """Removes what each was told of the other: their conversations, days to come on, words of thanks, and questions
    nobody else asked."""
    await database.execute(
        """
        DELETE FROM notification n USING conversation c
        WHERE n.thing = c.id AND n.member IN ($1, $2)
            AND (c.author, c.helper) IN (($1, $2), ($2, $1))
        """,
        one,
        other,
    )
    await database.execute(
        """
        DELETE FROM notification n USING listing l
        WHERE n.thing = l.id AND n.member IN ($1, $2)
            AND (l.author IN ($1, $2) AND l.author <> n.member
                AND n.topic IN ('new_reply', 'reply_answered', 'best_answer')
                OR n.read_at IS NULL AND n.topic IN ('new_reply', 'reply_answered')
                AND EXISTS (SELECT FROM reply WHERE listing = l.id AND author IN ($1, $2) AND author <> n.member)
                AND NOT EXISTS (SELECT FROM reply WHERE listing = l.id AND author NOT IN ($1, $2)
                    AND said_at > n.first_at - interval '1 minute'))
        """,
        one,
        other,
    )
    await database.execute(
        """
        DELETE FROM notification n USING slot_release r, commitment k, listing l
        WHERE n.thing = r.id AND k.id = r.commitment AND l.id = k.listing AND n.member IN ($1, $2)
            AND l.author IN ($1, $2) AND l.author <> n.member
        """,
        one,
        other,
    )
    await database.execute(
        """
        DELETE FROM notification n USING help h
        WHERE n.topic IN ('thanks_to_write', 'thanks_received') AND n.member IN ($1, $2)
            AND (h.helper, h.helped) IN (($1, $2), ($2, $1))
            AND (n.thing = h.id OR n.thing IN (SELECT id FROM thanks WHERE thanks.help = h.id))
        """,
        one,
        other,
    )


async def _refresh_pages(*members: UUID) -> None:
    for member in members:
        await live.tell(live.Happened(to=member, what="badge"))
