"""What the rules are given and what they answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID


class Mode(StrEnum):
    """A rule in shadow is read and counted, and changes nothing for anybody."""

    on = "on"
    shadow = "shadow"
    off = "off"


class Action(StrEnum):
    """From the mildest to the strongest; `care` waits for a person like `hold`, but is never a reproach."""

    ALLOW = "allow"
    ADVISE = "advise"
    CARE = "care"
    HOLD = "hold"
    REFUSE = "refuse"

    @property
    def strength(self) -> int:
        return list(Action).index(self)


@dataclass(frozen=True)
class AuthorRecord:
    """What the author published before: how many texts a person approved, how many were removed."""

    is_trusted: bool = False
    approved: int = 0
    removed: int = 0


@dataclass(frozen=True)
class Content:
    """What a member wants to publish. `more` holds the other free texts by field name; prices are in euro cents.

    A field that is None was not asked or not told: no rule about it speaks. So is `author` where nobody looked.
    """

    title: str = ""
    body: str = ""
    category: str | None = None
    kind: str | None = None
    deal: str | None = None
    price_cents: int | None = None
    more: Mapping[str, str] = field(default_factory=dict)
    starts_on: date | None = None
    ends_on: date | None = None
    wanted_by: date | None = None
    quantity: int | None = None
    has_photos: bool = False
    author: AuthorRecord | None = None

    def texts(self) -> dict[str, str]:
        return {"title": self.title, "body": self.body, **self.more}


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` (end excluded) of the named field, as the author wrote it."""

    field: str
    start: int
    end: int


@dataclass(frozen=True)
class Helpline:
    number: str
    name: str
    about: str

    @property
    def href(self) -> str:
        return "tel:" + self.number.replace("\u202f", "").replace("\u00a0", "").replace(" ", "")


@dataclass(frozen=True)
class Finding:
    """One rule that spoke. `spans` is empty when it spoke of a structured field (a price) rather than of words.

    `message` is for the author; a moderator reads `to_moderators` where it is given, and is led to the `other` ad.
    """

    rule: str
    version: int
    action: Action
    message: str
    rewording: str = ""
    spans: tuple[Span, ...] = ()
    helplines: tuple[Helpline, ...] = ()
    to_moderators: str = ""
    other: UUID | None = None


@dataclass(frozen=True)
class Verdict:
    """`action` is the strongest among the findings; these stay in the order of the ruleset. `shadow` are findings of
    rules that are only tried: they change nothing."""

    action: Action
    findings: tuple[Finding, ...] = ()
    ruleset: str = ""
    shadow: tuple[Finding, ...] = ()

    @property
    def waits_for_a_person(self) -> bool:
        return self.action in {Action.HOLD, Action.CARE}

    @property
    def is_refused(self) -> bool:
        return self.action is Action.REFUSE

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(finding.rule for finding in self.findings)
