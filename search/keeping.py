"""Keeping what can be found true to the rows: written in the transaction of the change, then followed by the index.

Each document is one row of `search_document`. Whoever changes what people may find calls one of the functions here,
inside the transaction of the change; `search.following.indexing` brings it to the engine after the commit.
"""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from app import database
from search.contract import Document
from search.documents.ads import Ads
from search.documents.sources import Source
from search.tables import NOTHING
from search.words.forms import clean, tokens

CHANNEL = "entraide_search"
FURTHEST, MOST_PLACES = 16_000, 250  # a tsvector keeps no position beyond, and so many of one stem

_TYPES = {
    "id": "varchar", "type": "varchar", "category": "varchar", "kind": "varchar", "deal": "varchar", "title": "text",
    "body": "text", "words": "text", "commune": "varchar", "department": "varchar", "region": "varchar", "lat": "real",
    "lon": "real", "price_cents": "int", "starts_on": "date", "ends_on": "date", "soonest_on": "date",
    "days": "smallint[]", "periods": "varchar[]", "traits": "varchar[]", "sleeps": "smallint",
    "published_at": "timestamptz", "expires_at": "timestamptz", "author": "uuid", "has_photo": "bool",
    "has_helped": "bool", "helpful": "int", "path": "text", "covers": "text[]", "found_by": "tsvector",
}  # fmt: skip
COLUMNS = tuple(_TYPES)
_SAID = [column for column in COLUMNS if column != "id"]


def listed(columns: Sequence[str], table: str = "") -> str:
    return ", ".join(f"{table}{column}" for column in columns)


GIVEN = "jsonb_to_recordset($1::text::jsonb) AS g({}, was bigint)".format(
    ", ".join(f"{name} {type}" for name, type in _TYPES.items())
)
SETS = ", ".join(f"{column} = {{0}}.{column}" for column in _SAID)
DIFFERS = f"(d.is_gone OR ({listed(_SAID, 'd.')}) IS DISTINCT FROM ({listed(_SAID, '{0}.')}))"
CHANGED = "is_gone = FALSE, version = nextval('search_change')"
_INSERT = (
    f"INSERT INTO search_document AS d ({listed(COLUMNS)}, is_gone, version)"
    f" SELECT {listed(COLUMNS, 'g.')}, FALSE, nextval('search_change') FROM {GIVEN}"
)
# The version is drawn once the row is held: it never goes back.
_WRITE = f"""
WITH written AS ({_INSERT} ORDER BY g.id ON CONFLICT (id) DO UPDATE SET {SETS.format("excluded")}, {CHANGED}
    WHERE {DIFFERS.format("excluded")} RETURNING d.id)
SELECT count(*), CASE WHEN count(*) > 0 THEN pg_notify('{CHANNEL}', '') END FROM written
"""
EMPTY = ", ".join(
    [*(f"{column} = {none}" for column, none in NOTHING.items()), "is_gone = TRUE, version = nextval('search_change')"]
)
_FORGET = f"""
WITH gone AS (UPDATE search_document d SET {EMPTY} FROM (
        SELECT id FROM search_document WHERE id = ANY($1::varchar[]) AND NOT is_gone ORDER BY id FOR UPDATE
    ) AS held WHERE d.id = held.id RETURNING d.id)
SELECT count(*), CASE WHEN count(*) > 0 THEN pg_notify('{CHANNEL}', '') END FROM gone
"""


async def keep_indexed(listing: UUID) -> None:
    """To be called in the transaction of any change that makes an ad appear, change or disappear."""
    await keep(Ads(), [str(listing)])


async def keep(source: Source, ids: Sequence[str]) -> None:
    """Write what may be found now of these, forget the rest. In the caller's transaction, which holds their rows."""
    documents = await source.documents(ids)
    found = {document.id for document in documents}
    if documents:
        await write(documents)
    if gone := [id for id in ids if id not in found]:
        await database.row(_FORGET, gone)


async def write(documents: Sequence[Document]) -> int:
    """Those that are new or say something else get a new version; answers how many."""
    return await database.value(_WRITE, rows_of(documents))


def rows_of(documents: Sequence[Document], was: dict[str, int] | None = None) -> str:
    """As JSON, with the stems they are found by while the engine is away."""
    rows = [
        {
            **{column: getattr(document, column) for column in COLUMNS if column != "found_by"},
            "author": document.author or None,
            "found_by": found_by(document),
            "was": (was or {}).get(document.id, 0),
        }
        for document in documents
    ]
    return msgspec.json.encode(rows).decode()


def _beside(document: Document) -> str:
    return clean(f"{document.body} . {document.words} . {document.commune} . {document.region}")


def found_by(document: Document) -> str:
    """A tsvector: the stems of the title (A), then those of all else (B), each where it stands."""
    places: dict[str, list[str]] = {}
    at = 0
    for weight, text in (("A", clean(document.title)), ("B", _beside(document))):
        for token in tokens(text):
            at += 1
            seen = places.setdefault(token.stem, [])
            if at < FURTHEST and len(seen) < MOST_PLACES:
                seen.append(f"{at}{weight}")
        at += 2  # no expression goes from one into the other
    return " ".join(f"'{stem}':{','.join(seen)}" if seen else f"'{stem}'" for stem, seen in places.items())
