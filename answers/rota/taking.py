"""A member of the rota, or the ad's author, takes a free day: every week, or only this once; and stops."""

from datetime import date, datetime, timedelta
from uuid import UUID

from answers.asking import ask_next
from answers.committing import TAKEN, commit, locked, uncommit
from answers.rota.open_days import in_words_with_hour, present, seats_on
from answers.rota.paths import week_path
from answers.rota.releasing import NOT_EXPECTED, forget_calls, not_begun
from answers.rota.seats import Seat, SeatState
from app import database
from app.database import transaction
from app.refusals import Refused
from listings.ad import Ad
from listings.kinds import Status
from members.blocking import stay_unblocked
from moderation import audit
from moderation.decisions.telling import Told, tell
from notifications.topics import Topic
from places.zones import today_in

THERE_ALREADY = "Vous venez déjà ce jour-là."
ENDED = "Cette annonce n’est plus en ligne : on n’y prend plus de créneau."
NO_SUCH_DAY = "Il n’y a rien à prendre ce jour-là. Rechargez la page, puis choisissez de nouveau."


async def take_every_week(listing: UUID, helper: UUID, day: date, at: datetime) -> None:
    """A free seat of that day's slot, from that day on; of an ad of dates, that date.

    Raises Refused when it is gone.
    """
    async with transaction():
        ad = await locked(listing)
        seat = await _free_seat(ad, helper, day, at)
        since = day if ad.content.schedule and ad.content.schedule.weekly else today_in(ad.department)
        await commit(listing, helper, [seat.occurrence.slot], min(day, since))
        await _note(ad, seat, helper)


async def take_once(listing: UUID, helper: UUID, day: date, at: datetime) -> None:
    """A free seat on that day alone. Raises Refused when it is gone."""
    async with transaction():
        ad = await locked(listing)
        seat = await _free_seat(ad, helper, day, at)
        if seat.occurrence.slot == day.isoformat():
            await commit(listing, helper, [seat.occurrence.slot], min(day, today_in(ad.department)))
        elif not await _taken_once(listing, helper, seat, at):
            raise Refused(TAKEN)
        await _note(ad, seat, helper)


async def stop(listing: UUID, helper: UUID, day: date, at: datetime) -> None:
    """That day's slot is no longer theirs, from that day on; who waits for a place is asked. Raises Refused when it was
    not theirs.
    """
    async with transaction():
        ad = await locked(listing)
        of_day = await seats_on(ad, day)
        mine = next((s for s in of_day if s.held and s.held.helper == helper and not s.held.has_ended), None)
        if mine is None:
            raise Refused(NOT_EXPECTED)
        not_begun(ad, mine, at)
        await uncommit(listing, helper, [mine.occurrence.slot], day - timedelta(days=1))
        await _nobody_to_look_for(mine.held.id, day)  # type: ignore[union-attr]
        await audit.record("rota.stopped", by=helper, kind="listing", subject=listing, slot=mine.occurrence.slot)
        news = [] if helper == ad.author else [_news(ad, mine, Topic.slot_stopped)]
        await tell([*news, *await ask_next(ad)])


async def _nobody_to_look_for(commitment: UUID, since: date) -> None:
    for one in await database.rows(
        "SELECT id FROM slot_release WHERE commitment = $1 AND day >= $2 AND covered_by IS NULL", commitment, since
    ):
        await forget_calls(one["id"])


async def _free_seat(ad: Ad, helper: UUID, day: date, at: datetime) -> Seat:
    if ad.status is not Status.published:
        raise Refused(ENDED)
    if helper != ad.author:
        await stay_unblocked(helper, ad.author)
    of_day = await seats_on(ad, day)
    if not of_day:
        raise Refused(NO_SUCH_DAY)
    if helper in present(of_day):
        raise Refused(THERE_ALREADY)
    free = next((seat for seat in of_day if seat.state is SeatState.free), None)
    if free is None:
        raise Refused(TAKEN)
    not_begun(ad, free, at)
    return free


async def _taken_once(listing: UUID, helper: UUID, seat: Seat, at: datetime) -> UUID | None:
    taken: UUID | None = await database.value(
        "INSERT INTO commitment (listing, helper, slot, seat, agreed_at, ended_at, since, last_day)"
        " VALUES ($1, $2, $3, $4, $5, $5, $6, $6) ON CONFLICT DO NOTHING RETURNING id",
        listing,
        helper,
        seat.occurrence.day.isoformat(),
        seat.number,
        at,
        seat.occurrence.day,
    )
    return taken


async def _note(ad: Ad, seat: Seat, helper: UUID) -> None:
    day = seat.occurrence.day
    await audit.record("rota.taken", by=helper, kind="listing", subject=ad.id, day=day.isoformat())
    if helper != ad.author:
        await tell([_news(ad, seat, Topic.slot_taken)])


def _news(ad: Ad, seat: Seat, topic: Topic) -> Told:
    about, path = f"{ad.title} · {in_words_with_hour(seat)}", week_path(ad.id, seat.occurrence.day)
    return Told(member=ad.author, topic=topic, thing=ad.id, about=about, path=path)
