"""Show why something was found: the title and a passage of the text, cut at the words searched.

Both engines are shown by the same code, so an engine's own markup never reaches a page.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct, field

from search.contract import Marked, Piece
from search.words.forms import Token, is_exact, tokens
from search.words.sounds import sound
from search.words.synonyms import Unit, marks

EXCERPT = 180
BEFORE_HIT = 60
READ_AT_MOST = 3000


class Marker(Struct, frozen=True):
    """What to mark: stems as they are, and words that may be a slip away, sound alike or be unfinished."""

    stems: frozenset[str]
    typed: tuple[str, ...]
    heard: frozenset[str]
    beginning: str | None
    seen: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, asked: Sequence[Unit]) -> "Marker":
        words = [word for unit in asked for word in unit.words if not is_exact(word)]
        return cls(
            marks(asked),
            tuple(word for word in words if slips(word)),
            frozenset(heard for word in words if slips(word) and (heard := sound(word))),
            words[-1] if words and words[-1] == asked[-1].words[-1] else None,
        )

    def title(self, text: str) -> Marked:
        return tuple(_pieces(text, list(self._hits(text)))) if self.stems else (Piece(text, False),)

    def excerpt(self, text: str) -> Marked:
        """About EXCERPT characters around the first hit, or the beginning."""
        first = next(self._hits(text[:READ_AT_MOST]), None) if self.stems else None
        start = _word_start(text, first.start - BEFORE_HIT) if first else 0
        end = _word_end(text, start + EXCERPT)
        shown = ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")
        return self.title(shown) if first else (Piece(shown, False),)

    def says(self, words: Iterable[Token]) -> bool:
        """Whether each of these words was searched."""
        return all(map(self._is_known_hit, words))

    def finds(self, text: str) -> bool:
        """Whether one of the words searched is in this text."""
        return next(self._hits(text), None) is not None

    def _hits(self, text: str) -> Iterator[Token]:
        return filter(self._is_known_hit, tokens(text))

    def _is_known_hit(self, token: Token) -> bool:
        # The ads of one page share most of their words: each is judged once.
        if (is_hit := self.seen.get(token.word)) is None:
            is_hit = self.seen[token.word] = self._is_hit(token)
        return is_hit

    def _is_hit(self, token: Token) -> bool:
        if token.stem in self.stems:
            return True
        if self.beginning and len(self.beginning) > 2 and token.word.startswith(self.beginning):
            return True
        return any(_is_slip(token.word, typed) for typed in self.typed) or sound(token.word) in self.heard


def slips(word: str) -> int:
    """How many letters may be wrong in a folded word: none in short words, numbers and acronyms."""
    if is_exact(word) or len(word) < 5:
        return 0
    return 1 if len(word) < 8 else 2


@lru_cache(maxsize=16_384)
def _is_slip(word: str, typed: str) -> bool:
    allowed = slips(typed)
    # Nearly every word of a text is told apart by its length or first letter, without counting.
    if abs(len(word) - len(typed)) > allowed or word[0] != typed[0] or is_exact(word):
        return False
    before, row = list[int](), list(range(len(typed) + 1))
    for i, letter in enumerate(word, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(typed, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == typed[j - 2] and word[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1] <= allowed


def _pieces(text: str, hits: list[Token]) -> Iterator[Piece]:
    at = 0
    for hit in hits:
        if hit.start > at:
            yield Piece(text[at : hit.start], False)
        yield Piece(text[hit.start : hit.end], True)
        at = hit.end
    if at < len(text) or not hits:
        yield Piece(text[at:], False)


def _word_start(text: str, at: int) -> int:
    if at <= 0:
        return 0
    space = text.find(" ", at)
    return at if space < 0 or space - at > BEFORE_HIT // 2 else space + 1


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", at - BEFORE_HIT // 2, at)
    return at if space < 0 else space
