"""The author's own text cut in pieces, so that a page can mark the words a rule spoke about."""

from collections.abc import Iterable
from dataclasses import dataclass

from moderation.rules.verdict import Finding


@dataclass(frozen=True)
class Piece:
    text: str
    marked: bool


def marked(field: str, text: str, findings: Iterable[Finding]) -> list[Piece]:
    """The pieces of `text`, the named field as it was screened; joined again they are the text itself."""
    spans = sorted((span.start, span.end) for finding in findings for span in finding.spans if span.field == field)
    pieces, position = [], 0
    for start, end in spans:
        if position < start:
            pieces.append(Piece(text[position:start], False))
        if position < end:
            pieces.append(Piece(text[max(position, start) : end], True))
            position = end
    return [*pieces, Piece(text[position:], False)] if position < len(text) else pieces
