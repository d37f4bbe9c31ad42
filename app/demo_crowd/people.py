"""The crowd's members: numbers with a first name of the cast's, each the same whoever asks."""

from datetime import datetime, timedelta
from itertools import accumulate
from random import Random
from typing import NamedTuple
from uuid import UUID, uuid5

from app.demo_community.cast import CAST, DOMAIN
from places.communes import Place, place_at, table

ADDRESSES = f"foule-%@{DOMAIN}"
"""What the e-mail addresses of the crowd are LIKE."""
_NAMES = tuple(person.first_name for person in CAST.values())
_ALL = UUID("8f1c0e1e-52cd-4a43-9d0c-6a1f2e7b9a10")
_cumulated: list[int] = []


class Neighbour(NamedTuple):
    """`helped` is how many families said this one helped them."""

    id: UUID
    email: str
    first_name: str
    home: Place
    joined_at: datetime
    helped: int


def id_of(number: int) -> UUID:
    return uuid5(_ALL, str(number))


def helped_by(number: int) -> int:
    """Three in ten have helped somebody, few of them often."""
    return (number % 37) // 4 if number % 10 < 3 else 0


def neighbour(number: int, now: datetime) -> Neighbour:
    chance = Random(number)  # noqa: S311 - towns, not secrets
    return Neighbour(
        id=id_of(number),
        email=ADDRESSES.replace("%", str(number)),
        first_name=_NAMES[number % len(_NAMES)],
        home=somewhere(chance),
        joined_at=now - timedelta(days=61 + number % 600),
        helped=helped_by(number),
    )


def somewhere(chance: Random) -> Place:
    """A commune, as likely as it is populated."""
    if not _cumulated:
        _cumulated.extend(accumulate(table().populations))
    return place_at(chance.choices(range(len(_cumulated)), cum_weights=_cumulated)[0])
