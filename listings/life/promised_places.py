"""What was promised to those who were chosen stays: no change of an ad leaves fewer places than are taken."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from app import database
from app.dates import DAYS, in_words
from app.forms import Errors
from app.refusals import Refused
from listings.content import Content
from listings.life.steps import release
from listings.schedules.slots import slots_of
from listings.writing.completeness import first_day

GONE = "{} est déjà réservé. Gardez-le, ou libérez d’abord cette place depuis l’annonce."
WHOLE = "L’annonce entière est déjà réservée. Libérez d’abord cette place depuis l’annonce."
FEWER = "Des places sont déjà réservées : gardez-en au moins {}, ou libérez-en depuis l’annonce."


class PlacesPromised(Refused):
    """The change would take away places that are taken; `errors` says so beside its fields."""

    def __init__(self, errors: Errors) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


async def keep_promises(listing: UUID, content: Content) -> None:
    """To be called with the ad locked, before it says this content. Raises PlacesPromised.

    Dates that have passed may go: what was promised for them has been kept.
    """
    if errors := await promised_away(listing, content):
        raise PlacesPromised(errors)
    kept = await database.rows(
        "UPDATE commitment SET ended_at = now(), last_day = slot::date WHERE listing = $1 AND ended_at IS NULL"
        " AND slot = ANY($2::text[]) RETURNING id",
        listing,
        sorted(_past(await _taken(listing), content)),
    )
    if kept:
        await release(listing, len(kept))


async def promised_away(listing: UUID, content: Content) -> Errors:
    """What this content would take from people who were chosen: field → message. One query."""
    taken = await _taken(listing)
    past = _past(taken, content)
    if gone := sorted(taken.keys() - _slots(content) - past):
        return {_field(content): _gone(gone[0])}
    each = max((people for slot, people in taken.items() if slot not in past), default=0)
    return {"quantity": FEWER.format(each)} if content.quantity < each else {}


async def _taken(listing: UUID) -> dict[str, int]:
    """How many people were chosen for each slot."""
    found = await database.rows(
        "SELECT slot, count(*)::int AS people FROM commitment WHERE listing = $1 AND ended_at IS NULL GROUP BY slot",
        listing,
    )
    return {row["slot"]: row["people"] for row in found}


def _slots(content: Content) -> set[str]:
    return {slot.key for slot in slots_of(content.schedule)}


def _past(taken: Iterable[str], content: Content) -> set[str]:
    """Dates before today, where the ad is, that it no longer names."""
    today = first_day(content.commune).isoformat()
    return {slot for slot in taken if len(slot) > 1 and slot < today} - _slots(content)


def _field(content: Content) -> str:
    """Where the form says what is wrong with the moment."""
    if content.schedule is None:
        return "when"
    return "days" if content.schedule.weekly else "on-1"


def _gone(slot: str) -> str:
    if not slot:
        return WHOLE
    name = f"Le {DAYS[int(slot)]}" if slot.isdigit() else f"Le {in_words(date.fromisoformat(slot))}"
    return GONE.format(name)
