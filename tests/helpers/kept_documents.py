"""Documents as rows of `search_document`, without the ads they would come from."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from msgspec.structs import replace

from app import database
from search import postgres
from search.contract import Answer, Document, DocumentType, Query, Suggestion
from search.words.forms import clean, tokens

COLUMNS = [field for field in Document.__struct_fields__ if field != "version"]


async def keep(documents: Iterable[Document], *, indexed: bool = True) -> None:
    """As if the index had them, or did not yet."""
    for one in documents:
        values = {name: _plain(getattr(one, name)) for name in COLUMNS}
        values |= {
            "title": clean(one.title),
            "body": clean(one.body),
            "words": clean(one.words),
            "commune": one.commune[:5],  # engines are also tested with names of communes
            "author": author(one.author) if one.author else None,
            "found_by": vector(one),
        }
        given = ", ".join(f"${n}" for n in range(1, len(values) + 1)).replace(
            f"${len(values)}", f"${len(values)}::text::tsvector"
        )
        await database.execute("DELETE FROM search_document WHERE id = $1", one.id)
        await database.execute(
            f"INSERT INTO search_document ({', '.join(values)}, version) VALUES ({given}, nextval('search_change'))",
            *values.values(),
        )
    if indexed:
        await database.execute("UPDATE search_document SET indexed = version")


def vector(document: Document) -> str:
    """The stems with their places: A in the title, B elsewhere."""
    title = [token.stem for token in tokens(clean(document.title))]
    beside = f"{document.body} . {document.words} . {document.commune} . {document.region}"
    rest = [token.stem for token in tokens(clean(beside))]
    weighed = [(stem, "A") for stem in title] + [(stem, "B") for stem in rest]
    return " ".join(f"'{stem}':{min(place, 16000)}{weight}" for place, (stem, weight) in enumerate(weighed, 1))


def author(name: str) -> UUID:
    """The members of engines' tests have names; those of the database have numbers."""
    try:
        return UUID(name)
    except ValueError:
        return uuid5(NAMESPACE_URL, name.encode("utf-8", "ignore").decode().replace("\x00", ""))


class AsAnEngine:
    """PostgreSQL's side of the search behind what the tests of the engines ask of one."""

    name = "postgresql"

    async def search(self, query: Query) -> Answer:
        return await postgres.search(_numbered(query))

    async def grouped(self, query: Query, sizes: Mapping[DocumentType, int]) -> dict[DocumentType, Answer]:
        return await postgres.grouped(_numbered(query), sizes)

    async def suggest(self, query: Query, limit: int = 5) -> list[Suggestion]:
        return await postgres.suggest(_numbered(query), limit)

    async def put(self, documents: Iterable[Document]) -> None:
        await keep(documents)

    async def rebuild(self, batches: Any) -> None:
        await database.execute("DELETE FROM search_document")
        async for batch in batches:
            await keep(batch)


def _numbered(query: Query) -> Query:
    return replace(query, hidden_authors=tuple(str(author(name)) for name in query.hidden_authors))


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
