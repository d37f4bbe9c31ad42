"""Proving that the log says what it said when it was sealed, or naming the first place where it does not.

What was sealed cannot be changed, taken away or slipped in without a trace, but for the end of the chain: whoever cuts
off its last seals with their entries leaves a shorter chain that is whole. So its head is printed, to be written down
elsewhere, and `expected` is compared with what stands there.
"""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import asyncpg
import msgspec

from app import database
from app.refusals import Refused
from moderation.audit.canonical import COLUMNS, FIRST, sealed
from moderation.audit.sealing import Head

AT_ONCE = 5_000
LOWEST = -(2**63)
LATEST = timedelta(days=2)
"""No transaction stays open as long: an entry that claims to be so much older than the one sealed before it was put in
afterwards."""


class Broken(msgspec.Struct, frozen=True, kw_only=True):
    """The first link that does not hold; `entry` is None when no entry is left to name."""

    position: int
    entry: int | None
    wrong: str

    def __str__(self) -> str:
        named = f", entry {self.entry}" if self.entry is not None else ""
        return f"position {self.position}{named}: {self.wrong}"


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """`head` is the end of the chain, or the last link that holds; `waiting` entries have no seal yet."""

    head: Head
    waiting: int
    broken: Broken | None = None


class Unreadable(Refused):
    """What was expected is not POSITION:DIGEST."""


def read_head(typed: str) -> Head:
    """`120:9f…` as it was printed. Raises Unreadable."""
    position, _, digest = typed.strip().partition(":")
    try:
        read = Head(int(position), bytes.fromhex(digest))
    except ValueError:
        raise Unreadable(f"Not POSITION:DIGEST: {typed!r}") from None
    if read.position < 0 or len(read.digest) != len(FIRST) or (read.position == 0 and read.digest != FIRST):
        raise Unreadable(f"Not POSITION:DIGEST: {typed!r}")
    return read


async def verify(expected: Head | None = None) -> Proof:
    """Reads the whole chain once, a few thousand links at a time."""
    last, newest = Head(), None
    async for link in _links():
        if broken := _wrong(link, last, newest, expected):
            return Proof(head=last, waiting=0, broken=broken)
        last = Head(link["position"], link["digest"])
        newest = max(newest, link["at"]) if newest else link["at"]
    waiting, oldest = await _unsealed()
    broken = _cut_off(last, expected) or _slipped_in(last, newest, oldest)
    return Proof(head=last, waiting=waiting, broken=broken)


def _wrong(link: asyncpg.Record, last: Head, newest: datetime | None, expected: Head | None) -> Broken | None:
    position, entry = link["position"], link["entry"]
    if position <= 0:
        return Broken(position=position, entry=entry, wrong="put in before the first link")
    if position != last.position + 1:
        return Broken(position=last.position + 1, entry=None, wrong="the seal is gone")
    if link["id"] is None:
        return Broken(position=position, entry=entry, wrong="the entry is gone")
    if not _says_what_was_sealed(last, link):
        return Broken(position=position, entry=entry, wrong="the entry or its seal does not say what was sealed")
    if newest and link["at"] < newest - LATEST:
        return Broken(position=position, entry=entry, wrong=f"put in after the fact: it claims to be of {link['at']}")
    if expected and expected.position == position and expected.digest != link["digest"]:
        return Broken(position=position, entry=entry, wrong="not the digest that was written down")
    return None


def _says_what_was_sealed(last: Head, link: asyncpg.Record) -> bool:
    try:
        return sealed(last.digest, link) == link["digest"]
    except (msgspec.MsgspecError, OverflowError):  # no program wrote a number or a moment that none can read
        return False


def _cut_off(last: Head, expected: Head | None) -> Broken | None:
    if expected is None or expected.position <= last.position:
        return None
    wrong = f"the chain was at least {expected.position} long and ends at {last.position}: its end was cut off"
    return Broken(position=last.position + 1, entry=None, wrong=wrong)


def _slipped_in(last: Head, newest: datetime | None, oldest: asyncpg.Record | None) -> Broken | None:
    if oldest is None or newest is None or oldest["at"] >= newest - LATEST:
        return None
    wrong = f"put in after the fact, without a seal: it claims to be of {oldest['at']}"
    return Broken(position=last.position + 1, entry=oldest["id"], wrong=wrong)


async def _links() -> AsyncIterator[asyncpg.Record]:
    position = LOWEST  # what was slipped in before the first link would be neither chained nor waiting
    while links := await database.rows(_LINKS, position, AT_ONCE):
        for link in links:
            yield link
        position = links[-1]["position"] + 1


async def _unsealed() -> tuple[int, asyncpg.Record | None]:
    """How many entries have no seal, and the one that claims to be the oldest."""
    number = await database.value(f"SELECT count(*) {_WITHOUT_SEAL}")
    oldest = number and await database.row(f"SELECT e.id, e.at {_WITHOUT_SEAL} ORDER BY e.at, e.id LIMIT 1")
    return number, oldest or None


# The entry under other names than the seal's; without one its columns are NULL.
_LINKS = f"""
SELECT s.position, s.entry, s.digest, {COLUMNS} FROM audit_seal s LEFT JOIN audit_entry e ON e.id = s.entry
WHERE s.position >= $1 ORDER BY s.position LIMIT $2
"""
_WITHOUT_SEAL = "FROM audit_entry e WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry = e.id)"
