"""From ads, homes and local offers to what can be found: only what is published, not expired, of nobody suspended."""

import logging
import re
from collections.abc import AsyncIterator, Sequence
from datetime import date, time
from typing import Any, ClassVar
from uuid import UUID

from app import database
from app.dates import today
from listings.content import Content
from listings.kinds import CATEGORY, DEAL, KIND, Category, Kind
from listings.schedules.occurrences import kept_days
from listings.schedules.schedule import Schedule, Slot, Weekly
from places.departments import department
from search.contract import Document, DocumentType, Period
from search.documents.homes import home_document
from search.documents.offers import offer_document
from search.documents.rows import of_listing
from search.words.forms import fold

log = logging.getLogger(__name__)
BATCH = 500
NOON, EVENING = time(12), time(18)
NEVER_LEFT_OUT = 180  # days: no holidays of a weekly ad last longer

_FINDABLE = (
    "l.status = 'published' AND l.expires_at > now()"
    " AND (m.suspended_until IS NULL OR m.suspended_until <= clock_timestamp())"
)
_FROM = "listing l JOIN member m ON m.id = l.author"
_COLUMNS = """l.id, l.author, l.category, l.kind, l.deal, l.title, l.body, l.details, l.schedule,
    l.wanted_by, l.quantity, l.price_cents, l.commune, l.department, l.region, l.latitude, l.longitude, l.photos,
    l.published_at, l.expires_at, m.families_helped,
    CASE WHEN l.category = 'tips' THEN
        (SELECT count(*)::int FROM tip_check c WHERE c.listing = l.id AND c.still_true) ELSE m.families_helped
    END AS helpful"""
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
_AWAY = re.compile(r"\b(absen\w*|vacances|conges?|depart\w*|partons|arros\w*|courrier|volets?)\b")


class Ads:
    """Ads, tips, homes and local offers: all that is a `listing`."""

    types: ClassVar[tuple[DocumentType, ...]] = (
        DocumentType.listing,
        DocumentType.tip,
        DocumentType.home,
        DocumentType.offer,
    )
    is_fixed: ClassVar[bool] = False

    async def documents(self, ids: Sequence[str]) -> list[Document]:
        found = await database.rows(
            f"SELECT {_COLUMNS} FROM {_FROM} WHERE l.id = ANY($1::uuid[]) AND {_FINDABLE}",
            list(filter(_UUID.match, ids)),
        )
        return [document for row in found if (document := _read(row))]

    async def every(self, after: str = "") -> AsyncIterator[list[str]]:
        last = UUID(after) if after else UUID(int=0)
        while found := await database.rows(
            f"SELECT l.id FROM {_FROM} WHERE l.id > $1 AND {_FINDABLE} ORDER BY l.id LIMIT {BATCH}", last
        ):
            yield [str(row["id"]) for row in found]
            last = found[-1]["id"]

    async def how_many(self) -> int:
        return await database.value(f"SELECT count(*) FROM {_FROM} WHERE {_FINDABLE}")

    async def of(self, author: UUID) -> list[str]:
        """The ids of all one member's ads that are online, whether they may be found or not."""
        found = await database.rows("SELECT id FROM listing WHERE author = $1 AND status = 'published'", author)
        return sorted(str(row["id"]) for row in found)


def _read(row: Any) -> Document | None:
    """One that cannot be read is not found, and keeps no other from it."""
    try:
        return _document(row)
    except Exception:
        log.exception("search: the ad %s cannot be read", row["id"])
        return None


def _document(row: Any) -> Document:
    content = Content.of(row)
    where = department(row["department"])
    place = " · ".join(filter(None, (_place_name(row["commune"]), where.name if where else "")))
    if content.category is Category.home:
        return home_document(row, content, place)
    if content.category is Category.local_offer:
        return offer_document(row, content, place)
    particulars = content.particulars
    said = [value for _, value in particulars.facts()] if particulars else []
    schedule = None if tells_an_absence(content) else content.schedule
    words = [
        CATEGORY[content.category],
        *([KIND[content.kind]] if content.kind else []),
        *([DEAL[content.deal]] if content.deal else []),
        *said,
        *([schedule.in_words(pauses=False)] if schedule else []),
        place,
    ]
    return Document(
        **of_listing(row),
        type=DocumentType.tip if content.category is Category.tips else DocumentType.listing,
        kind=row["kind"],
        deal=row["deal"],
        words=" · ".join(filter(None, words)),
        price_cents=row["price_cents"],
        starts_on=schedule.starts_on if schedule else None,
        ends_on=schedule.ends_on if schedule else None,
        soonest_on=None if tells_an_absence(content) else soonest(content, today()),
        days=_days(schedule),
        periods=_periods(schedule),
        author=str(row["author"]),
        has_photo=bool(row["photos"]),
        has_helped=row["families_helped"] > 0,
        helpful=row["helpful"],
    )


def tells_an_absence(content: Content) -> bool:
    """Whether its dates say when a home is empty: whoever has their animals looked after is away, and so may be who
    asks for the plants to be watered. No filter and no sort must single those days out."""
    if content.kind is not Kind.request:
        return False
    if content.category is Category.pet_care:
        return True
    text = " ".join(map(fold, f"{content.title} {content.body}".split()))
    return content.category is Category.helping_hand and bool(_AWAY.search(text))


def soonest(content: Content, day: date) -> date | None:
    """The next day from `day` on that it is about: of its dates, of its week, or by which it is wanted."""
    schedule = content.schedule
    if schedule is None:
        return content.wanted_by
    if schedule.weekly:
        return _next_of_week(schedule.weekly, day)
    return min((slot.on for slot in schedule.slots if slot.on >= day), default=schedule.ends_on)


def _next_of_week(weekly: Weekly, day: date) -> date | None:
    first = max(day, weekly.since or day)
    for ahead in (14, NEVER_LEFT_OUT):
        last = date.fromordinal(first.toordinal() + ahead)
        if kept := kept_days(weekly, first, last):
            return kept[0]
    return None


def _days(schedule: Schedule | None) -> tuple[int, ...]:
    if schedule is None:
        return ()
    return tuple(sorted(schedule.weekly.days if schedule.weekly else {slot.on.weekday() for slot in schedule.slots}))


def _periods(schedule: Schedule | None) -> tuple[Period, ...]:
    """The parts of the day its hours reach into; an ad without hours is in none."""
    if schedule is None:
        return ()
    hours: Sequence[Weekly | Slot] = (schedule.weekly,) if schedule.weekly else schedule.slots
    found = {period for one in hours if one.starts for period in _reached(one.starts, one.ends)}
    return tuple(period for period in Period if period in found)


def _reached(starts: time, ends: time | None) -> set[Period]:
    begun = [Period.morning, Period.afternoon, Period.evening][(starts >= NOON) + (starts >= EVENING) :]
    if ends is None or ends <= starts:
        return {begun[0]}
    over = {Period.morning: time(0), Period.afternoon: NOON, Period.evening: EVENING}
    return {begun[0], *(period for period in begun if ends > over[period])}


def _place_name(code: str) -> str:
    from places.communes import commune

    found = commune(code)
    return found.name if found else ""
