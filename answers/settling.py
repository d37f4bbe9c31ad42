"""Nobody is left without an answer: a courteous word for those not chosen, and for all who wait when an ad ends.

What is decided is written at once, for all; the words leave by one job, which can stop anywhere and begin again.
"""

from uuid import UUID, uuid5

import asyncpg

from answers.access import BETWEEN_TWO
from answers.asking import ask_next
from answers.committing import end_all, locked, uncommit
from answers.jobs import send_courtesy
from app import database
from app.database import transaction
from app.jobs import defer
from app.refusals import NotHere, Refused
from listings.ad import Ad
from listings.kinds import Outcome, Status
from members.blocking import stay_unblocked
from members.me import Me
from messaging.access import REMOVED
from messaging.events import say_event
from messaging.sending import put
from messaging.tables import Event
from moderation import audit
from moderation.decisions.telling import tell
from notifications.notifying import notify
from notifications.topics import Topic

WORDS = (
    "Merci beaucoup d’avoir répondu à mon annonce. Ce ne sera pas pour cette fois,"
    " mais votre réponse m’a fait plaisir. À bientôt !"
)
NOBODY_WAITS = "Plus personne n’attend de réponse de votre part."
GONE = "Cette personne a retiré sa réponse, ou vous lui avez déjà répondu."


async def courtesy_of(member: UUID) -> str:
    """The word this member sent the last time, or ours."""
    return await database.value("SELECT words FROM member_courtesy WHERE member = $1", member) or WORDS


async def decline_all_who_wait(listing: UUID, by: Me, words: str) -> int:
    """Everyone who still waits is told no with these words; says how many. Raises Refused when nobody waits.

    Those on the waiting list keep their place.
    """
    async with transaction():
        ad = await locked(listing)
        courtesy = await _courtesy(ad, words)
        told = await database.rows(
            f"{_DECLINE} WHERE listing = $1 AND state = 'waiting' RETURNING id", listing, courtesy
        )
        if not told:
            raise Refused(NOBODY_WAITS)
        await _remember(by.id, words)
        await audit.record("answers.declined", by=by.id, kind="listing", subject=listing, people=len(told))
    return len(told)


async def decline(listing: UUID, answer: UUID, by: Me, words: str) -> None:
    """One person is told no, also one who was chosen or on the list. Raises Refused when they are no longer there."""
    async with transaction():
        ad = await locked(listing)
        was = await database.row(
            "SELECT helper, state FROM answer WHERE id = $1 AND listing = $2"
            " AND state IN ('waiting', 'listed', 'asked', 'chosen') FOR UPDATE",
            answer,
            listing,
        )
        if was is None:
            raise Refused(GONE)
        courtesy = await _courtesy(ad, words)
        await database.execute(f"{_DECLINE} WHERE listing = $1 AND id = $3", listing, courtesy, answer)
        await _remember(by.id, words)
        if was["state"] == "chosen":
            await uncommit(listing, was["helper"], None, None)
        if was["state"] == "asked":
            await tell(await ask_next(ad))
        await audit.record("answer.declined", by=by.id, kind="answer", subject=answer)


async def tell_all_who_wait(listing: UUID, by: UUID | None) -> None:
    """Inside the caller's transaction, after the ad has ended: all who wait are declined, and each of them and of the
    chosen is told; with `by` (the author) and a need that was met, in the author's own words. What was agreed then
    stands, and may be still to come; otherwise commitments end.
    """
    async with transaction():
        ad = await locked(listing)
        is_met = ad.outcome is Outcome.fulfilled
        if not is_met:
            await end_all(ad)
        if not await database.value(_SOMEBODY_TO_TELL, listing):
            return
        words = await courtesy_of(ad.author) if by and is_met else WORDS if by else ""
        courtesy = await _courtesy(ad, words)
        await database.execute(
            f"{_DECLINE} WHERE listing = $1 AND state IN ('waiting', 'listed', 'asked')", listing, courtesy
        )
        await database.execute(
            "UPDATE answer SET courtesy = $2 WHERE listing = $1 AND state = 'chosen'", listing, courtesy
        )


async def begin_anew(listing: UUID) -> None:
    """Inside the caller's transaction: the ad is taken up again. What was agreed ended with its last life, and who was
    chosen then may answer again."""
    await database.execute(
        "UPDATE answer SET state = 'declined' WHERE listing = $1 AND state = 'chosen' AND NOT EXISTS ("
        "SELECT FROM commitment k WHERE k.listing = $1 AND k.helper = answer.helper AND k.ended_at IS NULL)",
        listing,
    )


async def bring(courtesy: UUID) -> None:
    """One transaction for each person: what reached somebody has reached them once, wherever the job stops."""
    waiting = await database.rows("SELECT id, listing FROM answer WHERE courtesy = $1 ORDER BY id", courtesy)
    for one in waiting:
        await _bring_to(one["id"], one["listing"], courtesy)


_SOMEBODY_TO_TELL = (
    "SELECT TRUE FROM answer WHERE listing = $1 AND state IN ('waiting', 'listed', 'asked', 'chosen') LIMIT 1"
)
_DECLINE = (
    "UPDATE answer SET state = 'declined', turn = NULL, asked_until = NULL, settled_at = clock_timestamp(),"
    " courtesy = $2"
)


async def _courtesy(ad: Ad, words: str) -> UUID:
    courtesy: UUID = await database.value(
        "INSERT INTO courtesy (listing, words, said_at) VALUES ($1, $2, clock_timestamp()) RETURNING id", ad.id, words
    )
    await defer(send_courtesy, courtesy=courtesy)
    return courtesy


async def _remember(member: UUID, words: str) -> None:
    await database.execute(
        "INSERT INTO member_courtesy (member, words) VALUES ($1, $2)"
        " ON CONFLICT (member) DO UPDATE SET words = excluded.words",
        member,
        words,
    )


async def _bring_to(answer: UUID, listing: UUID, courtesy: UUID) -> None:
    async with transaction():
        ad = await locked(listing)
        taken = await database.value(
            "UPDATE answer SET courtesy = NULL WHERE id = $1 AND courtesy = $2 RETURNING id", answer, courtesy
        )
        between = taken and await database.row(f"{BETWEEN_TWO} AND a.id = $2", listing, answer)
        if between:
            words = await database.value("SELECT words FROM courtesy WHERE id = $1", courtesy)
            await _say(ad, between, words, courtesy)


async def _say(ad: Ad, between: asyncpg.Record, words: str, courtesy: UUID) -> None:
    try:
        await stay_unblocked(ad.author, between["helper"])
    except NotHere:
        return
    conversation, once = between["conversation"], uuid5(courtesy, str(between["id"]))
    is_chosen = between["state"] == "chosen"
    has_words = bool(words) and not is_chosen
    event, text, own = _what_happened(ad, between, is_chosen)
    await say_event(conversation, ad.author, event, text, once, own=own, counts=not has_words)
    if has_words:
        await put(conversation, ad.author, between["helper"], words, uuid5(once, "words"))
    if is_chosen and ad.outcome is Outcome.fulfilled:
        return  # nothing changes for them
    topic = Topic.answer_declined if event is Event.declined else Topic.answer_closed
    about = ad.title if ad.was_online else REMOVED
    await notify(between["helper"], topic, thing=conversation, about=about, path=f"/messages/{conversation}")


def _what_happened(ad: Ad, between: asyncpg.Record, is_chosen: bool) -> tuple[Event, str, str | None]:
    """With the sentence for the helper, then the author's own when it is another."""
    name = between["author_name"]
    found, own = f"{name} a trouvé quelqu’un.", "Vous avez trouvé quelqu’un."
    if ad.status is Status.published:
        if between["has_found"]:
            return Event.declined, found, own
        return Event.declined, f"{name} ne peut pas donner suite cette fois.", "Vous n’avez pas donné suite."
    if ad.outcome is not Outcome.fulfilled:
        return Event.closed, "L’annonce est terminée.", None
    return (Event.closed, "L’annonce est terminée : c’est réglé.", None) if is_chosen else (Event.closed, found, own)
