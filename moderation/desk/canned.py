"""Words ready for authors, by article of the charter (canned.toml), and the blanks a moderator leaves in them."""

import re
import tomllib
from datetime import date
from pathlib import Path

import asyncpg
import msgspec

from app import database
from app.dates import in_words
from app.french import typeset
from app.settings import PARIS
from moderation.decisions.reasons import TEXTS, Reason

FILE = Path(__file__).with_name("canned.toml")
PLACEHOLDERS = ("prénom", "titre", "article", "date")
_BLANK = re.compile(r"\{(\w+)\}")


class CannedError(ValueError):
    """The file does not say what it should: a person has to correct it before the site starts."""


class Canned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`label` is the moderator's choice, `words` what the author reads, with its blanks."""

    key: str
    reason: Reason
    label: str
    words: str


class Blanks(msgspec.Struct, frozen=True, kw_only=True):
    """What fills the blanks of one case. `came` is the day it came before the team."""

    first_name: str
    title: str
    came: date

    def fill(self, words: str, reason: Reason | None) -> str:
        """The words as their author reads them. A blank that is none of ours stays as it was typed."""
        known = {"prénom": self.first_name, "titre": self.title, "date": in_words(self.came)}
        if reason in TEXTS:
            known["article"] = TEXTS[reason].article_title
        return _BLANK.sub(lambda blank: known.get(blank[1], blank[0]), words)


async def blanks_of(case: asyncpg.Record) -> Blanks:
    """What fills the blanks for the author of what is judged."""
    row = await database.row(
        "SELECT m.first_name, l.title FROM member m, listing l WHERE m.id = $1 AND l.id = $2",
        case["author"],
        case["listing"],
    )
    if row is None:
        raise LookupError(case["id"])
    return Blanks(**row, came=case["opened_at"].astimezone(PARIS).date())


def load_canned(text: str) -> tuple[Canned, ...]:
    """The ready words, in the order of the file. Raises CannedError for what nobody could fill or find."""
    try:
        texts = msgspec.convert(tomllib.loads(text).get("text", []), tuple[Canned, ...])
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as wrong:
        raise CannedError(f"canned.toml: {wrong}") from wrong
    keys = [one.key for one in texts]
    for one in texts:
        if strange := unknown_blanks(one.words):
            raise CannedError(f"canned.toml: {one.key} has a blank nobody fills: {{{strange[0]}}}")
        if keys.count(one.key) > 1:
            raise CannedError(f"canned.toml: {one.key} stands twice")
        if one.reason not in TEXTS:
            raise CannedError(f"canned.toml: {one.key} is for {one.reason}, which no decision has")
    return tuple(msgspec.structs.replace(one, words=typeset(one.words.strip())) for one in texts)


def unknown_blanks(words: str) -> list[str]:
    """The names between braces that nothing fills."""
    return [name for name in _BLANK.findall(words) if name not in PLACEHOLDERS]


CANNED = load_canned(FILE.read_text())
BY_KEY = {one.key: one for one in CANNED}
_READY = {" ".join(words.split()) for words in (*(t.words for t in TEXTS.values()), *(c.words for c in CANNED))}


def is_untouched(words: str) -> bool:
    """Nothing was typed, or what stands there is ready words as they came: a choice may replace them."""
    return not words.strip() or " ".join(words.split()) in _READY


def canned_by_reason() -> list[tuple[str, list[Canned]]]:
    """For a choice in groups: the name of a reason and its ready words."""
    groups = [(text.label, [one for one in CANNED if one.reason == reason]) for reason, text in TEXTS.items()]
    return [(label, texts) for label, texts in groups if texts]
