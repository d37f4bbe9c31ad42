"""The newest ads as an Atom feed (RFC 4287): title, kind and commune. Texts, days and people stay on the site."""

import re
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
from jinja2 import Environment

from app import database
from app.dates import today
from app.settings import PARIS, settings
from listings.kinds import CATEGORY, KIND, ONLINE_ADS, Category, Kind
from listings.reading.cards import price
from listings.reading.filters import Filters
from places.communes import commune
from places.departments import department

NEWEST = 30
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""XML 1.0 has no place for these, escaped or not."""


class FeedEntry(msgspec.Struct, frozen=True):
    """`id` is an IRI, `published` and `updated` are RFC 3339 moments."""

    id: str
    title: str
    summary: str
    category: str
    category_words: str
    published: str
    updated: str
    url: str


class AdsFeed(msgspec.Struct, frozen=True):
    id: str
    title: str
    updated: str
    self_url: str
    page_url: str
    entries: list[FeedEntry]


async def ads_feed(jinja: Environment, hidden: tuple[UUID, ...], narrowed: Filters, self_url: str) -> bytes:
    """The feed of the category and department of `narrowed`, without the ads of `hidden`. One query."""
    rows = await _newest(hidden, narrowed)
    updated = max((row["updated_at"] for row in rows), default=_this_morning())
    feed = AdsFeed(
        id=uuid5(NAMESPACE_URL, settings().site_url + narrowed.address()).urn,
        title=f"Entraide – {name_of(narrowed)}",
        updated=_moment(updated),
        self_url=self_url,
        page_url=settings().site_url + narrowed.address(),
        entries=[_entry(row) for row in rows],
    )
    return str(jinja.get_template("agenda/annonces.xml").render(feed=feed)).encode()


def only_places_and_kinds(filters: Filters) -> Filters:
    """What a feed can be narrowed by."""
    return Filters(categorie=filters.categorie, departement=filters.departement)


def name_of(narrowed: Filters) -> str:
    """`Garde d’enfants, Finistère (29)`."""
    there = department(narrowed.departement) if narrowed.departement else None
    what = CATEGORY[narrowed.categorie] if narrowed.categorie else "Toutes les annonces"
    return f"{what}, {there.label}" if there else what


def asked_of(narrowed: Filters) -> dict[str, str | None]:
    """As the query of the feed's address has it."""
    return {
        "categorie": narrowed.categorie.value if narrowed.categorie else None,
        "departement": narrowed.departement,
    }


async def _newest(hidden: tuple[UUID, ...], narrowed: Filters) -> list[Any]:
    conditions, values = [ONLINE_ADS, "author <> ALL($1)"], list[Any]([list(hidden)])
    for column, wanted in (("category", narrowed.categorie), ("department", narrowed.departement)):
        if wanted:
            values.append(str(wanted))
            conditions.append(f"{column} = ${len(values)}")
    return await database.rows(
        "SELECT id, title, category, kind, deal, price_cents, commune, published_at, updated_at FROM listing"
        f" WHERE {' AND '.join(conditions)} ORDER BY published_at DESC, id DESC LIMIT {NEWEST}",
        *values,
    )


def _entry(row: Any) -> FeedEntry:
    category, place = Category(row["category"]), commune(row["commune"])
    said = (
        KIND[Kind(row["kind"])] if row["kind"] else "",
        CATEGORY[category],
        price(row["price_cents"], row["deal"]),
        place.label if place else "",
    )
    return FeedEntry(
        id=row["id"].urn,
        title=_NOT_XML.sub(" ", row["title"]),
        summary=" · ".join(filter(None, said)),
        category=category.value,
        category_words=CATEGORY[category],
        published=_moment(row["published_at"]),
        updated=_moment(max(row["updated_at"], row["published_at"])),
        url=f"{settings().site_url}/annonces/{row['id']}",
    )


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _this_morning() -> datetime:
    return datetime.combine(today(), datetime.min.time(), PARIS)
