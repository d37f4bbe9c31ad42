"""Social workers, and conversations with them, taken as far as a test needs."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from litestar.datastructures import Cookie

from app import database
from contacts.social.access import TALKS, Talk
from contacts.social.coming_back import cookie_for
from contacts.social.handing import take_up
from contacts.social.opening import call_workers
from contacts.social.packets import Packet, attach
from contacts.social.saying import place_of
from contacts.social.sealing import seal
from contacts.social.tables import TalkState
from contacts.social.writing import send
from members.tables import Member, Role
from tests.helpers.browser import Browser
from tests.helpers.cast import person

A_PACKET = Packet(
    lines=(("Combien d’enfants vivent avec vous ?", "2"), ("Revenus de l’année N-2", "31 200 €")),
    results=(("Allocations familiales", "Probable : 151,05 € par mois"),),
)


async def social_worker(name: str = "Wanda", *departments: str, topics: tuple[str, ...] = ()) -> Member:
    """A member with the role; with `topics`, a contact that says what they know."""
    worker = await person(name, "29019")
    await works_for(worker, *departments)
    if topics:
        await database.execute(
            "INSERT INTO contact (kind, name, topics, departments, member, checked_on, changed_at)"
            " VALUES ('social_worker', $1, $2, $3, $4, current_date, now())",
            name,
            list(topics),
            list(departments),
            worker.id,
        )
    return worker


async def works_for(member: Member, *departments: str) -> None:
    await Role(
        member=member.id, kind="social_worker", departments=list(departments), granted_at=datetime.now(UTC)
    ).save()


async def a_talk(
    by: Member | None = None,
    text: str = "Bonjour, je n’arrive plus à payer mon loyer.",
    *,
    department: str = "29",
    topic: str = "housing",
    code_hash: bytes | None = None,
) -> UUID:
    """Waiting; by a member, or by somebody who gave no name and whose code has this hash."""
    talk, once = uuid4(), uuid4()
    await database.execute(
        "INSERT INTO social_talk (id, member, code_hash, department, topic, state, opened_at, last_at)"
        " VALUES ($1, $2, $3, $4, $5, 'waiting', clock_timestamp(), clock_timestamp())",
        talk,
        by.id if by else None,
        None if by else code_hash or uuid4().bytes * 2,
        department,
        topic,
    )
    await database.execute(
        "INSERT INTO social_message (talk, by_worker, sealed, sent_at, once)"
        " VALUES ($1, FALSE, $2, clock_timestamp(), $3)",
        talk,
        seal(place_of(talk, once, by_worker=False), text.encode()),
        once,
    )
    await call_workers(talk, department, topic, but=by.id if by else None)
    return talk


async def seen_by(talk: UUID, reader: Member | None, *, is_person: bool) -> Talk:
    """As the doors would give it to this reader."""
    row = await database.row(f"{TALKS} WHERE t.id = $1", talk)
    assert row is not None
    given = {name: row[name] for name in Talk.__struct_fields__ if name not in ("state", "is_person", "reader")}
    return Talk(**given, state=TalkState(row["state"]), is_person=is_person, reader=reader.id if reader else None)


async def taken_up(talk: UUID, worker: Member, answer: str = "") -> None:
    seen = await seen_by(talk, worker, is_person=False)
    await take_up(seen, seen.version, worker.id)
    if answer:
        await send(await seen_by(talk, worker, is_person=False), answer, [], uuid4())


async def says(talk: UUID, reader: Member | None, text: str, *, is_person: bool = True) -> None:
    await send(await seen_by(talk, reader, is_person=is_person), text, [], uuid4())


async def shown_packet(talk: UUID, by: Member | None) -> UUID:
    return await attach(await seen_by(talk, by, is_person=True), A_PACKET)


async def some_social_talk(anne: Member) -> dict[str, Any]:
    """Anne's conversation, followed by Wanda, with a photo and a packet; and one without a name that waits."""
    wanda = await social_worker("Wanda", "29")
    talk = await a_talk(anne)
    await taken_up(talk, wanda, "Bonjour, je vous réponds.")
    packet = await shown_packet(talk, anne)
    await a_talk()
    return {"social_talk": talk, "social_packet": packet, "social_file": await a_photo(talk)}


async def a_photo(talk: UUID, content: bytes = b"RIFF") -> UUID:
    from contacts.social.attaching import Attached
    from contacts.social.attaching import attach as attach_photo

    message = await database.value("SELECT min(id) FROM social_message WHERE talk = $1", talk)
    await attach_photo(talk, message, Attached("lettre", content))
    found: UUID = await database.value("SELECT id FROM social_file WHERE message = $1", message)
    return found


def holds_code(browser: Browser, talk: UUID) -> Cookie:
    """As after a right code."""
    cookie = cookie_for(talk)
    browser.cookies.set(cookie.key, cookie.value or "", domain="site.test", path=cookie.path)
    return cookie


def opening(**changed: Any) -> dict[str, Any]:
    """What the form of a first word is sent."""
    return {
        "topic": "housing",
        "commune": "Brest (29)",
        "text": "Bonjour, je n’arrive plus à payer mon loyer.",
        "how": "nameless",
        "once": str(uuid4()),
        **changed,
    }


def code_on(page: Any) -> str:
    """The code a page shows, without its groups."""
    return "".join(re.findall(r'<span class="code">([^<]*)</span>', page.text)).replace("-", "")
