"""A packet: the simulators' answers a person chose to show to a social worker, seen exactly as they are sent.

It travels from the simulators to the conversation in one form, signed, and is kept nowhere before it is sent.
"""

import base64
import zlib
from uuid import UUID, uuid4

import msgspec

from app import database
from app.database import transaction
from app.dates import now
from app.refusals import NotHere, Refused
from app.signing import signed, unsigned
from contacts.social.access import Talk
from contacts.social.saying import Event, say, speak
from contacts.social.sealing import Place, Unreadable, seal, unseal

PURPOSE = "social packet"
LARGEST = 60_000
"""Characters of the packet in its form."""
MOST = 20
"""Packets of one conversation."""


class Packet(msgspec.Struct, frozen=True):
    """`lines` are questions and their answers, `results` simulators and what they said, all in the words the person
    saw."""

    lines: tuple[tuple[str, str], ...]
    results: tuple[tuple[str, str], ...]


class SentPacket(msgspec.Struct, frozen=True):
    """One of a conversation; `packet` is None once it was withdrawn, or when no key opens it."""

    id: UUID
    packet: Packet | None
    is_withdrawn: bool


def carried(packet: Packet) -> str:
    """For the hidden field of a form: nobody can put words of their own in it."""
    squeezed = zlib.compress(msgspec.json.encode(packet), 9)
    return signed(PURPOSE, base64.b64encode(squeezed).decode())


def read_carried(sent: object) -> Packet | None:
    """None when it is not ours, or was changed."""
    if not isinstance(sent, str) or len(sent) > LARGEST:
        return None
    given = unsigned(PURPOSE, sent)
    return msgspec.json.decode(zlib.decompress(base64.b64decode(given)), type=Packet) if given else None


async def attach(talk: Talk, packet: Packet) -> UUID:
    """Puts it in the conversation, by the person; one that stands there already is not put there twice. Raises Refused
    when the conversation is closed or holds many."""
    async with transaction():
        await speak(talk)
        if there := await _standing(talk.id, packet):
            return there
        if await database.value("SELECT count(*) FROM social_packet WHERE talk = $1", talk.id) >= MOST:
            raise Refused("Cette conversation contient déjà beaucoup de résultats : dites le reste en quelques mots.")
        id = uuid4()
        await database.execute(
            "INSERT INTO social_packet (id, talk, sealed, sent_at) VALUES ($1, $2, $3, clock_timestamp())",
            id,
            talk.id,
            seal(_place(talk.id, id), msgspec.json.encode(packet)),
        )
        await say(talk, Event.packet, id)
    return id


async def _standing(talk: UUID, packet: Packet) -> UUID | None:
    return next((one.id for one in (await packets_of(talk)).values() if one.packet == packet), None)


async def withdraw(talk: Talk, packet: UUID) -> None:
    """What it held is erased at once, and a line says so; the second time nothing happens. Raises NotHere, also for
    anyone but the person."""
    if not talk.is_person:
        raise NotHere
    async with transaction():
        there = "SELECT withdrawn_at FROM social_packet WHERE id = $1 AND talk = $2 FOR UPDATE"
        row = await database.row(there, packet, talk.id)
        if row is None:
            raise NotHere
        if row["withdrawn_at"] is None:
            erase = "UPDATE social_packet SET sealed = NULL, withdrawn_at = $2 WHERE id = $1"
            await database.execute(erase, packet, now())
            await say(talk, Event.withdrawn, uuid4())


async def packets_of(talk: UUID) -> dict[UUID, SentPacket]:
    """By id; opened."""
    found = await database.rows("SELECT id, sealed FROM social_packet WHERE talk = $1", talk)
    return {
        row["id"]: SentPacket(row["id"], _opened(talk, row["id"], row["sealed"]), not row["sealed"]) for row in found
    }


def _opened(talk: UUID, packet: UUID, sealed: bytes | None) -> Packet | None:
    try:
        return msgspec.json.decode(unseal(_place(talk, packet), sealed), type=Packet) if sealed else None
    except Unreadable:
        return None


def _place(talk: UUID, packet: UUID) -> Place:
    return Place("packet", talk, packet)
