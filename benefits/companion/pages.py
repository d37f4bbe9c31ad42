"""The activity bonus and the housing aid, which only OpenFisca computes: asked of a companion server when there is one,
else, or while it is away, the official simulator is linked."""

from datetime import timedelta
from typing import Any

from litestar import Controller, Request, get, post
from litestar.response import Template

from app.client import address
from app.dates import today
from app.pages import page
from app.refusals import TooOften
from app.throttle import throttle
from benefits.catalogue.leading import COMPANION, SIMULATOR
from benefits.companion.asking import Away, figures_for, is_set
from benefits.companion.household import QUESTIONS, Asked, Household, asked
from benefits.companion.telling import answers_in_words, questions_of, results
from benefits.counting import count
from benefits.simulators.contract import NO_PROMISE
from benefits.simulators.pages.answering import unkept
from benefits.simulators.pages.results import Result
from benefits.simulators.pages.sent import MOST_CHILDREN, Sent
from benefits.tables import Use

OF_AN_ADDRESS, OF_ALL = 20, 120
WINDOW = timedelta(minutes=10)


class Companion(Controller):
    path = SIMULATOR.format(COMPANION)

    @get()
    async def ask(self, request: Request) -> Template:
        return _form(request, Asked(Sent(), {}, None, {}))

    @post(exclude_from_csrf=True)
    async def simulate(self, request: Request) -> Template:
        given = asked(await request.form())
        if given.sent.do.startswith(("ajouter", "retirer", "corriger")):
            return unkept(_form(request, given._replace(errors={})))
        if given.household is None:
            return unkept(_form(request, given, 422))
        return unkept(await _computed(request, given, given.household))


async def _computed(request: Request, given: Asked, household: Household) -> Template:
    """The result, or the form again when there is none this time."""
    try:
        found = await _found(request, household)
    except (Away, TooOften) as why:
        return _form(request, given, 429 if isinstance(why, TooOften) else 503, is_away=True)
    count(Use.simulated, f"simulateur/{COMPANION}")
    shown: dict[str, Any] = {"results": found, "answers": answers_in_words(household), "no_promise": NO_PROMISE}
    return page(request, "benefits/simulators/companion_result.html", **shown, **_carried(given))


async def _found(request: Request, household: Household) -> list[Result]:
    await throttle("openfisca", address(request), limit=OF_AN_ADDRESS, every=WINDOW)
    await throttle("openfisca", "everybody", limit=OF_ALL, every=WINDOW)
    return results(household, await figures_for(household, today()), today())


def _carried(given: Asked) -> dict[str, Any]:
    children = given.sent.children or []
    return {"hidden": [*given.typed.items(), *given.sent.typed().items(), ("enfants", str(len(children)))]}


def _form(request: Request, given: Asked, status: int = 200, is_away: bool = False) -> Template:
    labels = {name: one.label for name, one in QUESTIONS.items()} | {"commune": "Votre commune"}
    children = given.sent.children
    return page(
        request,
        "benefits/simulators/companion.html",
        status,
        is_set=is_set(),
        is_away=is_away,
        blocks=questions_of(),
        rows=range(len(children) if children is not None else 1),
        most_children=MOST_CHILDREN,
        focus=len(children or ()) - 1 if given.sent.do == "ajouter" else None,
        sent=given.typed | given.sent.typed(),
        errors=given.errors,
        labels_of=labels,
    )
