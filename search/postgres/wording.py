"""What is looked for, as a tsquery of PostgreSQL: made of quoted stems, never parsed from what was typed."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from msgspec import Struct

from search.words.forms import is_exact, is_short, stem
from search.words.synonyms import Phrase, Unit

# Beyond so many units, choosing half of them gives more choices than a search is worth.
MOST_HALVED = 6
SHORTEST_BEGINNING = 4


class Reading(Struct, frozen=True):
    """One way to understand what was typed: what a document must have, then each thing asked for apart.

    With `is_open`, words that only begin so will do: PostgreSQL cannot tell beforehand how many there are.
    """

    wanted: str
    each: tuple[str, ...]
    is_open: bool = False


def readings(asked: Sequence[Unit]) -> Iterator[Reading]:
    """All the words; where no document has them all, the last as an unfinished one, then all but one, half, any."""
    each = tuple(_unit(unit) for unit in asked)
    yield Reading(" & ".join(each), each)
    if len(asked[-1].words[-1]) >= SHORTEST_BEGINNING:
        unfinished = (*each[:-1], _unit(asked[-1], unfinished=True))
        yield Reading(" & ".join(unfinished), unfinished, is_open=True)
    may_be_numbers = all(unit.is_number for unit in asked)
    half = {(len(each) + 1) // 2} if len(each) <= MOST_HALVED else set()
    for at_least in sorted({len(each) - 1, 1, *half} - {0, len(each)}, reverse=True):
        chosen = [
            f"({' & '.join(each[number] for number in some)})"
            for some in combinations(range(len(each)), at_least)
            if may_be_numbers or not all(asked[number].is_number for number in some)
        ]
        yield Reading(" | ".join(chosen), each)


def all_of(asked: Sequence[Unit]) -> str:
    """All the words, the last perhaps unfinished when it is long: what one document is compared with."""
    return " & ".join(_unit(unit, unfinished=unit is asked[-1] and not is_short(unit.words[-1])) for unit in asked)


def typed(asked: Sequence[Unit]) -> str:
    """The stems typed, without what else they may be called: what has those very words comes first."""
    return " | ".join(quoted(stem) for unit in asked for stem in unit.stems)


def beginnings(words: Sequence[str]) -> str:
    """Titles that may hold these words, the last of them unfinished; the last two may begin one compound."""
    ways = [_title(words[:-1], words[-1])]
    if len(words) > 1:
        ways.append(_title(words[:-2], words[-2] + words[-1]))
    return " | ".join(ways)


def quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def _title(whole: Sequence[str], unfinished: str) -> str:
    # Titles are kept as stems: a longer beginning than this may not be one of the stem.
    parts = [*(f"{quoted(stem(word))}:A" for word in whole), f"{quoted(unfinished[:SHORTEST_BEGINNING])}:*A"]
    return f"({' & '.join(parts)})"


def _unit(unit: Unit, *, unfinished: bool = False) -> str:
    own = [quoted(stem) for stem in unit.stems]
    if unfinished and not is_exact(unit.words[-1]):
        own[-1] = f"({own[-1]} | {quoted(unit.words[-1])}:*)"
    names = [f"({' & '.join(own)})", *map(_phrase, unit.others)]
    return f"({' | '.join(names)})"


def _phrase(words: Phrase) -> str:
    return f"({' <-> '.join(map(quoted, words))})"
