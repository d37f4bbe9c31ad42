"""One content read once: all its fields as one normalised text, and where each word of interest stands in it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from moderation.rules.correcting import Corrections
from moderation.rules.normalising import FIELD_BREAK, NO_CORRECTIONS, Normalised, normalise
from moderation.rules.verdict import Content, Span

Place = tuple[int, int]

_SENTENCE_END = re.compile(rf"[.!?;\n{FIELD_BREAK}]")


@dataclass(frozen=True)
class Words:
    """A set of expressions, less those that overlap an innocent one."""

    name: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None


@dataclass
class Reading:
    content: Content
    text: str
    fields: list[tuple[str, int, Normalised]]
    _found: dict[str, list[Place]] = field(default_factory=dict)

    @classmethod
    def of(cls, content: Content, corrections: Corrections = NO_CORRECTIONS) -> "Reading":
        text, fields = "", []
        for name, original in content.texts().items():
            normalised = normalise(original, corrections)
            fields.append((name, len(text), normalised))
            text += normalised.text + FIELD_BREAK
        return cls(content, text, fields)

    def places(self, words: Words) -> list[Place]:
        """Where these words stand; looked for once, however many rules ask."""
        if words.name not in self._found:
            found = matches(words.pattern, self.text)
            self._found[words.name] = without(found, matches(words.unless, self.text)) if found else found
        return self._found[words.name]

    def same_sentence(self, one: Place, other: Place) -> bool:
        first, second = sorted((one, other))
        return _SENTENCE_END.search(self.text, first[1], second[0]) is None

    def spans(self, places: Iterable[Place]) -> tuple[Span, ...]:
        spans = {span for place in places for span in self._original(place)}
        order = [name for name, _, _ in self.fields]
        return tuple(sorted(spans, key=lambda span: (order.index(span.field), span.start, span.end)))

    def _original(self, place: Place) -> Iterable[Span]:
        for name, offset, normalised in self.fields:
            start = max(place[0] - offset, 0)
            end = min(place[1] - offset, len(normalised.text))
            if start < end:
                yield Span(name, *normalised.original_span(start, end))


def matches(pattern: re.Pattern[str] | None, text: str) -> list[Place]:
    return [match.span() for match in pattern.finditer(text) if match.group()] if pattern else []


def without(found: list[Place], innocent: list[Place]) -> list[Place]:
    """The places that overlap no innocent one. Both lists are sorted and each is free of overlaps."""
    starts = [start for start, _ in innocent]
    kept = []
    for place in found:
        before = bisect_left(starts, place[1]) - 1
        if before < 0 or innocent[before][1] <= place[0]:
            kept.append(place)
    return kept


def together(reading: Reading, words: list[list[Place]], within: int, same_sentence: bool) -> list[Place]:
    """Places of the first set that have every other set within so many characters, with those companions."""
    if not all(words):
        return []
    anchors, *others = words
    found: set[Place] = set()
    for anchor in anchors:
        group = [anchor]
        for places in others:
            companion = _nearest(reading, group, places, within, same_sentence)
            if companion is None:
                break
            group.append(companion)
        else:
            found.update(group)
    return sorted(found)


def _nearest(
    reading: Reading, group: list[Place], places: list[Place], within: int, same_sentence: bool
) -> Place | None:
    anchor = group[0]
    first = bisect_left(places, (anchor[0] - within, 0))
    last = bisect_right(places, (anchor[1] + within, 0))
    # A crowd of candidates is a hostile text: the 12 around the word decide, so that the cost stays linear.
    middle = bisect_left(places, anchor)
    nearby = places[max(first, middle - 6) : min(last, middle + 6)]
    for place in sorted(nearby, key=lambda candidate: _distance(anchor, candidate)):
        apart = all(place[1] <= taken[0] or taken[1] <= place[0] for taken in group)
        if apart and (not same_sentence or reading.same_sentence(anchor, place)):
            return place
    return None


def _distance(one: Place, other: Place) -> int:
    return max(one[0], other[0]) - min(one[1], other[1])
