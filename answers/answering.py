"""Answering an ad: when one can, from where, and a word that opens the conversation."""

from uuid import UUID

from answers.slot_words import in_words
from answers.standing import MAY_ANSWER_AGAIN
from answers.writing import Said
from app import database
from app.database import transaction
from listings.schedules.schedule import Schedule
from messaging.access import Answerable, answerable
from messaging.answering import open_conversation
from moderation.sanctions.enforcing import guard_posting_of


async def answer(listing: UUID, helper: UUID, said: Said, once: UUID) -> UUID:
    """The conversation it opened or continues. An answer that waits is changed, one that was withdrawn waits again, and
    so does one told no before the ad was put online anew; otherwise, once the author has decided, this is only one
    more message.

    Raises NotHere or Refused as `messaging.access.answerable` does. Lock order: the ad, the answer, then as
    `messaging.sending`.
    """
    await guard_posting_of(helper)
    async with transaction():
        ad = await answerable(listing, helper, held=True)
        conversation = await open_conversation(ad, helper, in_full(said, ad.schedule), once)
        await _write(ad, helper, conversation, said)
    return conversation


def in_full(said: Said, schedule: Schedule | None) -> str:
    """The first message: the word, then when and from where."""
    when = in_words(schedule, said.slots) or said.availability
    facts = [f"Quand : {when}" if when else "", f"D’où : {said.place.label}" if said.place else ""]
    return "\n".join([said.word, *([""] if any(facts) else []), *filter(None, facts)])


async def _write(ad: Answerable, helper: UUID, conversation: UUID, said: Said) -> None:
    await database.execute(
        f"""
        INSERT INTO answer AS a (listing, helper, conversation, slots, availability, commune, word, answered_at)
        SELECT $1, $2, $3, $4, $5, coalesce($6, m.commune), $7, clock_timestamp() FROM member m WHERE m.id = $2
        ON CONFLICT (listing, helper) DO UPDATE SET slots = excluded.slots, availability = excluded.availability,
            commune = excluded.commune, word = excluded.word, state = 'waiting', settled_at = NULL, courtesy = NULL,
            answered_at = CASE WHEN a.state = 'waiting' THEN a.answered_at ELSE excluded.answered_at END
            WHERE a.state = 'waiting' OR {MAY_ANSWER_AGAIN}
        """,
        ad.id,
        helper,
        conversation,
        list(said.slots),
        said.availability,
        said.place.code if said.place else None,
        said.word,
    )
