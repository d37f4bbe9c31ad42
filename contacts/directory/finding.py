"""The right contact for a place and a question: whoever is for this very commune, then its department, then all."""

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any, NamedTuple
from uuid import UUID

from app import database
from app.dates import now
from contacts.directory.reading import Contact, read
from contacts.directory.times import Next
from contacts.kinds import ContactKind, Topic
from places.communes import Place, commune
from places.distance import distance_km, nearness

MOST = 12
"""Cards of one page: nobody calls more."""
MOST_LOOKED_AT = 2_000
FAR = 1e6  # km; one that is met nowhere comes after the others of its reach

_CANDIDATES = f"""
SELECT id, name, kind, commune, topics, body, body = ANY($5::uuid[]) AS own, communes && $1::varchar[] AS in_commune,
    departments @> ARRAY[$2]::varchar[] AS in_department
FROM contact
WHERE is_shown AND ($3::varchar IS NULL OR kind = $3)
AND ($4::varchar IS NULL OR topics = '{{}}' OR topics @> ARRAY[$4]::varchar[])
AND (communes && $1::varchar[] OR departments @> ARRAY[$2]::varchar[] OR is_everywhere OR body = ANY($5::uuid[]))
LIMIT {MOST_LOOKED_AT}
"""


class Reach(IntEnum):
    """How narrowly a contact is meant for somebody, the narrowest first."""

    body = 0
    commune = 1
    department = 2
    everywhere = 3


class ContactCard(NamedTuple):
    """A contact as found from a place; `next` is when it can be met next."""

    contact: Contact
    reach: Reach
    nearness: str
    next: Next | None


class Found(NamedTuple):
    """One page of cards; `total` counts all of them, `pages` the pages."""

    cards: list[ContactCard]
    total: int
    page: int
    pages: int


async def look(
    commune_code: str,
    topic: Topic | None = None,
    kind: ContactKind | None = None,
    member: UUID | None = None,
    page: int = 1,
) -> Found:
    """Those for this place: of the member's own body first, then of the commune, the department, of everywhere, each
    the nearest first; those of a body that may be another's come last. None for a commune nobody knows. 2 queries, 3
    for a member. Pages are counted from 1; beyond the last one it is the last.
    """
    place = commune(commune_code)
    if place is None:
        return Found([], 0, 1, 1)
    bodies = await _bodies_of(member) if member else []
    here = list({place.code, place.commune})
    found = await database.rows(_CANDIDATES, here, place.department, kind, topic, bodies)
    pages = max(1, -(-len(found) // MOST))
    page = min(page, pages)
    ranked = sorted(found, key=lambda row: _rank(row, place, topic))[(page - 1) * MOST : page * MOST]
    whole = await read([row["id"] for row in ranked])
    at = now()
    cards = [_card(whole[row["id"]], _reach(row), place, at) for row in ranked if row["id"] in whole]
    return Found(cards, len(found), page, pages)


async def _bodies_of(member: UUID) -> Sequence[UUID]:
    return [row["body"] for row in await database.rows("SELECT body FROM membership WHERE member = $1", member)]


def _reach(row: Any) -> Reach:
    if row["own"]:
        return Reach.body
    if row["in_commune"]:
        return Reach.commune
    return Reach.department if row["in_department"] else Reach.everywhere


def _rank(row: Any, place: Place, topic: Topic | None) -> tuple[Any, ...]:
    """A city has hundreds of bodies: their correspondents must not hide the social service from everybody else.
    Kilometres are whole: of two as near, whoever names the question comes first."""
    met = commune(row["commune"]) if row["commune"] else None
    km = distance_km(place, met) if met else FAR
    of_another_body = row["body"] is not None and not row["own"]
    is_correspondent = row["kind"] == ContactKind.correspondent
    names_it = topic is not None and topic in row["topics"]
    return of_another_body, _reach(row), is_correspondent, int(km), not names_it, row["name"]


def _card(contact: Contact, reach: Reach, place: Place, at: datetime) -> ContactCard:
    where = contact.where
    return ContactCard(contact, reach, nearness(place, where) if where else "", contact.next_after(at))
