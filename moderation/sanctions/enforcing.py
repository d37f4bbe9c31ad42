"""What a measure in force keeps a member from."""

from uuid import UUID

from app import database
from app.refusals import Refused
from members.me import Me
from moderation.sanctions.kinds import until_in_words


class Restricted(Refused):
    """A measure that is in force, and the member knows of, does not let them do this."""

    status = 403
    leads_to = ("/moi/decisions", "Mes décisions")


NO_POSTING = (
    "Vous ne pouvez ni publier ni répondre {until}. La raison, et comment contester, sont dans «\u202fMes"
    " décisions\u202f». Ce que vous aviez écrit n’est pas envoyé."
)


def guard_posting(me: Me) -> None:
    """At the doors of what others read. Raises Restricted while this member may not post, or is suspended."""
    if until := me.suspended_until or me.no_posting_until:
        raise Restricted(NO_POSTING.format(until=until_in_words(until)))


async def guard_posting_of(member: UUID) -> None:
    """The same for who comes without a session, by a link of an e-mail."""
    until = await database.value(
        "SELECT greatest(suspended_until, no_posting_until) FROM member"
        " WHERE id = $1 AND greatest(suspended_until, no_posting_until) > now()",
        member,
    )
    if until:
        raise Restricted(NO_POSTING.format(until=until_in_words(until)))
