"""“What am I entitled to?”: one questionnaire that runs every simulator and asks only what some of them still needs."""

from typing import Any

from litestar import Controller, Request, get, post
from litestar.response import Template

from app.pages import page
from benefits.counting import count
from benefits.simulators.all import SIMULATORS
from benefits.simulators.contract import Simulator
from benefits.simulators.pages.answering import unkept
from benefits.simulators.pages.following import Asking, Done, begin, follow
from benefits.simulators.pages.results import by_verdict, results_of, summary, total
from benefits.simulators.pages.sent import Sent
from benefits.simulators.pages.showing import questions_shown, result_shown
from benefits.tables import Use

WHOLE = "mes-droits"


class Questionnaire(Controller):
    path = "/droits/mes-droits"

    @get()
    async def start(self, request: Request) -> Template:
        return _step(request, begin(in_questionnaire(), by_group=True))

    @post(exclude_from_csrf=True)
    async def go_on(self, request: Request) -> Template:
        now = follow(in_questionnaire(), Sent.read(await request.form()), by_group=True)
        if isinstance(now, Asking):
            return unkept(_step(request, now))
        count(Use.simulated, f"simulateur/{WHOLE}")
        return unkept(page(request, "benefits/simulators/results.html", **_results(now)))


def in_questionnaire() -> list[Simulator]:
    return [one for one in SIMULATORS.values() if one.in_questionnaire]


def _results(done: Done) -> dict[str, Any]:
    found = results_of(in_questionnaire(), done)
    said = {"summary": summary(found), "total": total(found), "by_verdict": by_verdict(found)}
    return said | result_shown(done)


def _step(request: Request, asking: Asking) -> Template:
    status = 422 if asking.errors else 200
    return page(request, "benefits/simulators/step.html", status, **questions_shown(asking))
