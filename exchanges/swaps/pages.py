"""The page of an exchange, for each of its members: what is proposed, yes or no, the days, leaving it."""

from litestar import Controller, Request, get, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect, Template

from app.forms import Errors, Form
from app.pages import flashes, go, page
from app.refusals import NotHere
from exchanges.hospitality.access import call_after
from exchanges.kinds import Reason, State
from exchanges.stays.confirmed import Confirmed, confirmed_of
from exchanges.swaps.access import OwnSwap, own_swap
from exchanges.swaps.agreeing import agree, keep_days, propose_days
from exchanges.swaps.answering import accept, decline
from exchanges.swaps.days_form import WEEKDAYS, untouched, written_days
from exchanges.swaps.withdrawing import withdraw
from exchanges.swaps.words import REASON
from members.guards import signed_in
from members.me import Me

flashes(
    swap_said_yes="C’est noté. Nous attendons les autres réponses, et vous prévenons.",
    swap_begins="Tout le monde a dit oui\u202f! Voici avec qui. Il reste à convenir des jours.",
    swap_cannot="Cet échange n’aura finalement pas lieu. Vos semaines restent notées, et nous continuons de chercher.",
    swap_said_no="C’est noté. Vos semaines restent notées, et nous continuons de chercher.",
    swap_left="C’est noté. Qui comptait sur cet échange est prévenu, et nous cherchons déjà autre chose.",
    swap_days_proposed="Vos jours sont proposés. Nous vous prévenons de la réponse.",
    swap_days_agreed="C’est noté. Nous attendons l’accord des autres.",
    swap_settled="C’est convenu\u202f! Les jours sont retenus pour vous.",
    swap_days_stay="C’est noté\u202f: les jours ne changent pas.",
)
AFTER_YES = {State.proposed: "swap_said_yes", State.dissolved: "swap_cannot"}


class WhyNot(Form):
    reason: Reason


class WhichDays(Form):
    version: int


class OneSwap(Controller):
    path = "/echanges/{swap_id:uuid}"
    guards = [signed_in]
    dependencies = {"own": Provide(own_swap)}

    @get("/")
    async def show(self, own: NamedDependency[OwnSwap], request: Request) -> Template:
        roof = await call_after(own.id, request.user.id) if own.state is State.dissolved else None
        confirmed = await _confirmed(own, request.user)
        return page(request, "exchanges/swaps/one.html", swap=own, confirmed=confirmed, roof=roof)

    @post("/accord")
    async def say_yes(self, own: NamedDependency[OwnSwap], request: Request) -> Redirect:
        state = await accept(own.id, request.user.id)
        return go(own.path, done=AFTER_YES.get(state, "swap_begins"))

    @get("/refus")
    async def ask_why(self, own: NamedDependency[OwnSwap], request: Request) -> Template | Redirect:
        return _why_not(request, own) if own.state is State.proposed else go(own.path)

    @post("/refus")
    async def say_no(self, own: NamedDependency[OwnSwap], request: Request) -> Template | Redirect:
        sent = await request.form()
        form, errors = WhyNot.read(sent)
        if form is None and not own.i_asked:
            return _why_not(request, own, sent, errors)
        await decline(own.id, request.user.id, form.reason if form else Reason.other)
        return go("/moi/echanges", done="swap_said_no")

    @get("/retrait")
    async def ask_to_leave(self, own: NamedDependency[OwnSwap], request: Request) -> Template | Redirect:
        return page(request, "exchanges/swaps/leave.html", swap=own) if own.can_be_left else go(own.path)

    @post("/retrait")
    async def leave(self, own: NamedDependency[OwnSwap], request: Request) -> Redirect:
        await withdraw(own.id, request.user.id)
        return go("/moi/echanges", done="swap_left")


class SwapDays(Controller):
    path = "/echanges/{swap_id:uuid}/jours"
    guards = [signed_in]
    dependencies = {"own": Provide(own_swap)}

    @get("/")
    async def form(self, own: NamedDependency[OwnSwap], request: Request) -> Template | Redirect:
        return _days(request, own) if own.state in (State.accepted, State.confirmed) else go(own.path)

    @post("/")
    async def propose(self, own: NamedDependency[OwnSwap], request: Request) -> Template | Redirect:
        sent = await request.form()
        spans, version, errors = written_days(sent, own)
        if errors:
            return _days(request, own, sent, errors)
        await propose_days(own.id, request.user.id, spans, version)
        return go(own.path, done="swap_days_proposed")

    @post("/accord")
    async def agree(self, own: NamedDependency[OwnSwap], request: Request) -> Redirect:
        is_settled = await agree(own.id, request.user.id, await _version(request))
        return go(own.path, done="swap_settled" if is_settled else "swap_days_agreed")

    @post("/maintien")
    async def keep(self, own: NamedDependency[OwnSwap], request: Request) -> Redirect:
        await keep_days(own.id, request.user.id, await _version(request))
        return go(own.path, done="swap_days_stay")


async def _confirmed(own: OwnSwap, me: Me) -> Confirmed | None:
    """What only a confirmed exchange holds; nothing of it once one blocked another."""
    if own.state not in (State.confirmed, State.done):
        return None
    try:
        return await confirmed_of(own.id, me)
    except NotHere:
        return None


async def _version(request: Request) -> int:
    """Of the days that were read; a form without it read none of them."""
    form, _ = WhichDays.read(await request.form())
    return form.version if form else 0


def _why_not(
    request: Request, own: OwnSwap, sent: FormMultiDict | None = None, errors: Errors | None = None
) -> Template:
    return page(
        request,
        "exchanges/swaps/decline.html",
        422 if errors else 200,
        swap=own,
        reasons=[(reason.value, said) for reason, said in REASON.items()],
        sent=sent or {},
        errors=errors or {},
    )


def _days(request: Request, own: OwnSwap, sent: FormMultiDict | None = None, errors: Errors | None = None) -> Template:
    typed = untouched(own) if sent is None else sent
    return page(
        request,
        "exchanges/swaps/days.html",
        422 if errors else 200,
        swap=own,
        weekdays=WEEKDAYS,
        sent=typed,
        errors=errors or {},
    )
