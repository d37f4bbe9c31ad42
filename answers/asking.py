"""A place is free again: the next on the waiting list is asked, and the one after if they say no or nothing.

An offer keeps no seat: whom the author chooses meanwhile takes it, and who was asked stays on the list.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from answers.access import BETWEEN_TWO, Answered, answered
from answers.committing import Seats, commit, locked, seats_of
from answers.jobs import stop_waiting
from answers.slot_words import for_slots
from app import database
from app.database import transaction
from app.dates import now
from app.jobs import defer
from app.refusals import Refused
from app.sweeping import Sweep
from listings.ad import Ad
from listings.kinds import Status
from listings.schedules.occurrences import occurrences
from members.blocking import stay_unblocked
from members.me import Me
from messaging.events import say_event
from messaging.tables import Event
from moderation import audit
from moderation.decisions.telling import Told, tell
from notifications.topics import Topic
from places.zones import today_in, zone_of

TIME_TO_SAY_YES = timedelta(hours=48)
AT_LEAST = timedelta(hours=1)
A_MOMENT = timedelta(seconds=5)
LOOKING_AHEAD = timedelta(days=60)
NOT_ASKED = "Cette place n’est plus proposée. Vous pouvez écrire dans la conversation."
TOO_LATE = "Cette place vient d’être prise. Vous restez sur la liste d’attente."


async def ask_next(ad: Ad) -> list[Told]:
    """Offers each free seat to the first on the list who can take it; what is to be told, for the caller to tell.

    The caller holds the ad. Nobody on the list and a seat free: the author hears that.
    """
    if ad.status is not Status.published:
        return []
    left = _seats_left(await seats_of(ad))
    queue = await _queue(ad)
    for one in queue:
        if one.state == "asked":
            left.subtract(_first_each(one, left))
    news: list[Told] = []
    for one in queue:
        if one.state == "listed" and (offered := _first_each(one, left)):
            left.subtract(offered)
            news += await _ask(ad, one, offered)
    return news or ([] if queue or not any(left.values()) else [for_author(ad, Topic.list_empty)])


async def ask_those_on_the_list(listing: UUID) -> None:
    """Inside a transaction: the ad is online again. Seats that came free while it was not, and those of an offer whose
    time ran out meanwhile, are offered; nothing happens when nobody waits."""
    ad = await locked(listing)
    if await _queue(ad):
        await tell(await ask_next(ad))


async def say_yes(answer: Answered, me: Me) -> None:
    """Takes what is free of the place offered. Raises Refused when it no longer is."""
    async with transaction():
        ad = await locked(answer.listing)
        await stay_unblocked(me.id, ad.author)
        offered = offered_to(answer, await seats_of(ad))
        await _no_longer_asked(answer, "chosen")
        if not offered:
            raise Refused(TOO_LATE)
        await commit(ad.id, me.id, offered, first_day(ad))
        slots = for_slots(ad.content.schedule, offered)
        said, own = f"{answer.helper_name} dit oui{slots}.", f"Vous avez dit oui{slots}."
        await say_event(answer.conversation, me.id, Event.chosen, said, uuid4(), own=own)
        await audit.record("answer.accepted", by=me.id, kind="answer", subject=answer.id)
        await offers_gone(ad)
        await tell([for_author(ad, Topic.place_taken)])


async def say_no(answer: Answered, me: Me) -> None:
    """The next on the list is asked. Raises Refused when nothing was offered any more."""
    async with transaction():
        ad = await locked(answer.listing)
        await stay_unblocked(me.id, ad.author)
        await _no_longer_asked(answer, "withdrawn")
        said, own = f"{answer.helper_name} préfère laisser la place.", "Vous avez laissé la place."
        await say_event(answer.conversation, me.id, Event.withdrawn, said, uuid4(), own=own)
        await audit.record("answer.passed", by=me.id, kind="answer", subject=answer.id)
        await tell(await ask_next(ad))


async def stop_waiting_everywhere() -> None:
    """For every ad where somebody let an offer pass; also what a lost job left behind. Raises SweepIncomplete."""
    late = await database.rows("SELECT DISTINCT listing FROM answer WHERE asked_until <= now() ORDER BY listing")
    async with Sweep("stop_waiting_everywhere") as sweep:
        for one in late:
            await sweep.take(one["listing"], stop_waiting_for(one["listing"]))


async def stop_waiting_for(listing: UUID) -> None:
    """Who said nothing in time has let the place go; the next is asked. Changes nothing before the time is over."""
    async with transaction():
        ad = await locked(listing)
        late = await database.rows(
            "UPDATE answer SET state = 'withdrawn', turn = NULL, asked_until = NULL WHERE listing = $1"
            " AND state = 'asked' AND asked_until <= clock_timestamp() RETURNING id, helper, conversation",
            listing,
        )
        for one in late:
            said = "Pas de réponse à temps : la place est proposée à quelqu’un d’autre."
            await say_event(one["conversation"], ad.author, Event.withdrawn, said, uuid4())
            await audit.record("answer.silent", by=None, kind="answer", subject=one["id"])
        if late:
            await tell(await ask_next(ad))


async def offers_gone(ad: Ad) -> None:
    """The seats are taken: whoever was offered one goes back to their turn on the list. The caller holds the ad."""
    left = _seats_left(await seats_of(ad))
    for row in await database.rows(f"{BETWEEN_TWO} AND a.state = 'asked' ORDER BY a.turn", ad.id):
        one = answered(row)
        if offered := _first_each(one, left):
            left.subtract(offered)
            continue
        await database.execute("UPDATE answer SET state = 'listed', asked_until = NULL WHERE id = $1", one.id)
        said = "La place est prise entre-temps ; vous restez sur la liste d’attente."
        own = f"La place est prise entre-temps ; {one.helper_name} reste sur la liste d’attente."
        await say_event(one.conversation, ad.author, Event.listed, said, uuid4(), own=own)


def offered_to(answer: Answered, seats: Seats) -> tuple[str, ...]:
    """The free slots this person can take: all of them when they named none."""
    return tuple(slot for slot in seats.free_slots if slot in _wanted(answer, seats.slots))


def _wanted(answer: Answered, slots: Iterable[str]) -> set[str]:
    """Who named no day, or only days the ad no longer has, is asked about all."""
    return set(answer.slots) & set(slots) or set(slots)


def first_day(ad: Ad) -> date:
    """From when on somebody comes: today, or the day the ad begins."""
    today, begins = today_in(ad.department), ad.content.schedule and ad.content.schedule.starts_on
    return max(today, begins) if begins else today


async def _ask(ad: Ad, answer: Answered, offered: Sequence[str]) -> list[Told]:
    until = _until(ad, offered)
    await database.execute("UPDATE answer SET state = 'asked', asked_until = $2 WHERE id = $1", answer.id, until)
    place = for_slots(ad.content.schedule, offered)
    said = f"Une place se libère{place} : {answer.author_name} vous la propose."
    own = f"Une place se libère{place} : elle est proposée à {answer.helper_name}."
    await say_event(answer.conversation, ad.author, Event.asked, said, uuid4(), own=own)
    await defer(stop_waiting, after=until - now() + A_MOMENT, listing=ad.id)
    await audit.record("answer.asked", by=None, kind="answer", subject=answer.id)
    to_helper = Told(
        member=answer.helper,
        topic=Topic.place_offered,
        thing=answer.conversation,
        about=ad.title,
        path=answer.talk_path,
    )
    return [to_helper, for_author(ad, Topic.next_asked)]


async def _no_longer_asked(answer: Answered, state: str) -> None:
    was_asked = await database.value(
        "UPDATE answer SET state = $2, turn = NULL, asked_until = NULL, settled_at = clock_timestamp() WHERE id = $1"
        " AND state = 'asked' AND asked_until > clock_timestamp() RETURNING id",
        answer.id,
        state,
    )
    if was_asked is None:
        raise Refused(NOT_ASKED)


def for_author(ad: Ad, topic: Topic) -> Told:
    return Told(member=ad.author, topic=topic, thing=ad.id, about=ad.title, path=f"/annonces/{ad.id}/candidatures")


def _until(ad: Ad, offered: Sequence[str]) -> datetime:
    """48 hours, or half of what is left before the day, and never less than an hour."""
    at = now()
    day = _next_day(ad, offered)
    left = (datetime.combine(day, time(0), zone_of(ad.department)) - at) / 2 if day else TIME_TO_SAY_YES
    return at + max(AT_LEAST, min(TIME_TO_SAY_YES, left))


def _next_day(ad: Ad, offered: Sequence[str]) -> date | None:
    today = first_day(ad)
    zone = zone_of(ad.department)
    days = occurrences(ad.content.schedule, zone, today, today + LOOKING_AHEAD, offered)
    return days[0].day if days else ad.content.wanted_by


async def _queue(ad: Ad) -> list[Answered]:
    """Those on the list and those already asked, in their turn."""
    found = await database.rows(f"{BETWEEN_TWO} AND a.state IN ('listed', 'asked') ORDER BY a.turn", ad.id)
    return [answered(row) for row in found]


def _seats_left(seats: Seats) -> Counter[str]:
    return Counter({slot: seats.free(slot) for slot in seats.slots})


def _first_each(answer: Answered, left: Counter[str]) -> list[str]:
    return [slot for slot, free in left.items() if free > 0 and slot in _wanted(answer, left)]
