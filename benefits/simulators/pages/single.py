"""One simulator at a time: its questions grow with the answers, its result stands at the same address."""

from litestar import Controller, Request, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.dates import today
from app.pages import page
from app.refusals import NotHere
from benefits.counting import count
from benefits.simulators.all import SIMULATORS
from benefits.simulators.contract import Simulator
from benefits.simulators.pages.answering import unkept
from benefits.simulators.pages.following import Asking, begin, follow
from benefits.simulators.pages.measuring import how_many
from benefits.simulators.pages.results import results_of
from benefits.simulators.pages.sent import Sent
from benefits.simulators.pages.showing import questions_shown, result_shown
from benefits.tables import Use


class Simulators(Controller):
    path = "/droits/simulateurs"

    @get()
    async def list(self, request: Request) -> Template:
        simulators = [(one, how_many(one.id, today())) for one in SIMULATORS.values()]
        return page(request, "benefits/simulators/list.html", simulators=simulators)

    @get("/{simulator_id:str}")
    async def ask(self, request: Request, simulator_id: FromPath[str]) -> Template:
        simulator = _simulator(simulator_id)
        return _form(request, simulator, begin([simulator], by_group=False))

    @post("/{simulator_id:str}", exclude_from_csrf=True)
    async def simulate(self, request: Request, simulator_id: FromPath[str]) -> Template:
        simulator = _simulator(simulator_id)
        now = follow([simulator], Sent.read(await request.form()), by_group=False)
        if isinstance(now, Asking):
            return unkept(_form(request, simulator, now))
        count(Use.simulated, f"simulateur/{simulator.id}")
        [result] = results_of([simulator], now)
        name = "benefits/simulators/result.html"
        return unkept(page(request, name, simulator=simulator, result=result, **result_shown(now)))


def _simulator(id: str) -> Simulator:
    if id not in SIMULATORS:
        raise NotHere
    return SIMULATORS[id]


def _form(request: Request, simulator: Simulator, asking: Asking) -> Template:
    status = 422 if asking.errors else 200
    return page(request, "benefits/simulators/form.html", status, simulator=simulator, **questions_shown(asking))
