"""Contacts as the tests and others build them: the social service of Finistère, unless a test says otherwise."""

from datetime import time
from typing import Any
from uuid import UUID

from app.dates import today
from contacts.directory.keeping import add
from contacts.directory.reading import Contact, Content, read
from contacts.directory.times import Meeting
from contacts.kinds import ContactKind
from members.tables import Member

TUESDAY, THURSDAY = Meeting(1, time(9), time(12)), Meeting(3, time(14), time(16, 30), by_appointment=True)


def content(**given: Any) -> Content:
    """What is written of the social service of Finistère; `given` are its other fields."""
    said = {
        "kind": ContactKind.social_worker,
        "name": "Service social du Finistère",
        "about": "Un entretien au téléphone ou sur place, sans que votre employeur le sache.",
        "departments": ("29",),
        "commune": "29019",
        "place": "Maison des services, entrée B",
        "line": "0298000000",
        "mail": "service.social@exemple.test",
        "checked_on": today(),
        "meetings": (TUESDAY, THURSDAY),
    }
    return Content(**said | given)


async def a_contact(by: Member | None = None, **given: Any) -> Contact:
    """One that stands in the directory. `member` and `import_key` may be given beside the fields of the sheet."""
    key = given.pop("import_key", None)
    member: Member | None = given.pop("member", None)
    made = await add(content(**given), by.id if by else None, key)
    if member:
        await _belongs(made, member.id)
    return (await read([made]))[made]


async def _belongs(contact: UUID, member: UUID) -> None:
    from app import database

    await database.execute("UPDATE contact SET member = $2 WHERE id = $1", contact, member)
