"""What every simulator takes and gives back. Pure: a situation and a day in, an estimate out; nothing is kept anywhere.

Amounts are in euros, as `Decimal`, net of CRDS where the law takes it; a `None` in a situation is what nobody said yet.
"""

import enum
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from benefits.kinds import Audience

NO_PROMISE = "Estimation, sans valeur d’engagement : seul l’organisme qui paie décide."


class Verdict(enum.StrEnum):
    likely = "likely"
    unlikely = "unlikely"
    unknown = "unknown"


class Per(enum.StrEnum):
    month = "month"
    year = "year"
    day = "day"
    once = "once"
    total = "total"


VERDICT = {Verdict.likely: "Probable", Verdict.unlikely: "Peu probable", Verdict.unknown: "À préciser"}
PER = {Per.month: "par mois", Per.year: "par an", Per.day: "par jour", Per.once: "une fois", Per.total: "en tout"}


class Reference(NamedTuple):
    """An article or a circular; `url` may be empty."""

    title: str
    url: str = ""


class Step(NamedTuple):
    """One line of the computation, in French words with its figures, and the rule it follows."""

    text: str
    rule: Reference | None = None


class Amount(NamedTuple):
    euros: Decimal
    per: Per
    label: str = ""


class NextAction(NamedTuple):
    """What to do now; `url` is a page of this site or the service that decides."""

    label: str
    url: str


class Scale(NamedTuple):
    """The figures that were used: of which scale, in force since when, read when, and where."""

    name: str
    since: date
    checked_on: date
    sources: tuple[Reference, ...]


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """`because` is the answer in one sentence. `unknown` names in `missing` the questions that would settle it, or says
    in `because` why nobody can tell from here. `amounts` are empty where no scale is verified: then `next` leads to who
    knows. A period of the computation that is not that of `on` is said in `steps`."""

    simulator: str
    verdict: Verdict
    because: str
    amounts: tuple[Amount, ...] = ()
    steps: tuple[Step, ...] = ()
    missing: tuple[str, ...] = ()
    scale: Scale | None = None
    next: tuple[NextAction, ...] = ()


class Kind(enum.StrEnum):
    """How a question is asked."""

    yes_no = "yes_no"
    choice = "choice"
    money = "money"
    number = "number"
    percent = "percent"
    day = "day"
    children = "children"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a situation or of a child. `name` is that field; `options` are value and words; `least` and `most`
    bound what may be typed, in `unit`. `group` is the heading under which the questionnaire asks it."""

    name: str
    label: str
    kind: Kind
    group: str
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    unit: str = ""


class Simulator(NamedTuple):
    """`id` stands in the address. `asks` names the questions still to be answered, in order, given what was: none when
    `estimate` has all it can use, so that who is not concerned is asked little. `sheet` is the benefit's id.
    `audiences` are for whom it is worth asking at all. `in_questionnaire` is false for what is no entitlement."""

    id: str
    title: str
    lead: str
    sheet: str
    audiences: tuple[Audience, ...]
    asks: Callable[[Any, date], tuple[str, ...]]
    estimate: Callable[[Any, date], Estimate]
    in_questionnaire: bool = True
