"""The only ways to an answer on someone's behalf. Not theirs, not there, and a block between them are the same 404."""

from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec
from litestar import Request
from litestar.params import FromPath

from app import database
from app.refusals import NotHere
from listings.ad import Ad
from members.visibility import not_blocked
from thanks.helping import author_helps


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """An answer with its two people. `slots` are keys of listings/schedules/slots.py, `commune` an INSEE code.

    `has_found` tells whether the ad's author counts on somebody.
    """

    id: UUID
    listing: UUID
    title: str
    author: UUID
    author_name: str
    helper: UUID
    helper_name: str
    conversation: UUID
    slots: tuple[str, ...]
    availability: str
    commune: str
    word: str
    state: str
    turn: int | None
    asked_until: datetime | None
    status: str
    kind: str | None
    deal: str | None
    has_found: bool

    @property
    def author_helps(self) -> bool:
        """An offer, a gift: who is chosen is the one who is helped."""
        return author_helps(self.kind, self.deal)

    @property
    def path(self) -> str:
        """The author's door to it."""
        return f"/annonces/{self.listing}/candidatures/{self.id}"

    @property
    def talk_path(self) -> str:
        return f"/messages/{self.conversation}"


BETWEEN_TWO = f"""
SELECT a.id, a.listing, l.title, l.author, o.first_name AS author_name, a.helper, h.first_name AS helper_name,
    a.conversation, a.slots, a.availability, a.commune, a.word, a.state, a.turn, a.asked_until, l.status,
    l.kind, l.deal,
    EXISTS (
        SELECT FROM commitment k WHERE k.listing = l.id AND k.helper <> l.author AND k.ended_at IS NULL
    ) AS has_found
FROM answer a JOIN listing l ON l.id = a.listing JOIN member o ON o.id = l.author JOIN member h ON h.id = a.helper
WHERE {not_blocked("a.helper", "l.author")} AND a.listing = $1
"""
"""Further conditions follow."""


async def own_answer(listing_id: FromPath[UUID], request: Request) -> Answered:
    """What the person who asks answered to an ad, also while its author corrects it or a moderator reads it again."""
    return await _one(f"{BETWEEN_TWO} AND a.helper = $2 AND l.status <> 'removed'", listing_id, request.user.id)


async def answer_for_author(listing_id: FromPath[UUID], answer_id: FromPath[UUID], request: Request) -> Answered:
    """An answer to an ad of the person who asks."""
    return await _one(f"{BETWEEN_TWO} AND a.id = $2 AND l.author = $3", listing_id, answer_id, request.user.id)


async def chosen_helper(listing_id: FromPath[UUID], request: Request) -> Ad:
    """An ad somebody counts on this member for."""
    row = await database.row(
        f"SELECT l.* FROM listing l WHERE l.id = $1 AND {not_blocked('l.author', '$2::uuid')} AND EXISTS ("
        "SELECT FROM commitment c WHERE c.listing = l.id AND c.helper = $2 AND c.ended_at IS NULL)",
        listing_id,
        request.user.id,
    )
    if row is None:
        raise NotHere
    return Ad.of(row)


def answered(row: asyncpg.Record) -> Answered:
    """Of a row of `BETWEEN_TWO`."""
    return Answered(**{**row, "slots": tuple(row["slots"])})


async def _one(sql: str, *given: UUID) -> Answered:
    row = await database.row(sql, *given)
    if row is None:
        raise NotHere
    return answered(row)
