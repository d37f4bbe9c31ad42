"""What words would change, seen before they are added: the same search without them and with them.

Searched in PostgreSQL, which ranks as the engines do: Meilisearch only knows the words it was told.
"""

import msgspec

from app.dates import now
from members.me import Me
from search import postgres
from search.contract import Marked, Query
from search.postgres.asking import MOST_RANKED
from search.reached import addresses
from search.words.synonyms import Vocabulary

SHOWN = 10


class Found(msgspec.Struct, frozen=True):
    """One result; `is_other` says that it stands on one side only."""

    title: Marked
    path: str
    is_other: bool


class Side(msgspec.Struct, frozen=True):
    """The first results of a search, and how many there are in all."""

    total: int
    found: list[Found]

    @property
    def is_cut(self) -> bool:
        """Whether there may be more than were counted."""
        return self.total >= MOST_RANKED


class Effect(msgspec.Struct, frozen=True):
    words: str
    before: Side
    after: Side


async def effect(words: str, vocabulary: Vocabulary, me: Me) -> Effect:
    """Of searching `words` with another vocabulary than the present one."""
    query = Query(words=words, size=SHOWN, facets=(), hidden_authors=tuple(map(str, me.hidden)), alive_at=now())
    before, after = await postgres.search(query), await postgres.search(query, vocabulary)
    ids = [{hit.id for hit in answer.hits} for answer in (before, after)]
    paths = await addresses(ids[0] | ids[1])
    sides = [
        Side(answer.total, [Found(hit.title, paths.get(hit.id, ""), hit.id not in other) for hit in answer.hits])
        for answer, other in ((before, ids[1]), (after, ids[0]))
    ]
    return Effect(words, *sides)
