"""Who a person in difficulty may turn to, at once: never a reproach, never a sanction."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from litestar import Controller, Request, get
from litestar.response import Template

from app.pages import flashes, page
from moderation.rules.screening import RULESET
from moderation.rules.verdict import Action, Finding, Helpline

flashes(
    sent_with_care="C’est envoyé. Si c’est lourd à porter, quelqu’un peut vous écouter maintenant : {about}. Tous les"
    " numéros sont sous « Aide et écoute », en bas de chaque page.",
)


class Care(NamedTuple):
    """The numbers that fit, each once, and the day they were last checked; `social_worker` is a sentence."""

    lines: tuple[Helpline, ...]
    social_worker: str
    checked_on: date

    @property
    def numbers(self) -> str:
        """`3919 ou 17`, for a sentence."""
        return " ou ".join(line.number for line in self.lines)


def care_of(findings: Iterable[Finding]) -> Care | None:
    """None when no rule of care spoke."""
    lines = {line: None for one in findings if one.action is Action.CARE for line in one.helplines}
    return care_with(lines) if lines else None


def told(findings: Iterable[Finding], done: str) -> tuple[str, str]:
    """The sentence after a text was sent, as `go` takes it: to a person in distress, whom to call."""
    care = care_of(findings)
    return ("sent_with_care", care.numbers) if care else (done, "")


class Helplines(Controller):
    """Read by whoever needs it, without an account."""

    @get("/aide-et-ecoute")
    async def show(self, request: Request) -> Template:
        return page(request, "public/helplines.html", care=care_with(RULESET.helplines.values()))


def care_with(lines: Iterable[Helpline]) -> Care:
    """These numbers, as a page shows them."""
    return Care(tuple(lines), RULESET.social_worker, RULESET.helplines_checked_on)
