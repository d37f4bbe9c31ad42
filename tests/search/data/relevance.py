"""What people of the community search, and what they should find: the set every engine is judged on.

`relevance_*.json` were given with the specification; `more_*.json` were written before any engine was asked;
`later_queries.json` before the vocabulary was widened to what the others lacked, to see whether it helps anybody else.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from search.contract import Document
from tests.search.data.around import words_around
from tests.search.data.distractors import distractors

DATA = Path(__file__).parent
# In the middle of the distractors: being new helps neither.
PUBLISHED = datetime(2026, 11, 12, tzinfo=UTC)

# The categories and kinds of the given ads, as far as the site has them.
_CATEGORY = {
    "garde_enfants": "childcare", "trajets_ecole": "school_run", "animaux": "pet_care", "dons": "classifieds",
    "ventes": "classifieds", "pret": "classifieds", "coup_de_main": "helping_hand", "soutien_scolaire": "helping_hand",
    "bricolage": "helping_hand", "jardinage": "helping_hand", "handicap": "helping_hand", "logement": "classifieds",
}  # fmt: skip
_KIND = {"demande": "request", "offre": "offer"}
_DEAL = {"dons": "give", "ventes": "sell", "pret": "lend"}


class Question(Struct, frozen=True):
    """`must` are the right answers, `ok` what may well stand among them; `note` says what is tried."""

    id: str
    query: str
    must: tuple[str, ...]
    ok: tuple[str, ...] = ()
    note: str = ""


def given() -> list[Question]:
    return _questions("relevance_queries.json")


def own() -> list[Question]:
    return _questions("more_queries.json")


def later() -> list[Question]:
    return _questions("later_queries.json")


def documents(how_many: int = 5000) -> list[Document]:
    """The right answers among so many others."""
    # A commune is a code; its name is among the words around.
    return [replace(one, commune="") for one in (*distractors(how_many), *_ads())]


def _questions(file: str) -> list[Question]:
    return [Question(one["id"], one["query"], tuple(one["must"]), tuple(one["ok"]), one["note"]) for one in _read(file)]


def _ads() -> Iterator[Document]:
    for one in _read("relevance_ads.json"):
        category, kind, deal = (
            _CATEGORY.get(one["category"], ""),
            _KIND.get(one["kind"], ""),
            _DEAL.get(one["category"], ""),
        )
        yield _document(one, category, kind, deal)
    for one in _read("more_ads.json"):
        yield _document(one, one["category"], one["kind"], one["deal"])


def _document(one: dict[str, Any], category: str, kind: str, deal: str) -> Document:
    return Document(
        id=one["id"],
        category=category,
        kind=kind or None,
        deal=deal or None,
        title=one["title"],
        body=one["body"],
        words=words_around(category, kind, deal or None, one["commune"], one["dep"]),
        commune=one["commune"],
        department=one["dep"],
        author="anne",
        published_at=PUBLISHED,
    )


def _read(file: str) -> list[dict[str, Any]]:
    return list(json.loads((DATA / file).read_text("utf-8")))
