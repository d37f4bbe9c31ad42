"""What came of a case is the answer to the notices in it."""

from typing import NamedTuple
from uuid import UUID

from app import database
from app.jobs import defer
from moderation.notices.jobs import tell_answer


class Answered(NamedTuple):
    """A notice of a member, who is told in the app."""

    member: UUID
    notice: UUID
    number: str


async def answer_notices(case: UUID) -> list[Answered]:
    """Inside the transaction that closed the case, decided or not. People without an account are written to by a job;
    the members to tell are returned. What adds to another notice is answered with it, and told of once."""
    answered = await database.rows(_ANSWER, case)
    for notice in answered:
        if notice["has_email"] and notice["joins"] is None:
            await defer(tell_answer, notice=notice["id"])
    return [
        Answered(notice["member"], notice["id"], notice["number"])
        for notice in answered
        if notice["member"] and notice["joins"] is None
    ]


_ANSWER = """
UPDATE notice SET answered_at = now(),
    judged_edition = (SELECT edition_of(thing_of(c)) FROM moderation_case c WHERE c.id = $1),
    outcome = CASE (SELECT kind FROM decision WHERE "case" = $1)
    WHEN 'approve' THEN 'unfounded' WHEN 'ask_changes' THEN 'founded' WHEN 'remove' THEN 'founded' ELSE 'withdrawn' END
WHERE "case" = $1 AND outcome = '' RETURNING id, number, member, joins, email <> '' AS has_email
"""
