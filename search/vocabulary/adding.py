"""Adding words to those of the site, and taking them back: by an administrator, in the log, for every process."""

import enum
import re
from datetime import datetime
from typing import Annotated

import asyncpg
import msgspec

from app import database, live
from app.database import LARGEST_ID, transaction
from app.forms import Errors, Form
from app.jobs import defer
from app.refusals import NotHere, Refused
from members.me import Me
from moderation import audit
from search.saved.jobs import derive_searches
from search.vocabulary.following import CHANNEL, Group, groups, read_again, with_groups
from search.vocabulary.jobs import apply_words
from search.words.forms import clean, stems
from search.words.synonyms import Vocabulary

MOST_GROUPS = 500
MOST_TERMS = 8
LONGEST_TERM = 60
LONGEST_EXPRESSION = 6
"""Words in one expression."""
AT_LEAST_TWO = "Écrivez au moins deux expressions, une par ligne."
AT_MOST_EIGHT = f"Écrivez au plus {MOST_TERMS} expressions à la fois."
TOO_LONG = f"Une expression a au plus {LONGEST_EXPRESSION} mots et {LONGEST_TERM} lettres."
SAYS_NOTHING = "« {} » ne contient que des mots que la recherche passe (le, de, un…). Précisez-la."
ALREADY_THE_SAME = "Pour la recherche, « {} » et « {} » sont déjà le même mot : gardez-en un."
KNOWN = "La recherche connaît déjà ces mots ensemble. Il n’y a rien à ajouter."
FULL = f"Il y a déjà {MOST_GROUPS} groupes de mots. Retirez-en avant d’en ajouter."
GONE = "Ces mots ont déjà été retirés."


class Way(enum.StrEnum):
    same = "same"
    one_way = "one_way"


WAY = {
    Way.same: ("Ces mots veulent dire la même chose", "Chercher l’un trouve aussi les autres."),
    Way.one_way: ("Le premier comprend les autres", "Chercher le premier trouve aussi les autres, pas l’inverse."),
}


class WordsForm(Form):
    """`terms` holds one expression a line; `tried` is what to search with them before they are added."""

    terms: Annotated[str, msgspec.Meta(max_length=1_000)]
    way: Way = Way.same
    tried: Annotated[str, msgspec.Meta(max_length=120)] = ""

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {"terms": AT_LEAST_TWO, "way": "Choisissez l’une des deux façons."}

    @property
    def group(self) -> Group:
        """In one order for those that mean the same, so that the same words are the same row."""
        lines = [" ".join(clean(line).split()) for line in _apart(self.terms)]
        terms = list(dict.fromkeys(line.lower().replace("'", "’") for line in lines if line))
        one_way = self.way is Way.one_way
        return tuple(terms if one_way else sorted(terms)), one_way

    @property
    def to_try(self) -> str:
        """What to search with them: what was typed for it, else the first expression as it was typed."""
        return self.tried or next(line.strip() for line in _apart(self.terms) if line.strip())

    def errors(self) -> Errors:
        wrong = _what_is_wrong(self.group[0])
        return {"terms": wrong} if wrong else {}


def _apart(terms: str) -> list[str]:
    return re.split(r"[\n,;]", terms)


def _what_is_wrong(terms: tuple[str, ...]) -> str | None:
    if not 2 <= len(terms) <= MOST_TERMS:
        return AT_LEAST_TWO if len(terms) < 2 else AT_MOST_EIGHT
    seen: dict[str, str] = {}
    for term in terms:
        if len(term) > LONGEST_TERM or len(term.split()) > LONGEST_EXPRESSION:
            return TOO_LONG
        stemmed = stems(term)
        if not stemmed:
            return SAYS_NOTHING.format(term)
        if stemmed in seen:
            return ALREADY_THE_SAME.format(seen[stemmed], term)
        seen[stemmed] = term
    return None


async def with_these(form: WordsForm) -> Vocabulary:
    """The words in force and those of the form. Raises Refused when they are known together already."""
    added = await groups()
    before, after = with_groups(added), with_groups([*added, form.group])
    if before == after:
        raise Refused(KNOWN)
    return after


async def add(form: WordsForm, by: Me) -> None:
    """Every process follows within a second or so of the commit, and Meilisearch by a job; this process has when it
    returns. The same form sent twice is one change. Raises Refused."""
    terms, one_way = form.group
    async with transaction():
        await database.execute("SELECT pg_advisory_xact_lock(hashtextextended('search_synonym', 0))")
        await _ask_whether_new(form)
        added = await database.value(_ADD, list(terms), one_way, by.id)
        if added is not None:
            facts = {"terms": len(terms)}
            await audit.record("synonym.added", by=by.id, kind="synonym", subject=added, **facts)
            await _tell_everyone()
    await read_again()


async def _ask_whether_new(form: WordsForm) -> None:
    present = await groups()
    if form.group in present:
        return
    if len(present) >= MOST_GROUPS:
        raise Refused(FULL)
    await with_these(form)


async def withdraw(synonym: int, by: Me) -> None:
    """Raises NotHere for words never added, Refused for those taken back before."""
    if synonym > LARGEST_ID:
        raise NotHere
    async with transaction():
        if not await database.value(_WITHDRAW, synonym, by.id):
            known = await database.value("SELECT TRUE FROM search_synonym WHERE id = $1", synonym)
            raise Refused(GONE) if known else NotHere()
        await audit.record("synonym.withdrawn", by=by.id, kind="synonym", subject=synonym)
        await _tell_everyone()
    await read_again()


async def _tell_everyone() -> None:
    await live.changed(CHANNEL)
    await defer(apply_words, lock="search words")
    await defer(derive_searches, lock="saved searches")


class Added(msgspec.Struct, frozen=True):
    """Words on the administrator's page; `by` is empty for who left."""

    id: int
    terms: tuple[str, ...]
    one_way: bool
    by: str
    at: datetime
    withdrawn_at: datetime | None


async def in_force() -> list[Added]:
    """The newest first."""
    return [_added(row) for row in await database.rows(_LISTED.format(which="s.withdrawn_at IS NULL", by="added"))]


async def taken_back() -> list[Added]:
    """The last twenty."""
    which = _LISTED.format(which="s.withdrawn_at IS NOT NULL", by="withdrawn")
    return [_added(row) for row in await database.rows(f"{which} LIMIT 20")]


def _added(row: asyncpg.Record) -> Added:
    return Added(
        id=row["id"],
        terms=tuple(row["terms"]),
        one_way=row["one_way"],
        by=row["by"] or "",
        at=row["added_at"],
        withdrawn_at=row["withdrawn_at"],
    )


_ADD = """
INSERT INTO search_synonym (terms, one_way, added_by, added_at) VALUES ($1, $2, $3, clock_timestamp())
ON CONFLICT (terms, one_way) WHERE withdrawn_at IS NULL DO NOTHING RETURNING id
"""
_WITHDRAW = """
UPDATE search_synonym SET withdrawn_by = $2, withdrawn_at = clock_timestamp()
WHERE id = $1 AND withdrawn_at IS NULL RETURNING id
"""
_LISTED = """
SELECT s.id, s.terms, s.one_way, s.added_at, s.withdrawn_at, m.first_name AS by
FROM search_synonym s LEFT JOIN member m ON m.id = s.{by}_by WHERE {which} ORDER BY s.{by}_at DESC
"""
