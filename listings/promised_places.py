"""What was promised to those who were chosen stays: no change of an ad leaves fewer places than are taken."""

from datetime import date
from uuid import UUID

import msgspec

from app import database
from app.dates import DAYS, in_words
from app.forms import Errors
from app.refusals import Refused
from listings.content import Content
from listings.slots import slots_of

GONE = "{} est déjà réservé. Gardez-le, ou libérez d’abord cette place depuis l’annonce."
WHOLE = "L’annonce entière est déjà réservée. Libérez d’abord cette place depuis l’annonce."
FEWER = "Des places sont déjà réservées : gardez-en au moins {}, ou libérez-en depuis l’annonce."


class PlacesPromised(Refused):
    """The change would take away places that are taken; `errors` says so beside its fields."""

    def __init__(self, errors: Errors) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


async def keep_promises(listing: UUID, content: Content) -> None:
    """To be called with the ad locked, before its content changes. Raises PlacesPromised."""
    if errors := await promised_away(listing, content):
        raise PlacesPromised(errors)


async def promised_away(listing: UUID, content: Content) -> Errors:
    """What this content would take from people who were chosen: field → message. One query."""
    (found,) = await database.rows(
        "SELECT reserved, (SELECT jsonb_object_agg(slot, people) FROM (SELECT slot, count(*) AS people FROM commitment"
        " WHERE listing = $1 AND ended_at IS NULL GROUP BY slot) taken)::text AS taken FROM listing WHERE id = $1",
        listing,
    )
    taken = _read(found["taken"])
    slots = {slot.key for slot in slots_of(content.schedule)}
    if gone := sorted(taken.keys() - slots):
        return {_field(content): _gone(gone[0])}
    each = max(taken.values(), default=0)
    if content.quantity < each or content.places < found["reserved"]:
        return {"quantity": FEWER.format(max(each, -(-found["reserved"] // len(slots))))}
    return {}


def _read(taken: str | None) -> dict[str, int]:
    return msgspec.json.decode(taken, type=dict[str, int]) if taken else {}


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
