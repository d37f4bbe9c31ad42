"""Offers from a file: each line that fits is sent to a moderator, each that does not is told with its reasons.

The same file again changes nothing: a line is known by its author and its reference.
"""

from collections.abc import Sequence
from enum import StrEnum

import msgspec
from litestar.datastructures import FormMultiDict

from app import database
from app.csv_reading import Line, lines_of
from app.database import transaction
from app.forms import Errors
from app.refusals import Refused
from listings.ad import Ad
from listings.content import Content
from listings.kinds import Category
from listings.writing.screening import screened
from listings.writing.writing_down import write_down
from members.me import Me
from moderation.sanctions.enforcing import guard_posting
from partners.importing.columns import COLUMNS, NAMES, WORDS
from partners.writing.beginning import body_of
from partners.writing.sending import lacking, send_offer
from partners.writing.written import read
from places.folding import fold

MOST = 200
"""Lines of a file: a moderator reads each."""
NO_REFERENCE = "Donnez une référence à chaque ligne : elle évite de l’importer deux fois."
TWICE = "Cette référence est déjà celle d’une autre ligne du fichier."


class Fate(StrEnum):
    sent = "sent"
    known = "known"
    refused = "refused"


FATE = {Fate.sent: "envoyée", Fate.known: "déjà là, inchangée", Fate.refused: "refusée"}


class Told(msgspec.Struct, frozen=True):
    """What became of a line; `reasons` are (column, what to do) of one refused."""

    number: int
    reference: str
    title: str
    fate: Fate
    reasons: list[tuple[str, str]] = []

    @property
    def words(self) -> str:
        return FATE[self.fate]


async def bring_in(text: str, by: Me) -> list[Told]:
    """Each line in its own transaction. Raises NotAFile, and Refused while the author may publish nothing."""
    guard_posting(by)
    lines, body = lines_of(text, COLUMNS, MOST), await body_of(by.id)
    references = [line.typed.get("reference", "") for line in lines]
    return [await _bring(line, references[:place], body, by) for place, line in enumerate(lines)]


async def _bring(line: Line, before: Sequence[str], body: str, by: Me) -> Told:
    reference, title = line.typed.get("reference", ""), line.typed.get("title", "")
    if not reference or reference in before:
        return _refused(line, {"reference": TWICE if reference else NO_REFERENCE})
    content, errors = read(_as_form(line), Content(category=Category.local_offer, details={"body": body}))
    if errors := await lacking(content, by) | errors:
        return _refused(line, errors)
    verdict = await screened(content, by.id)
    if verdict.is_refused:
        return _refused(line, {"body": verdict.findings[0].message})
    try:
        fate = await _send(content, reference, by)
    except Refused as refusal:
        return _refused(line, {"reference": str(refusal)})
    return Told(line.number, reference, title, fate)


async def _send(content: Content, reference: str, by: Me) -> Fate:
    async with transaction():
        # The same file sent twice at once is one after the other.
        await database.execute("SELECT FROM member WHERE id = $1 FOR NO KEY UPDATE", by.id)
        if await database.value(_KNOWN, by.id, reference):
            return Fate.known
        draft = await database.value(
            "INSERT INTO listing (author, category, created_at, updated_at, title, body, details, quantity, photos,"
            " replies, version) VALUES ($1, 'local_offer', now(), now(), '', '', '{}', 1, '{}', 0, 1) RETURNING id",
            by.id,
        )
        await write_down(draft, content)
        (row,) = await database.rows("SELECT * FROM listing WHERE id = $1", draft)
        await send_offer(Ad.of(row), by)
        return Fate.sent


_KNOWN = """
SELECT id FROM listing WHERE author = $1 AND category = 'local_offer' AND details ->> 'reference' = $2 LIMIT 1
"""


def _as_form(line: Line) -> FormMultiDict:
    """As somebody would have filled it in: words of a choice become its value."""
    return FormMultiDict([(field, _value(field, typed)) for field, typed in line.typed.items()])


def _value(field: str, typed: str) -> str:
    chosen = {fold(words): value.value for value, words in WORDS.get(field, {}).items()}
    return chosen.get(fold(typed), typed)


def _refused(line: Line, errors: Errors) -> Told:
    reasons = [(NAMES.get(field, field), message) for field, message in errors.items()]
    return Told(line.number, line.typed.get("reference", ""), line.typed.get("title", ""), Fate.refused, reasons)
