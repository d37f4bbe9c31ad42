"""What moderators tell each other of a case. No member reads it."""

from datetime import datetime

import asyncpg
import msgspec

from app import database
from app.database import transaction
from app.refusals import Refused
from members.me import Me
from moderation import audit

LONGEST = 2000
EMPTY = "Écrivez quelques mots pour l’équipe."
TOO_LONG = "Votre note est trop longue\u202f: 2 000 caractères au plus."


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """`by` is a first name, empty when its writer is no longer a member."""

    by: str
    words: str
    written_at: datetime


def worded(words: str) -> str:
    """The note without blanks around. Raises Refused when it says nothing, or more than `LONGEST` characters."""
    said = words.strip()
    if not said:
        raise Refused(EMPTY)
    if len(said) > LONGEST:
        raise Refused(TOO_LONG)
    return said


async def add_note(case: asyncpg.Record, words: str, me: Me) -> None:
    """Raises Refused as `worded`."""
    said = worded(words)
    async with transaction():
        await database.execute(
            'INSERT INTO case_note ("case", by, words, written_at) VALUES ($1, $2, $3, clock_timestamp())',
            case["id"],
            me.id,
            said,
        )
        await audit.record("case.noted", by=me.id, kind="case", subject=case["id"])
