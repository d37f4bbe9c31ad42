"""A contact as it is read: what is written of it, and when it can be met."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from app import database
from app.dates import now, today
from contacts.directory import numbers, territory
from contacts.directory.times import Closure, Meeting, Next, next_meeting
from contacts.kinds import CONTACT, TOPIC, ContactKind, Topic
from places.communes import Place, commune

CHECKED_FOR = timedelta(days=400)
PATH = "/contacts/{}"


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What people write of a contact, tidied. The fields are those of the table; `meetings` and `closures` are in
    order, past closures left out."""

    kind: ContactKind
    name: str
    about: str = ""
    departments: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    commune: str | None = None
    place: str = ""
    line: str = ""
    mail: str = ""
    url: str = ""
    body: UUID | None = None
    is_shown: bool = True
    checked_on: date
    meetings: tuple[Meeting, ...] = ()
    closures: tuple[Closure, ...] = ()

    @property
    def kind_text(self) -> str:
        return CONTACT[self.kind]

    @property
    def topics_text(self) -> list[str]:
        """None for everything."""
        return [TOPIC[topic] for topic in self.topics]

    @property
    def territory(self) -> str:
        return territory.in_words(self.departments, self.communes)

    @property
    def where(self) -> Place | None:
        return commune(self.commune) if self.commune else None

    @property
    def department(self) -> str | None:
        """Where it is met, or the only one it is for."""
        if place := self.where:
            return place.department
        return self.departments[0] if len(self.departments) == 1 else None

    @property
    def line_text(self) -> str:
        return numbers.in_words(self.line)

    @property
    def needs_check(self) -> bool:
        return self.checked_on + CHECKED_FOR < today()

    def next_after(self, at: datetime) -> Next | None:
        return next_meeting(self.meetings, self.closures, self.department, at)


class Contact(Content, frozen=True, kw_only=True):
    """One that stands in the directory. `changed_at` is compared by whoever changes it."""

    id: UUID
    body_name: str = ""
    member: UUID | None = None
    import_key: str | None = None
    changed_at: datetime

    @property
    def path(self) -> str:
        return PATH.format(self.id)

    @property
    def content(self) -> Content:
        return Content(**{name: getattr(self, name) for name in Content.__struct_fields__})


async def read(ids: Sequence[UUID]) -> dict[UUID, Contact]:
    """Those of these that are there, shown or not: one query."""
    return {row["id"]: _contact(row) for row in await database.rows(f"{SELECT} WHERE c.id = ANY($1)", list(ids))}


async def read_by_key(keys: Sequence[str]) -> dict[str, Contact]:
    """By their line in the administrators' file."""
    found = await database.rows(f"{SELECT} WHERE c.import_key = ANY($1::varchar[])", list(keys))
    return {row["import_key"]: _contact(row) for row in found}


def _contact(row: Any) -> Contact:
    closures = msgspec.json.decode(row["closures"], type=tuple[Closure, ...])
    values = {name: row[name] for name in Contact.__struct_fields__} | {
        "kind": ContactKind(row["kind"]),
        "topics": tuple(map(Topic, row["topics"])),
        "departments": tuple(row["departments"]),
        "communes": tuple(row["communes"]),
        "meetings": msgspec.json.decode(row["meetings"], type=tuple[Meeting, ...]),
        "closures": tuple(one for one in closures if one.last >= now().date() - timedelta(days=1)),
        "body_name": row["body_name"] or "",
    }
    return Contact(**values)


SELECT = """
SELECT c.*, b.name AS body_name,
    (SELECT coalesce(json_agg(json_build_array(p.weekday, p.starts, p.ends, p.place, p.by_appointment)
        ORDER BY p.weekday, p.starts, p.ends, p.place), '[]') FROM permanence p WHERE p.contact = c.id) AS meetings,
    (SELECT coalesce(json_agg(json_build_array(d.first, d.last, d.why) ORDER BY d.first, d.last, d.why), '[]')
        FROM closed_days d WHERE d.contact = c.id) AS closures
FROM contact c LEFT JOIN body b ON b.id = c.body
"""
