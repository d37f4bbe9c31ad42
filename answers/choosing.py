"""The author chooses who comes: for the whole of a single ad, for certain slots of a recurring one."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from answers.access import Answered
from answers.asking import first_day, offers_gone
from answers.committing import commit, locked, seats_of
from answers.slot_words import for_slots, has_slots
from app import database
from app.database import transaction
from app.french import of
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

ENDED = "Cette annonce n’est plus en ligne : on ne choisit plus parmi les réponses."
WITHDRAWN = "Cette personne a retiré sa réponse entre-temps. Choisissez quelqu’un d’autre."
WHICH_DAYS = "Cochez au moins un créneau pour cette personne."


async def choose(answer: Answered, slots: Sequence[str], me: Me) -> None:
    """waiting, listed, asked, declined → chosen, and the seats are theirs. Chosen already: for further slots; twice
    the same is once.

    Raises Refused when the ad has ended, the answer was withdrawn or a seat is gone; nothing is then done.
    """
    async with transaction():
        ad = await open_ad(answer.listing)
        await stay_unblocked(me.id, answer.helper)
        if has_slots(ad.content.schedule) and not slots:
            raise Refused(WHICH_DAYS)
        wanted = tuple(slots) if has_slots(ad.content.schedule) else ("",)
        await _still_there(answer.id)
        before = (await seats_of(ad)).of(answer.helper)
        await commit(ad.id, answer.helper, wanted, first_day(ad))
        await _mark_chosen(answer.id)
        if new := [slot for slot in wanted if slot not in before]:
            await _tell(ad, answer, new, me)


async def open_ad(listing: UUID) -> Ad:
    """The ad, locked. Raises Refused when it is no longer online."""
    ad = await locked(listing)
    if ad.status is not Status.published:
        raise Refused(ENDED)
    return ad


async def _still_there(answer: UUID) -> None:
    state = await database.value("SELECT state FROM answer WHERE id = $1 FOR UPDATE", answer)
    if state in (None, "withdrawn"):
        raise Refused(WITHDRAWN)


async def _mark_chosen(answer: UUID) -> None:
    """A word of refusal that is still on its way stays here."""
    await database.execute(
        "UPDATE answer SET state = 'chosen', turn = NULL, asked_until = NULL, courtesy = NULL,"
        " settled_at = clock_timestamp() WHERE id = $1",
        answer,
    )


async def _tell(ad: Ad, answer: Answered, slots: Sequence[str], me: Me) -> None:
    said, own = _chosen_words(answer, for_slots(ad.content.schedule, slots))
    await say_event(answer.conversation, me.id, Event.chosen, said, uuid4(), own=own)
    await audit.record("answer.chosen", by=me.id, kind="answer", subject=answer.id)
    await offers_gone(ad)
    await tell([news(answer, Topic.answer_chosen)])


def _chosen_words(answer: Answered, slots: str) -> tuple[str, str]:
    """For the helper, then for the author."""
    author, helper = answer.author_name, answer.helper_name
    if answer.author_helps:
        return f"{author} a retenu votre réponse{slots}.", f"Vous avez retenu la réponse {of(helper)}{slots}."
    return f"{author} compte sur vous{slots}.", f"Vous comptez sur {helper}{slots}."


def news(answer: Answered, topic: Topic) -> Told:
    """For the helper: it leads to the conversation, where the answer's state stands."""
    return Told(member=answer.helper, topic=topic, thing=answer.conversation, about=answer.title, path=answer.talk_path)
