"""The sentences of cases.json: what each must lead to, the rule it must wake, or the one it must leave asleep."""

import json
from dataclasses import dataclass
from pathlib import Path

from moderation.rules import Content


@dataclass(frozen=True)
class Case:
    content: Content
    expected: str
    rule: str | None
    look_alike_of: str | None

    def __str__(self):
        return f"{self.content.title} {self.content.body}".strip()


def _case(entry):
    own = {key: entry.pop(key, None) for key in ("expected", "rule", "look_alike_of")}
    return Case(Content(body=entry.pop("text"), **entry), **own)


CASES = [_case(entry) for entry in json.loads(Path(__file__).with_name("cases.json").read_text("utf-8"))]
