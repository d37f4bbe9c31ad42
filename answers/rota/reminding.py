"""The evening before: whoever is expected tomorrow hears of it once, at six in the evening where they are expected."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID, uuid5

import msgspec

from answers.rota.held import HELD, STANDS, held
from answers.rota.open_days import in_words_with_hour
from answers.rota.seats import Seat, seats, what_was_agreed_goes_on
from answers.rota.waking import EVENING
from app import database
from app.database import transaction
from app.dates import in_words
from listings.kinds import Kind
from listings.schedules.occurrences import occurrences
from listings.schedules.schedule import Schedule
from moderation.decisions.telling import Told, tell
from notifications.topics import Topic
from places.zones import MAINLAND, overseas, zone_of

ADS_AT_ONCE = 200
KEPT = timedelta(days=60)


async def remind_the_evening_before(now: datetime) -> int:
    """Says how many were reminded. To be run every hour, and again at any time: nobody hears of a day twice."""
    reminded = 0
    for tomorrow, departments, is_mainland in _where_it_is_evening(now):
        after = UUID(int=0)
        while ads := await _ads(tomorrow, departments, is_mainland, after):
            reminded += await _remind(ads, tomorrow, now)
            after = ads[-1]
    await database.execute("DELETE FROM evening_reminder WHERE day < $1", now.date() - KEPT)
    return reminded


def _where_it_is_evening(now: datetime) -> list[tuple[date, list[str], bool]]:
    """Tomorrow's date, there; and in which departments: these, or for the mainland all but these."""
    far = {department: now.astimezone(zone) for department, zone in overseas().items()}
    found: dict[date, list[str]] = {}
    for department, local in far.items():
        if local.time() >= EVENING:
            found.setdefault(local.date() + timedelta(days=1), []).append(department)
    places = [(day, departments, False) for day, departments in found.items()]
    here = now.astimezone(MAINLAND)
    if here.time() >= EVENING:
        places.append((here.date() + timedelta(days=1), list(far), True))
    return places


async def _ads(day: date, departments: list[str], is_mainland: bool, after: UUID) -> list[UUID]:
    """A page of the ads on which somebody may be expected that day."""
    found = await database.rows(
        "SELECT DISTINCT k.listing FROM commitment k JOIN listing l ON l.id = k.listing"
        f" WHERE k.slot IN ($1, $2) AND k.since <= $3 AND {STANDS}"
        " AND (l.department = ANY($4::text[])) <> $5 AND k.listing > $6 ORDER BY k.listing LIMIT $7",
        str(day.weekday()),
        day.isoformat(),
        day,
        departments,
        is_mainland,
        after,
        ADS_AT_ONCE,
    )
    return [row["listing"] for row in found]


async def _remind(ads: list[UUID], day: date, now: datetime) -> int:
    rows = await database.rows(
        "SELECT l.id AS listing, l.title, l.kind, l.status, l.outcome, l.department, l.schedule, l.quantity, l.author,"
        f" {HELD} WHERE l.id = ANY($1) AND l.schedule IS NOT NULL ORDER BY l.id, k.id, r.day",
        ads,
        day,
        day,
    )
    expected: dict[UUID, list[str]] = {}
    for _, ad in groupby(rows, itemgetter("listing")):
        for member, about in _expected(list(ad), day):
            expected.setdefault(member, []).append(about)
    return await _tell(expected, day, now)


def _expected(rows: list[Any], day: date) -> Iterable[tuple[UUID, str]]:
    """Who comes; of an offer, its author too, who gives the hand."""
    ad = rows[0]
    days = occurrences(msgspec.json.decode(ad["schedule"], type=Schedule), zone_of(ad["department"]), day, day)
    goes_on = what_was_agreed_goes_on(ad["status"], ad["outcome"])
    for seat in seats(days, held(rows), ad["quantity"], goes_on=goes_on):
        for member in {seat.who, ad["author"] if ad["kind"] == Kind.offer else None} if seat.who else ():
            if member:
                yield member, _about(ad["title"], seat)


async def _tell(expected: dict[UUID, list[str]], day: date, now: datetime) -> int:
    if not expected:
        return 0
    async with transaction():
        new = await database.rows(
            "INSERT INTO evening_reminder (member, day, sent_at)"
            " SELECT member, $2, $3 FROM unnest($1::uuid[]) AS member ORDER BY member"
            " ON CONFLICT DO NOTHING RETURNING member",
            list(expected),
            day,
            now,
        )
        await tell(_reminder(one["member"], day, expected[one["member"]]) for one in new)
    return len(new)


def _reminder(member: UUID, day: date, abouts: list[str]) -> Told:
    about = abouts[0] if len(set(abouts)) == 1 else f"{in_words(day)} : plusieurs créneaux"
    thing = uuid5(member, day.isoformat())
    return Told(member=member, topic=Topic.evening_reminder, thing=thing, about=about, path="/agenda")


def _about(title: str, seat: Seat) -> str:
    return f"{title} · {in_words_with_hour(seat)}"
