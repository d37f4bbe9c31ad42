"""The words in force, in every process: read before the engine opens, and again after each change made anywhere."""

from itertools import count

from app import database, live
from search.words import synonyms
from search.words.synonyms import Vocabulary

CHANNEL = "entraide_words"

Group = tuple[tuple[str, ...], bool]
"""Expressions that mean the same; True when they are read one way only, from the first to the others."""


_readings = count(1)
_in_use = 0


async def read_again() -> None:
    """To be called, too, before anything compares the settings of Meilisearch with ours. Of two at once, what the later
    one read stays."""
    global _in_use
    mine = next(_readings)
    added = await groups()
    if mine > _in_use:
        _in_use = mine
        synonyms.use(with_groups(added) if added else None)


async def groups() -> list[Group]:
    """Those in force, the oldest first."""
    found = await database.rows("SELECT terms, one_way FROM search_synonym WHERE withdrawn_at IS NULL ORDER BY id")
    return [(tuple(row["terms"]), row["one_way"]) for row in found]


def with_groups(added: list[Group]) -> Vocabulary:
    """The site's own words and these."""
    return Vocabulary.of(
        [terms for terms, one_way in added if not one_way],
        [(terms[0], other) for terms, one_way in added if one_way for other in terms[1:]],
    )


live.follow(CHANNEL, read_again)
