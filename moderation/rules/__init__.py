"""What may be published, what deserves advice, what waits for a person, what is refused."""

from moderation.rules.marking import Piece, marked
from moderation.rules.screening import RULESET, screen, screen_or_hold
from moderation.rules.verdict import Action, Content, Finding, Helpline, Span, Verdict

__all__ = [
    "RULESET",
    "Action",
    "Content",
    "Finding",
    "Helpline",
    "Piece",
    "Span",
    "Verdict",
    "marked",
    "screen",
    "screen_or_hold",
]
