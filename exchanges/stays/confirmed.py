"""What the page of a confirmed swap shows each of its members: whom to reach and how, the door, what to prepare."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from app import database
from app.dates import in_words, moment, today
from exchanges.kinds import State
from exchanges.stays.access import ConfirmedSwap, OneStay, confirmed_for
from exchanges.stays.contact_card import Card, card_of
from exchanges.stays.kinds import Item, Part
from exchanges.stays.preparing import ITEMS, items_of
from exchanges.stays.windows import (
    REACHED_AFTER,
    are_reached,
    booklet_opens,
    door_opens,
    is_booklet_open,
    is_door_open,
)
from members.me import Me
from places.zones import zone_of

SHOWN = 20
"""Readings of a door, the latest ones; the others are only counted."""


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """How one of the others is reached. `card` is None when they shared nothing; `prepared` is how far
    they are in words: a number would tell whether they have a landlord to ask, and who owns a home is nobody's."""

    name: str
    card: Card | None
    prepared: str


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """A stay, for its guest. `door` and `booklet` are 'open', 'later' or 'over'."""

    stay: OneStay
    door: str
    door_opens: str
    booklet: str
    booklet_opens: str


class Welcome(msgspec.Struct, frozen=True, kw_only=True):
    """A stay, for its host: the moments their door was read, the latest first, and how often in all."""

    stay: OneStay
    readings: list[str]
    times: int
    door_opens: str
    is_door_open: bool


class Preparation(msgspec.Struct, frozen=True, kw_only=True):
    item: Item
    label: str
    hint: str
    ticked: bool


class Confirmed(msgspec.Struct, frozen=True, kw_only=True):
    """`card` is one's own, `withheld` what one took back from this swap. `are_reached` ends two weeks after."""

    swap: ConfirmedSwap
    contacts: list[Contact]
    visits: list[Visit]
    welcomes: list[Welcome]
    preparations: list[Preparation]
    card: Card | None
    withheld: frozenset[Part]
    has_booklet: bool
    are_reached: bool
    reached_until: str

    @property
    def path(self) -> str:
        return self.swap.path

    @property
    def is_over(self) -> bool:
        return self.swap.state is State.done

    @property
    def lacks_door(self) -> bool:
        """Whether a guest will find no lines to come to."""
        return bool(self.welcomes) and not self.is_over and not (self.card and self.card.door)


async def confirmed_of(swap: UUID, me: Me) -> Confirmed:
    """For one of its members, once it is confirmed, else NotHere. Three queries."""
    found = await confirmed_for(swap, me.id)
    rows = {row["member"]: row for row in await database.rows(_PEOPLE, swap, list(found.people), found.as_host_homes)}
    read = await _readings(found)
    mine, day = rows[me.id], today()
    reached = are_reached(found.last, day)
    return Confirmed(
        swap=found,
        contacts=[_contact(found, member, name, rows[member], reached) for member, name in found.others.items()],
        visits=[_visit(stay, day) for stay in found.as_guest],
        welcomes=[_welcome(stay, read, day) for stay in found.as_host],
        preparations=[
            Preparation(item=item, label=ITEMS[item][0], hint=ITEMS[item][1], ticked=item in mine["ticked"])
            for item in items_of(found)
        ],
        card=card_of(mine) if mine["full_name"] is not None else None,
        withheld=frozenset(Part(part) for part in mine["withheld"]),
        has_booklet=mine["has_booklet"],
        are_reached=reached,
        reached_until=in_words(found.last + REACHED_AFTER),
    )


def _contact(swap: ConfirmedSwap, member: UUID, name: str, row: Any, reached: bool) -> Contact:
    """The door is not part of it: it is read on a page of its own, which notes each reading."""
    shares = reached and row["full_name"] is not None and Part.ways not in row["withheld"]
    card = msgspec.structs.replace(card_of(row), door="", way_in="") if shares else None
    theirs = items_of(msgspec.structs.replace(swap, me=member))
    return Contact(name=name, card=card, prepared=_how_far(set(row["ticked"]), set(theirs)))


def _how_far(ticked: set[str], items: set[Item]) -> str:
    if ticked >= items:
        return "Tout est prêt de son côté"
    return "Se prépare" if ticked & items else "Rien de coché encore"


def _visit(stay: OneStay, day: date) -> Visit:
    return Visit(
        stay=stay,
        door=_when(is_door_open(stay.first, stay.last, day), stay, day),
        door_opens=in_words(door_opens(stay.first)),
        booklet=_when(is_booklet_open(stay.first, stay.last, day), stay, day),
        booklet_opens=in_words(booklet_opens(stay.first)),
    )


def _when(is_open: bool, stay: OneStay, day: date) -> str:
    return "open" if is_open else "later" if day < stay.first else "over"


def _welcome(stay: OneStay, read: dict[UUID, list[datetime]], day: date) -> Welcome:
    moments = read.get(stay.id, [])
    return Welcome(
        stay=stay,
        readings=[moment(at, zone_of(stay.department)) for at in moments[:SHOWN]],
        times=len(moments),
        door_opens=in_words(door_opens(stay.first)),
        is_door_open=is_door_open(stay.first, stay.last, day),
    )


async def _readings(swap: ConfirmedSwap) -> dict[UUID, list[datetime]]:
    """Of the doors of `me`, the latest first."""
    read: dict[UUID, list[datetime]] = {}
    stays = [stay.id for stay in swap.as_host]
    for row in await database.rows(_READ, stays) if stays else []:
        read.setdefault(row["stay"], []).append(row["read_at"])
    return read


_PEOPLE = """
SELECT m.id AS member, c.full_name, c.telephone, c.mail, c.other_way, c.door, c.way_in,
    ARRAY(SELECT part FROM contact_withheld t WHERE t.swap = $1 AND t.member = m.id) AS withheld,
    ARRAY(SELECT item FROM stay_ticked k WHERE k.swap = $1 AND k.member = m.id) AS ticked,
    EXISTS (SELECT FROM welcome_booklet b WHERE b.home = ANY($3::uuid[])) AS has_booklet
FROM member m LEFT JOIN contact_card c ON c.member = m.id WHERE m.id = ANY($2::uuid[])
"""
_READ = "SELECT stay, read_at FROM door_reading WHERE stay = ANY($1) ORDER BY read_at DESC, id DESC LIMIT 1000"
