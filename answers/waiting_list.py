"""The author keeps some people in reserve, in an order of their own."""

import enum
from uuid import uuid4

from answers.access import Answered
from answers.choosing import WITHDRAWN, news, open_ad
from app import database
from app.database import transaction
from app.refusals import Refused
from members.blocking import stay_unblocked
from members.me import Me
from messaging.events import say_event
from messaging.tables import Event
from moderation import audit
from moderation.decisions.telling import tell
from notifications.topics import Topic


class Way(enum.StrEnum):
    up = "up"
    down = "down"


async def put_on_list(answer: Answered, me: Me) -> None:
    """waiting, declined → last on the list. On it already: stays where they are. Raises Refused otherwise."""
    async with transaction():
        await open_ad(answer.listing)
        await stay_unblocked(me.id, answer.helper)
        listed = await database.value(
            "UPDATE answer SET state = 'listed', courtesy = NULL, settled_at = clock_timestamp(), turn = (SELECT"
            " coalesce(max(turn), 0) + 1 FROM answer o WHERE o.listing = $2 AND o.state IN ('listed', 'asked'))"
            " WHERE id = $1 AND state IN ('waiting', 'declined') RETURNING id",
            answer.id,
            answer.listing,
        )
        if listed:
            said, own = "Vous êtes sur la liste d’attente.", f"{answer.helper_name} est sur la liste d’attente."
            await say_event(answer.conversation, me.id, Event.listed, said, uuid4(), own=own)
            await audit.record("answer.listed", by=me.id, kind="answer", subject=answer.id)
            await tell([news(answer, Topic.answer_listed)])
        elif answer.state not in ("listed", "asked"):
            raise Refused(WITHDRAWN)


async def move(answer: Answered, way: Way) -> None:
    """Changes places with the one before or after; at the end of the list nothing changes."""
    async with transaction():
        await open_ad(answer.listing)
        order = await database.rows(
            "SELECT id, turn FROM answer WHERE listing = $1 AND state IN ('listed', 'asked') ORDER BY turn FOR UPDATE",
            answer.listing,
        )
        here = next((n for n, one in enumerate(order) if one["id"] == answer.id), None)
        there = None if here is None else here - 1 if way is Way.up else here + 1
        if here is None or there is None or not 0 <= there < len(order):
            return
        one, other = order[here], order[there]
        # Two of the same turn never stand side by side: the index looks after each row, not after the statement.
        for id, turn in ((one["id"], -1), (other["id"], one["turn"]), (one["id"], other["turn"])):
            await database.execute("UPDATE answer SET turn = $2 WHERE id = $1", id, turn)
