"""The only door to a case: in one's scope, and never one in which oneself, or somebody one knows, has a stake."""

from uuid import UUID

import asyncpg
from litestar import Request
from litestar.params import FromPath

from app import database
from app.refusals import NotHere
from members.me import Me
from moderation.appeals.judges import IS_FOR_ALL

IN_SCOPE = f"""
    CASE WHEN (cardinality($2::text[]) = 0 OR c.category = ANY($2))
            AND (cardinality($3::text[]) = 0 OR c.department = ANY($3)) OR {IS_FOR_ALL}
        THEN NOT has_stake($1, c) ELSE FALSE END
"""
"""On `moderation_case c`, with the parameters of `scope`. `has_stake` is what the database itself asks before anybody
claims or decides; it is asked last (hence CASE, whose order PostgreSQL keeps): each time costs 70 microseconds."""


def scope(me: Me) -> tuple[UUID, list[str], list[str]]:
    """What `IN_SCOPE` asks of a moderator, as $1, $2 and $3."""
    return me.id, list(me.categories), list(me.departments)


async def case_in_scope(case_id: UUID, me: Me) -> asyncpg.Record:
    """The case with what it is about. Raises NotHere out of scope, for one's own content and for what one reported."""
    found = me.is_moderator and await database.row(
        f"""
        SELECT c.*, l.status AS listing_status,
            e.content AS edit_content, e.state AS edit_state, r.body AS reply_body, r.state AS reply_state,
            r.waiting_body AS reply_waiting, r.said_at AS reply_said_at, t.body AS thanks_body, t.state AS thanks_state,
            t.private_line, t.is_problem, t.help, t.to_member, addressee.first_name AS to_name,
            claimer.first_name AS claimed_by_name, c.claimed_until > now() AS is_claimed,
            d.kind AS decided, d.reason AS decided_reason, d.words AS decided_words, d.decided_at,
            judge.first_name AS decided_by_name
        FROM moderation_case c JOIN listing l ON l.id = c.listing
        LEFT JOIN listing_edit e ON e.id = c.edit
        LEFT JOIN reply r ON r.id = c.reply
        LEFT JOIN thanks t ON t.id = c.thanks
        LEFT JOIN member addressee ON addressee.id = t.to_member
        LEFT JOIN member claimer ON claimer.id = c.claimed_by
        LEFT JOIN decision d ON d."case" = c.id
        LEFT JOIN member judge ON judge.id = d.moderator
        WHERE {IN_SCOPE} AND c.id = $4
        """,
        *scope(me),
        case_id,
    )
    if not found:
        raise NotHere
    return found


async def case_asked_for(case_id: FromPath[UUID], request: Request) -> asyncpg.Record:
    """As `case_in_scope`, of a page; the first time anybody of the team comes through is kept."""
    case = await case_in_scope(case_id, request.user)
    if case["first_read_at"] is None:
        await database.execute(
            "UPDATE moderation_case SET first_read_at = now() WHERE id = $1 AND first_read_at IS NULL", case_id
        )
    return case
