"""What is wrong with a rule as it is written."""

from collections.abc import Mapping
from typing import TypeVar

Known = TypeVar("Known")


NAMELESS = "the entry"
"""What an error is about as long as no rule has said its name."""


class RulesetError(ValueError):
    """The ruleset cannot be trusted: `about` names the rule or vocabulary, `in_french` says it to whoever tries one."""

    def __init__(self, about: str, fault: str, in_french: str) -> None:
        super().__init__(f"{about}: {fault}")
        self.about = about
        self.in_french = in_french


def named(about: str, kind: str, known: Mapping[str, Known], wanted: str) -> Known:
    """Raises RulesetError when nothing of that name is known."""
    if wanted not in known:
        raise RulesetError(about, f"unknown {kind} {wanted!r}", f"«\u202f{wanted}\u202f» n’est pas connu d’ici.")
    return known[wanted]
