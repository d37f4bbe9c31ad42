"""Keyset pages: the address of a page is the last row before it, so page 1,000 costs what page 1 does. And numbered
ones, for what an engine answers."""

import base64
import binascii
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import msgspec

SIZE = 25
YEARS = range(2000, 2200)  # at the edges of the calendar another time zone is a day that does not exist


class After(msgspec.Struct, frozen=True, array_like=True):
    """The row a page starts after, by moment and id."""

    at: datetime
    id: UUID


def address(after: After) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(after)).decode().rstrip("=")


def read(typed: str | None) -> After | None:
    """None for a first page, and for an address that was never ours: a bad link shows the beginning."""
    if not typed or len(typed) > 200:
        return None
    try:
        after = msgspec.json.decode(base64.urlsafe_b64decode(typed + "=" * (-len(typed) % 4)), type=After)
    except (binascii.Error, msgspec.DecodeError, ValueError):
        return None
    return after if after.at.tzinfo and after.at.year in YEARS else None


def number(typed: str | None) -> int:
    """Of a page; the first for what is no number of one."""
    return max(1, int(typed)) if typed and typed.isascii() and typed.isdigit() and len(typed) < 4 else 1


def numbered(address: Callable[[int | None], str], last: int, number: int) -> list[tuple[int | None, str, bool]]:
    """First, last and the neighbours of the present page, as (number, address, is present); None is a gap."""
    near = sorted({1, last, *range(max(1, number - 1), min(last, number + 1) + 1)}) if last else []
    pages: list[tuple[int | None, str, bool]] = []
    for place, one in enumerate(near):
        if place and one - near[place - 1] > 1:
            pages.append((None, "", False))
        pages.append((one, address(one if one > 1 else None), one == number))
    return pages
