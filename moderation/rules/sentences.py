"""Sentences whose right verdict is known, and which of them are only for judging the rules.

The rules are adjusted looking at half of the sentences; the other half, drawn by a hash of the text so that nobody
chooses, only ever tells how good they are.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from moderation.rules.verdict import Action, AuthorRecord, Content

_DATES = ("starts_on", "ends_on", "wanted_by")


@dataclass(frozen=True)
class Sentence:
    """`expected` is the verdict it deserves; it wakes `rule`, or is the innocent `look_alike_of` one."""

    content: Content
    expected: Action
    rule: str | None
    look_alike_of: str | None

    @property
    def is_for_judging(self) -> bool:
        written = f"{self.content.title}|{self.content.body}".encode()
        return hashlib.sha256(written).digest()[0] % 2 == 1

    def __str__(self) -> str:
        return f"{self.content.title} {self.content.body}".strip()


def read_sentences(file: Path) -> list[Sentence]:
    """A JSON list of objects: `text`, `expected`, `rule` or `look_alike_of`, and any field of a Content."""
    return [_sentence(entry) for entry in json.loads(file.read_text("utf-8"))]


def _sentence(entry: Mapping[str, Any]) -> Sentence:
    fields = dict(entry)
    expected, rule, look_alike = (
        Action(fields.pop("expected")),
        fields.pop("rule", None),
        fields.pop("look_alike_of", None),
    )
    fields |= {name: date.fromisoformat(fields[name]) for name in _DATES if name in fields}
    if "author" in fields:
        fields["author"] = AuthorRecord(**fields["author"])
    return Sentence(Content(body=fields.pop("text"), **fields), expected, rule, look_alike)
