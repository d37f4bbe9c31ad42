"""A helper takes an answer back, before or after being chosen. No author finds an empty chair without knowing."""

from uuid import uuid4

from answers.access import Answered
from answers.asking import ask_next
from answers.committing import locked, seats_of, uncommit
from app import database
from app.database import transaction
from app.refusals import Refused
from listings.ad import Ad
from listings.kinds import Status
from members.blocking import stay_unblocked
from members.me import Me
from messaging.events import say_event
from messaging.tables import Event
from moderation import audit
from moderation.decisions.telling import Told, tell
from notifications.topics import Topic

NOTHING_TO_WITHDRAW = "Vous n’avez plus de réponse en cours pour cette annonce."


async def withdraw(answer: Answered, me: Me) -> None:
    """waiting, listed, asked, chosen → withdrawn. A chosen helper's seats are free again and the next on the list is
    asked. Raises Refused when there is nothing to take back.
    """
    async with transaction():
        ad = await locked(answer.listing)
        await stay_unblocked(me.id, ad.author)
        was = await _withdrawn(answer, ad)
        if was == "chosen":
            await uncommit(ad.id, me.id, None, None)
        said, own = _words(answer, was)
        await say_event(answer.conversation, me.id, Event.withdrawn, f"{answer.helper_name} {said}.", uuid4(), own=own)
        await audit.record("answer.withdrawn", by=me.id, kind="answer", subject=answer.id, was=was)
        news = [helper_withdrew(answer)] if was == "chosen" else []
        await tell([*news, *(await ask_next(ad) if was in ("chosen", "asked") else [])])


def _words(answer: Answered, was: str) -> tuple[str, str]:
    """What follows the helper's name for the author, and the sentence the helper reads."""
    if was != "chosen":
        return "a retiré sa réponse", "Vous avez retiré votre réponse."
    if answer.author_helps:
        return "laisse sa place", "Vous laissez votre place."
    return "ne peut plus venir", "Vous ne pouvez plus venir."


def helper_withdrew(answer: Answered) -> Told:
    """For the author: it leads to the board, where somebody else can be chosen."""
    return Told(
        member=answer.author,
        topic=Topic.helper_withdrew,
        thing=answer.conversation,
        about=answer.title,
        path=f"/annonces/{answer.listing}/candidatures",
    )


async def _withdrawn(answer: Answered, ad: Ad) -> str:
    """The state it had. Once the ad has ended, only who is still expected has something to take back."""
    was = await database.value("SELECT state FROM answer WHERE id = $1 FOR UPDATE", answer.id)
    has_ended = ad.status in (Status.closed, Status.removed, Status.aside)
    is_expected = was == "chosen" and bool((await seats_of(ad)).of(answer.helper))
    if was in (None, "declined", "withdrawn") or (has_ended and not is_expected):
        raise Refused(NOTHING_TO_WITHDRAW)
    await database.execute(
        "UPDATE answer SET state = 'withdrawn', turn = NULL, asked_until = NULL, courtesy = NULL WHERE id = $1",
        answer.id,
    )
    return str(was)
