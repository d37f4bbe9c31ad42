"""Who a person in difficulty may turn to, at once: never a reproach, never a sanction."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from litestar import Controller, Request, get
from litestar.response import Template

from app.pages import page
from moderation.rules.screening import RULESET
from moderation.rules.verdict import Action, Finding, Helpline


class Care(NamedTuple):
    """The numbers that fit, each once, and the day they were last checked."""

    lines: tuple[Helpline, ...]
    checked_on: date


def care_of(findings: Iterable[Finding]) -> Care | None:
    """None when no rule of care spoke."""
    lines = {line: None for one in findings if one.action is Action.CARE for line in one.helplines}
    return Care(tuple(lines), RULESET.helplines_checked_on) if lines else None


class Helplines(Controller):
    """Read by whoever needs it, without an account."""

    @get("/aide-et-ecoute")
    async def show(self, request: Request) -> Template:
        lines = tuple(RULESET.helplines.values())
        return page(request, "public/helplines.html", care=Care(lines, RULESET.helplines_checked_on))
