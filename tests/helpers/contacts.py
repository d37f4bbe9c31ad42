"""Contacts as the tests and others build them: the social service of Finistère, unless a test says otherwise."""

from datetime import time, timedelta
from typing import Any
from uuid import UUID

from app import database
from app.dates import today
from contacts.directory.importing.bringing_in import keep_file
from contacts.directory.keeping import add
from contacts.directory.reading import Contact, Content, read
from contacts.directory.times import Closure, Meeting
from contacts.kinds import ContactKind, Topic
from members.tables import Body, Member

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
    await database.execute("UPDATE contact SET member = $2 WHERE id = $1", contact, member)


async def some_contacts(body: Body, administrator: Member) -> dict[str, UUID]:
    """For the world: one with all a contact may say, others around it, and a file that waits to be brought in."""
    closed = Closure(today() + timedelta(days=20), today() + timedelta(days=30), "congés")
    whole = await a_contact(
        body=body.id,
        topics=tuple(Topic)[:3],
        url="https://exemple.test/social",
        closures=(closed,),
        import_key="ss-29",
    )
    await a_contact(kind=ContactKind.delegation, name="Délégation du Finistère", meetings=())
    await a_contact(
        kind=ContactKind.agency, name="Écoute nationale", departments=(), commune=None, place="", line="3939"
    )
    lines = (
        "clé;nature;nom;départements;téléphone\n"
        "ss-29;Service social;Service social du Finistère;29;0298111111\n"
        "ss-56;Service social;Service social du Morbihan;56;0297000000\n"
        "ss-99;Service social;Service social;99;12\n"
    )
    return {"contact": whole.id, "contact_import": await keep_file(lines.encode(), administrator.id)}
