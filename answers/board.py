"""All the answers to an ad side by side, for its author: who, how far, which days, and what may be done of each.

The order needs distances, which the database does not know: a light row of every answer is sorted here, and what a
card shows is read for one page only.
"""

import enum
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from answers.committing import Seats, seats_of
from answers.reply_times import usual_reply_time
from answers.settling import courtesy_of
from answers.slot_words import has_slots, in_words
from answers.tables import AnswerState
from app import database
from app.dates import moment, since
from app.settings import PARIS
from listings.ad import Ad
from listings.kinds import Status
from listings.schedules.slots import slots_of
from members.me import Me
from messaging.thread import WITHHELD
from messaging.withholding import WAS_WITHHELD
from places.communes import commune
from places.distance import band, distance_km
from places.zones import zone_of
from thanks.helping import author_helps

PAGE = 15
MOST = 2_000
UNKNOWN_KM = 1e6


class Order(enum.StrEnum):
    overlap = "creneaux"
    near = "proches"
    first = "arrivee"


GROUPS = {
    AnswerState.chosen: 0,
    AnswerState.asked: 1,
    AnswerState.listed: 1,
    AnswerState.waiting: 2,
    AnswerState.declined: 3,
}


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One answer. `ticks` are the slots still free or theirs: value, label, whether ticked; `seats` says in words what
    they were chosen for."""

    id: UUID
    helper: UUID
    state: str
    name: str
    path: str
    talk_path: str
    unread: int
    near: str
    since: str
    helped: int
    replies: str
    when: str
    overlap: str
    excerpt: str
    answered: str
    seats: str
    ticks: list[tuple[str, str, bool]]
    asked_until: str

    @property
    def place(self) -> str:
        """Where the page jumps to."""
        return f"r-{self.id.hex[:8]}"


class Counts(NamedTuple):
    """People by what became of their answer; `seats` and `free` count places of the ad, all slots together."""

    all: int
    chosen: int
    listed: int
    waiting: int
    declined: int
    seats: int
    free: int


class Board(NamedTuple):
    """One page. `groups` are titles with their cards; with `has_one_slot` there is nothing to tick. `courtesy` is the
    word proposed for those not chosen, `helped` the members chosen, for the end of the ad."""

    groups: list[tuple[str, list[Card]]]
    counts: Counts
    order: Order
    has_slots: bool
    has_one_slot: bool
    can_choose: bool
    author_helps: bool
    next_after: UUID | None
    is_first: bool
    courtesy: str
    helped: list[UUID]


async def board_of(ad: Ad, me: Me, order: Order | None = None, after: UUID | None = None) -> Board:
    """`after` is the last answer of the page before; one that is not there any more shows the beginning. 4 queries."""
    seats = await seats_of(ad)
    order = order or (Order.overlap if has_slots(ad.content.schedule) else Order.near)
    sorted_ = await _sorted(ad, me, order)
    begins = next((n + 1 for n, row in enumerate(sorted_) if row["id"] == after), 0)
    shown = sorted_[begins : begins + PAGE]
    more = len(sorted_) > begins + PAGE
    return Board(
        groups=_grouped(await _cards(ad, me, shown, seats), _author_helps(ad)),
        counts=_counted(sorted_, seats),
        order=order,
        has_slots=has_slots(ad.content.schedule),
        has_one_slot=len(slots_of(ad.content.schedule)) == 1,
        can_choose=ad.status is Status.published,
        author_helps=_author_helps(ad),
        next_after=shown[-1]["id"] if more else None,
        is_first=not begins,
        courtesy=await courtesy_of(me.id),
        helped=[row["helper"] for row in sorted_ if row["state"] == AnswerState.chosen],
    )


async def _sorted(ad: Ad, me: Me, order: Order) -> Sequence[Mapping[str, Any]]:
    """The chosen first, then the list in its order, those who wait, those who were told no."""
    found = await database.rows(
        "SELECT id, helper, state, turn, slots, commune, answered_at FROM answer"
        " WHERE listing = $1 AND state <> 'withdrawn' AND helper <> ALL($2) ORDER BY answered_at, id LIMIT $3",
        ad.id,
        list(me.hidden),
        MOST,
    )
    keys = {slot.key for slot in slots_of(ad.content.schedule)}

    def key(row: Mapping[str, Any]) -> tuple[Any, ...]:
        overlap, near = -len(keys & set(row["slots"])), _km(ad, row["commune"])
        ways = {
            Order.overlap: (overlap, near, row["answered_at"]),
            Order.near: (near, overlap, row["answered_at"]),
            Order.first: (row["answered_at"],),
        }
        return (GROUPS[AnswerState(row["state"])], row["turn"] or 0, *ways[order], row["id"])

    return sorted(found, key=key)


async def _cards(ad: Ad, me: Me, shown: Sequence[Mapping[str, Any]], seats: Seats) -> list[Card]:
    found = await database.rows(_SHOWN, [row["id"] for row in shown], me.id)
    by_id = {row["id"]: row for row in found}
    return [_card(ad, by_id[row["id"]], seats) for row in shown if row["id"] in by_id]


_SHOWN = f"""
SELECT a.id, a.helper, a.conversation, a.state, a.slots, a.availability, a.commune, a.asked_until, a.answered_at,
    left(a.word, 180) AS excerpt, length(a.word) > 180 AS is_cut,
    {WAS_WITHHELD} AS is_withheld, m.first_name, m.joined_at, m.families_helped,
    coalesce(r.unread, 0) AS unread, delay.replies, delay.median
FROM answer a JOIN member m ON m.id = a.helper
LEFT JOIN reading r ON r.conversation = a.conversation AND r.member = $2
CROSS JOIN LATERAL (
    SELECT count(*) AS replies, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS median
    FROM (SELECT seconds FROM reply_delay WHERE member = a.helper ORDER BY id DESC LIMIT 20) last
) delay
WHERE a.id = ANY($1::uuid[])
"""


def _card(ad: Ad, row: Mapping[str, Any], seats: Seats) -> Card:
    mine = seats.of(row["helper"])
    return Card(
        id=row["id"],
        helper=row["helper"],
        state=row["state"],
        name=row["first_name"],
        path=f"/annonces/{ad.id}/candidatures/{row['id']}",
        talk_path=f"/messages/{row['conversation']}",
        unread=row["unread"],
        near=_near(ad, row["commune"]),
        since=f"membre depuis {row['joined_at'].astimezone(PARIS).year}",
        helped=row["families_helped"],
        replies=usual_reply_time(row["replies"], row["median"]),
        when="" if row["is_withheld"] else row["availability"],
        overlap=_overlap(ad, row["slots"]),
        excerpt=WITHHELD if row["is_withheld"] else row["excerpt"].rstrip() + ("…" if row["is_cut"] else ""),
        answered=since(row["answered_at"]),
        seats=in_words(ad.content.schedule, mine),
        ticks=_ticks(ad, row["slots"], seats, mine),
        asked_until=moment(row["asked_until"], zone_of(ad.department)) if row["asked_until"] else "",
    )


def _ticks(ad: Ad, offered: Sequence[str], seats: Seats, mine: Sequence[str]) -> list[tuple[str, str, bool]]:
    return [
        (slot.key, slot.words, slot.key in offered)
        for slot in slots_of(ad.content.schedule)
        if slot.key and slot.key not in mine and seats.free(slot.key)
    ]


def _overlap(ad: Ad, offered: Sequence[str]) -> str:
    keys = [slot.key for slot in slots_of(ad.content.schedule) if slot.key]
    if not keys:
        return ""
    both = [key for key in keys if key in offered]
    if len(keys) == 1:
        return "disponible ce jour-là" if both else "jour non précisé"
    if not both:
        return "n’a pas précisé de créneau"
    return f"{len(both)} créneau{'x' if len(both) > 1 else ''} sur {len(keys)} : {in_words(ad.content.schedule, both)}"


def _km(ad: Ad, code: str) -> float:
    there, here = commune(code), commune(ad.content.commune or "")
    if there is None or here is None:
        return UNKNOWN_KM
    return 0.0 if there.commune == here.commune else distance_km(there, here)


def _near(ad: Ad, code: str) -> str:
    km = _km(ad, code)
    return "" if km == UNKNOWN_KM else "dans la même commune" if km == 0 else band(km)


def _counted(rows: Sequence[Mapping[str, Any]], seats: Seats) -> Counts:
    states = [row["state"] for row in rows]
    return Counts(
        all=len(rows),
        chosen=states.count("chosen"),
        listed=states.count("listed") + states.count("asked"),
        waiting=states.count("waiting"),
        declined=states.count("declined"),
        seats=seats.each * len(seats.slots),
        free=sum(seats.free(slot) for slot in seats.slots),
    )


TITLES = ("Liste d’attente", "Attendent votre réponse", "Vous leur avez répondu")


def _author_helps(ad: Ad) -> bool:
    return author_helps(ad.content.kind, ad.content.deal)


def _grouped(cards: list[Card], turned: bool) -> list[tuple[str, list[Card]]]:
    titles = ("Vous avez retenu" if turned else "Vous comptez sur", *TITLES)
    groups = [
        (title, [card for card in cards if GROUPS[AnswerState(card.state)] == n]) for n, title in enumerate(titles)
    ]
    return [(title, those) for title, those in groups if those]
