"""What may be published, what deserves advice, what waits for a person, what is refused."""

from moderation.rules.marking import Piece, marked
from moderation.rules.screening import RULESET, screen, screen_or_hold
from moderation.rules.verdict import Action, AuthorRecord, Content, Finding, Helpline, Mode, Span, Verdict

__all__ = [
    "RULESET",
    "Action",
    "AuthorRecord",
    "Content",
    "Finding",
    "Helpline",
    "Mode",
    "Piece",
    "Span",
    "Verdict",
    "marked",
    "screen",
    "screen_or_hold",
]
