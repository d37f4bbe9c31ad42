"""Numbers and addresses of people are hidden from a moderator until asked for: most decisions do without them."""

from collections.abc import Mapping
from typing import Any

from moderation.rules import Content
from moderation.rules.finders import FINDERS
from moderation.rules.reading import Reading

HIDDEN = [FINDERS[name] for name in ("phone_number", "email_address", "iban", "nir", "payment_card")]
DOT = "•"


class Veil:
    """`veil(text)` is the text as it may be shown. `has_hidden` says whether anything was hidden of what went through
    it, `is_lifted` whether nothing is."""

    def __init__(self, *, is_lifted: bool = False) -> None:
        self.is_lifted = is_lifted
        self.has_hidden = False

    def __call__(self, text: str) -> str:
        hidden = masked(text)
        if hidden == text:
            return text
        self.has_hidden = True
        return text if self.is_lifted else hidden


def masked_in(row: Mapping[str, Any], *columns: str) -> dict[str, Any]:
    """The row with these columns as `masked` gives them: of lists, where nothing is unmasked."""
    return {**row, **{column: masked(row[column]) for column in columns}}


def masked(text: str) -> str:
    """As long as the text: every letter and figure of a phone or account number, an e-mail address or a social security
    number is a dot, so that what the rules marked stays where it was."""
    reading = Reading.of(Content(body=text))
    places = sorted(place for find in HIDDEN for place in _places(find(reading)))
    shown = list(text)
    for span in reading.spans(places):
        if span.field == "body":
            shown[span.start : span.end] = [DOT if one.isalnum() else one for one in text[span.start : span.end]]
    return "".join(shown)


def _places(found: object) -> list[tuple[int, int]]:
    return found if isinstance(found, list) else []
