"""From what a member asked to what ads are compared with; again when their places or the words of the site change."""

from hashlib import sha256
from typing import NamedTuple
from urllib.parse import parse_qsl
from uuid import UUID

import asyncpg
import msgspec
from litestar.datastructures import MultiDict

from app import database
from app.dates import today
from app.sweeping import Sweep
from listings.reading.filters import Filters
from listings.reading.list_page import query_of
from listings.reading.narrowing import Around
from members.me import Me
from moving.places import places_of
from moving.seasons import ENDS_ON
from search.saved.criteria import Criteria
from search.vocabulary.following import read_again
from search.words.forms import VERSION
from search.words.synonyms import Vocabulary, current

FORM = 1
"""Of the derived columns: raise it when they are made in another way, and every search is derived again."""
BATCH = 200


def filters_of(asked: str) -> Filters:
    """The filters of a kept search."""
    return Filters.of(MultiDict(parse_qsl(asked)))


def as_kept(filters: Filters) -> str:
    """The query of the address, without what only orders a list."""
    return filters.without("tri").query()


def criteria(me: Me, filters: Filters, *, both_places: bool) -> Criteria:
    """`both_places` counts distances from home and from where the member is moving to."""
    ways = (None, Around.there) if both_places else (filters.autour,)
    queries = [query_of(me, _around(me, filters, way)) for way in ways]
    circles = {query.near for query in queries if query.near and query.near.km is not None}
    return Criteria.of(queries[0], sorted(circles, key=lambda circle: (circle.lat, circle.lon)))


async def derive(search: UUID) -> None:
    """Writes what one search is compared by, as its member, their places and the words are now. Nothing happens when it
    is gone."""
    if row := await database.row(f"{_READ} WHERE s.id = $2", today(), search):
        await _write(row)


async def derive_those_of(member: UUID) -> None:
    """Inside the transaction in which a place of the member changes."""
    for row in await database.rows(f"{_READ} WHERE s.member = $2 ORDER BY s.id", today(), member):
        await _write(row)


async def derive_outdated() -> None:
    """Each search derived with other words, or from a place that has ceased to hold. May be run again at any time."""
    await read_again()  # a process that only works may not have heard of words added since it began
    async with Sweep("derive_searches") as sweep:
        while found := await database.rows(f"{_READ} WHERE {_OUTDATED} LIMIT {BATCH}", today(), _words(), sweep.failed):
            for row in found:
                await sweep.take(row["id"], _write(row))


def _words() -> str:
    """Changes with the words of the site."""
    return f"{FORM}.{VERSION}.{_digest(current())}"


def _around(me: Me, filters: Filters, way: Around | None) -> Filters:
    """A commune that was named is no place of the member's; who has arrived has no other place left."""
    filters = filters.without("tri")
    return filters if filters.commune else filters.around(way if len(places_of(me)) > 1 else None)


async def _write(row: asyncpg.Record) -> None:
    me = _reader(row)
    made = criteria(me, filters_of(row["asked"]), both_places=row["both_places"])
    await database.execute(
        """
        UPDATE saved_search SET derived_with = $2, keys = $3, wanted = nullif($4, '')::tsquery, lats = $5, lons = $6,
            kms = $7, on_or_after = $8, on_or_before = $9, price_max_cents = $10
        WHERE id = $1 AND asked = $11 AND both_places = $12
        """,
        row["id"],
        f"{_words()} {row['places']}",
        *msgspec.structs.astuple(made),
        row["asked"],
        row["both_places"],
    )


_READ = f"""
SELECT s.id, s.asked, s.both_places, s.member, m.commune, second.commune AS second_commune,
    concat_ws('+', m.commune, second.commune) AS places
FROM saved_search s JOIN member m ON m.id = s.member
LEFT JOIN LATERAL (SELECT commune FROM moving WHERE member = m.id AND {ENDS_ON} > $1) AS second ON TRUE
"""
_OUTDATED = "s.derived_with <> $2 || ' ' || concat_ws('+', m.commune, second.commune) AND s.id <> ALL($3::uuid[])"


def _reader(row: asyncpg.Record) -> Me:
    """The member, as far as their places go."""
    return Me(
        id=row["member"],
        session=row["member"],
        first_name="",
        commune=row["commune"],
        is_trusted=False,
        is_moderator=False,
        is_administrator=False,
        categories=(),
        departments=(),
        unread_messages=0,
        unread_notifications=0,
        second_commune=row["second_commune"],
    )


class _Known(NamedTuple):
    vocabulary: Vocabulary
    digest: str


_known: _Known | None = None


def _digest(vocabulary: Vocabulary) -> str:
    """Of the words in force, made once for each change of them."""
    global _known
    if _known is None or _known.vocabulary is not vocabulary:
        pairs = sorted(vocabulary.others.items())
        _known = _Known(vocabulary, sha256(msgspec.json.encode(pairs)).hexdigest()[:16])
    return _known.digest
