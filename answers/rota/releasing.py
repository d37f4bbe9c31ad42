"""A helper cannot come on one day: nobody asks why, and somebody else is looked for."""

from datetime import date, datetime
from uuid import UUID

from answers.committing import locked
from answers.rota.asking import start_looking
from answers.rota.open_days import in_words_with_hour, seats_on
from answers.rota.paths import week_path
from answers.rota.saying import say_in_conversation
from answers.rota.seats import Seat, SeatState
from answers.rota.waking import begins
from app import database
from app.database import transaction
from app.refusals import Refused
from listings.ad import Ad
from messaging.tables import Event
from moderation import audit
from moderation.decisions.telling import Told, tell
from notifications.topics import Topic
from places.zones import zone_of

NOT_EXPECTED = "Vous n’êtes pas attendu ce jour-là : rien à changer."
PAST = "Ce créneau a déjà commencé : il ne se change plus ici. Prévenez par message."
COVERED_MEANWHILE = "Quelqu’un a déjà accepté de venir à votre place ce jour-là. Écrivez-lui si vous voulez échanger."


async def release_day(listing: UUID, helper: UUID, day: date, at: datetime) -> None:
    """This person does not come on that day, be it theirs or one they cover. Again changes nothing.

    Raises Refused when they are not expected, and once the hour has come.
    """
    async with transaction():
        ad = await locked(listing)
        of_day = await seats_on(ad, day)
        mine = next((seat for seat in of_day if seat.who == helper), None)
        if mine is None or mine.held is None:
            if any(seat.held and seat.held.helper == helper and seat.release for seat in of_day):
                return
            raise Refused(NOT_EXPECTED)
        not_begun(ad, mine, at)
        if mine.state is SeatState.covered and mine.release:
            await _stand_back(mine.release.id, helper, at)
            release = mine.release.id
        else:
            release = await _released(mine.held.id, day, at)
        await start_looking(release, at)
        when = in_words_with_hour(mine)
        await say_in_conversation(
            listing, helper, Event.released, f"ne peut pas venir {when}", f"ne pouvez pas venir {when}"
        )
        await audit.record("rota.released", by=helper, kind="listing", subject=listing, day=day.isoformat())
        await tell(_news(ad, mine, release, {ad.author, mine.held.helper} - {helper}, Topic.slot_released))


async def take_back(listing: UUID, helper: UUID, day: date, at: datetime) -> None:
    """They can come after all, as long as nobody covers the day. Again changes nothing. Raises Refused otherwise."""
    async with transaction():
        ad = await locked(listing)
        of_day = await seats_on(ad, day)
        mine = next((seat for seat in of_day if seat.held and seat.held.helper == helper), None)
        if mine is None:
            raise Refused(NOT_EXPECTED)
        if mine.release is None:
            return
        if mine.release.covered_by:
            raise Refused(COVERED_MEANWHILE)
        not_begun(ad, mine, at)
        await forget_calls(mine.release.id)
        await database.execute("DELETE FROM slot_release WHERE id = $1", mine.release.id)
        when = in_words_with_hour(mine)
        await say_in_conversation(
            listing, helper, Event.covered, f"vient finalement {when}", f"venez finalement {when}"
        )
        await audit.record("rota.taken_back", by=helper, kind="listing", subject=listing, day=day.isoformat())
        await tell(_news(ad, mine, mine.release.id, {ad.author} - {helper}, Topic.slot_kept))


async def forget_calls(release: UUID) -> None:
    """Nobody is needed any more: those who were asked find nothing left to answer. Before the release is deleted."""
    await database.execute(
        "DELETE FROM notification WHERE topic = $2 AND thing = $1"
        " AND member IN (SELECT member FROM slot_call WHERE release = $1)",
        release,
        Topic.slot_to_cover.value,
    )


def not_begun(ad: Ad, seat: Seat, at: datetime) -> None:
    if begins(seat.occurrence.day, seat.occurrence.starts, zone_of(ad.department)) <= at:
        raise Refused(PAST)


async def _released(commitment: UUID, day: date, at: datetime) -> UUID:
    release: UUID = await database.value(
        "INSERT INTO slot_release (commitment, day, released_at) VALUES ($1, $2, $3) RETURNING id", commitment, day, at
    )
    return release


async def _stand_back(release: UUID, helper: UUID, at: datetime) -> None:
    """Who covered it does not: everyone is asked again but those who said no."""
    await database.execute(
        "UPDATE slot_release SET covered_by = NULL, covered_at = NULL, uncovered_at = NULL, released_at = $2"
        " WHERE id = $1",
        release,
        at,
    )
    await database.execute("DELETE FROM slot_call WHERE release = $1 AND said IS DISTINCT FROM 'no'", release)
    await database.execute(
        "INSERT INTO slot_call (release, member, circle, asked_at, until, said) VALUES ($1, $2, 'wider', $3, $3, 'no')"
        " ON CONFLICT (release, member) DO UPDATE SET said = 'no'",
        release,
        helper,
        at,
    )


def _news(ad: Ad, seat: Seat, thing: UUID, members: set[UUID], topic: Topic) -> list[Told]:
    about, path = f"{ad.title} · {in_words_with_hour(seat)}", week_path(ad.id, seat.occurrence.day)
    return [Told(member=member, topic=topic, thing=thing, about=about, path=path) for member in members]
