"""Contacts as things to be found: only those that are shown."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, time
from typing import ClassVar
from uuid import UUID

from app import database
from contacts.directory.reading import Contact, read
from places.areas import rows_in
from places.communes import Place, place_at
from places.departments import department, department_of
from search.contract import Document, DocumentType

BATCH = 500
PREFIX = "contact-"


def document_id(contact: UUID) -> str:
    return f"{PREFIX}{contact}"


class Contacts:
    types: ClassVar[tuple[DocumentType, ...]] = (DocumentType.contact,)
    is_fixed: ClassVar[bool] = False

    async def documents(self, ids: Sequence[str]) -> list[Document]:
        found = await read([id for one in ids if (id := _uuid(one))])
        return [document_of(contact) for contact in found.values() if contact.is_shown]

    async def every(self, after: str = "") -> AsyncIterator[list[str]]:
        last = _uuid(after) or UUID(int=0)
        while found := await database.rows(
            f"SELECT id FROM contact WHERE id > $1 AND is_shown ORDER BY id LIMIT {BATCH}", last
        ):
            yield [document_id(row["id"]) for row in found]
            last = found[-1]["id"]

    async def how_many(self) -> int:
        return await database.value("SELECT count(*) FROM contact WHERE is_shown")


def document_of(contact: Contact) -> Document:
    """It stands where it is met or, for one department, in its largest town: then the nearest come first."""
    place = contact.where or _largest_town(contact)
    return Document(
        id=document_id(contact.id),
        type=DocumentType.contact,
        title=contact.name,
        body=contact.about or f"{contact.kind_text}. {contact.territory}.",
        words=" · ".join(filter(None, _words(contact))),
        commune=place.code if place else "",
        department=place.department if place else "",
        region=place.region if place else "",
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        published_at=datetime.combine(contact.checked_on, time(), UTC),
        path=contact.path,
    )


def _words(contact: Contact) -> list[str]:
    towns = [place.name for place in (contact.where,) if place]
    areas = {*contact.departments, *(department_of(code).code for code in contact.communes)}
    named = [where.name for code in sorted(areas) if (where := department(code))]
    return [
        contact.kind_text,
        *contact.topics_text,
        contact.place,
        contact.body_name,
        *towns,
        *named,
        contact.territory,
    ]


def _largest_town(contact: Contact) -> Place | None:
    rows = rows_in((contact.department,)) if contact.department else ()
    return place_at(rows[0]) if rows else None


def _uuid(document: str) -> UUID | None:
    try:
        return UUID(document.removeprefix(PREFIX)) if document.startswith(PREFIX) else None
    except ValueError:
        return None
