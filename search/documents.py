"""From rows to what can be found. Only what is published and not expired ever becomes a document."""

from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

from app import database
from listings.content import Content
from listings.kinds import CATEGORY, DEAL, KIND, PUBLIC
from places.departments import department
from search.contract import Document

BATCH = 1000
_COLUMNS = """id, author, category, kind, deal, title, body, details, schedule, wanted_by, quantity, price_cents,
    commune, department, region, latitude, longitude, photos, starts_on, ends_on, published_at"""


async def documents_of(listings: Sequence[UUID]) -> list[Document]:
    """The documents of those of these ads that may be found now."""
    found = await database.rows(f"SELECT {_COLUMNS} FROM listing WHERE id = ANY($1) AND {PUBLIC}", list(listings))
    return [_document(row) for row in found]


async def every_document() -> AsyncIterator[list[Document]]:
    """Batches of 1,000, by id, so that a long rebuild holds nothing in memory and no transaction open."""
    last = UUID(int=0)
    while found := await database.rows(
        f"SELECT {_COLUMNS} FROM listing WHERE id > $1 AND {PUBLIC} ORDER BY id LIMIT {BATCH}", last
    ):
        yield [_document(row) for row in found]
        last = found[-1]["id"]


async def how_many() -> int:
    return await database.value(f"SELECT count(*) FROM listing WHERE {PUBLIC}")


def _document(row: Any) -> Document:
    content = Content.of(row)
    where = department(row["department"])
    particulars = content.particulars
    said = [value for _, value in particulars.facts()] if particulars else []
    words = [
        CATEGORY[content.category],
        *([KIND[content.kind]] if content.kind else []),
        *([DEAL[content.deal]] if content.deal else []),
        *said,
        *([content.schedule.in_words(pauses=False)] if content.schedule else []),
        _place_name(row["commune"]),
        where.name if where else "",
    ]
    return Document(
        id=str(row["id"]),
        category=row["category"],
        kind=row["kind"],
        deal=row["deal"],
        title=row["title"],
        body=row["body"],
        words=" · ".join(filter(None, words)),
        commune=row["commune"],
        department=row["department"],
        region=row["region"] or "",
        lat=row["latitude"] or 0.0,
        lon=row["longitude"] or 0.0,
        price_cents=row["price_cents"],
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        published_at=row["published_at"],
        author=str(row["author"]),
        has_photo=bool(row["photos"]),
    )


def _place_name(code: str) -> str:
    from places.communes import commune

    found = commune(code)
    return found.name if found else ""
