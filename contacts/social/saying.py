"""A word of either side, or a line of the site, added to a conversation.

Lock order, everywhere here: the conversation's row, its messages, notifications.
"""

import enum
from uuid import UUID

from app import database, live
from app.refusals import Refused
from contacts.social.access import Talk
from contacts.social.sealing import Place, seal
from notifications.notifying import notify
from notifications.topics import Topic

NO_LONGER = "Cette conversation vient de changer de mains ou de se fermer. Rechargez la page."


class Event(enum.StrEnum):
    """`once` of a `packet` line is the packet's id."""

    taken = "taken"
    handed = "handed"
    returned = "returned"
    packet = "packet"
    withdrawn = "withdrawn"
    closed_by_person = "closed_by_person"
    closed_by_worker = "closed_by_worker"
    closed_by_time = "closed_by_time"


EVENT = {
    Event.taken: "{worker} suit maintenant cette conversation.",
    Event.handed: "Conversation confiée à {worker}.",
    Event.returned: "Conversation remise en attente\u202f: une autre personne du service va répondre.",
    Event.packet: "Résultats de simulateurs joints.",
    Event.withdrawn: "Des résultats de simulateurs ont été retirés, et effacés.",
    Event.closed_by_person: "Conversation fermée par la personne.",
    Event.closed_by_worker: "Conversation fermée par le service social.",
    Event.closed_by_time: "Conversation fermée\u202f: personne n’y a écrit depuis un an.",
}
EVENT_ICON = {
    Event.taken: "user-check",
    Event.handed: "users",
    Event.returned: "hourglass",
    Event.packet: "file-text",
    Event.withdrawn: "undo-2",
    Event.closed_by_person: "circle-check",
    Event.closed_by_worker: "circle-check",
    Event.closed_by_time: "hourglass",
}


def place_of(talk: UUID, once: UUID, by_worker: bool) -> Place:
    """Of a message: whose it is is sealed with it."""
    return Place("worker" if by_worker else "person", talk, once)


async def speak(talk: Talk) -> None:
    """Inside a transaction, before a word: holds the row, so that nobody closes or takes it meanwhile. Raises Refused
    when the conversation is no longer theirs to write in."""
    held = await database.value(
        """
        UPDATE social_talk SET last_at = clock_timestamp(), first_answered_at =
            CASE WHEN $2::uuid IS NULL THEN first_answered_at ELSE coalesce(first_answered_at, clock_timestamp()) END
        WHERE id = $1 AND CASE WHEN $2::uuid IS NULL THEN state <> 'closed' ELSE state = 'open' AND worker = $2 END
        RETURNING id
        """,
        talk.id,
        None if talk.is_person else talk.reader,
    )
    if held is None:
        raise Refused(NO_LONGER)


async def put(talk: Talk, text: str, once: UUID) -> int | None:
    """The new message's id; None when `once` was there already. The caller has called `speak`."""
    by_worker = not talk.is_person
    message: int | None = await database.value(
        "INSERT INTO social_message (talk, by_worker, worker, sealed, sent_at, once)"
        " VALUES ($1, $2, $3, $4, clock_timestamp(), $5) ON CONFLICT (once) DO NOTHING RETURNING id",
        talk.id,
        by_worker,
        talk.reader if by_worker else None,
        seal(place_of(talk.id, once, by_worker), text.encode()),
        once,
    )
    return message


async def say(talk: Talk, event: Event, once: UUID, worker: UUID | None = None) -> None:
    """A line of the site, with the worker it names; open pages hear of it."""
    await database.execute(
        "INSERT INTO social_message (talk, by_worker, worker, event, sent_at, once)"
        " VALUES ($1, $2, $3, $4, clock_timestamp(), $5)",
        talk.id,
        not talk.is_person,
        worker,
        event.value,
        once,
    )
    await tell_pages(talk)


async def tell_pages(talk: Talk) -> None:
    """Where to look, never what was written. A page without an account listens by the conversation's own id."""
    for listener in {talk.member or talk.id, talk.worker, talk.reader} - {None}:
        if listener:
            await live.tell(live.Happened(to=listener, what="message", conversation=talk.id))


async def settle(talk: UUID) -> None:
    """Nobody need take it up any more."""
    await database.execute(
        "UPDATE notification SET read_at = clock_timestamp() WHERE thing = $1 AND topic = $2 AND read_at IS NULL"
        " AND member IN (SELECT member FROM role WHERE kind = 'social_worker')",
        talk,
        Topic.social_waiting.value,
    )


async def notify_other(talk: Talk) -> None:
    """The member, when they gave their name; the worker who follows it. An e-mail says nothing of what it is about."""
    other, topic = (talk.worker, Topic.social_written) if talk.is_person else (talk.member, Topic.social_answered)
    if other:
        await notify(other, topic, thing=talk.id, about="", path=talk.path)
