"""The team's pages about the rules: read by moderators and administrators, switched by administrators alone."""

from typing import Any

from litestar import Controller, Request, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from app.forms import Errors, Form
from app.pages import flashes, go, page
from app.refusals import Refused
from listings.kinds import CATEGORY, DEAL, KIND
from members.guards import administrator, moderator, team
from moderation.rules.desk.dry_run import DryRun
from moderation.rules.desk.dry_running import NEWEST, dry_run_over_last_month
from moderation.rules.desk.entries import entry_of
from moderation.rules.desk.shelf import MODE, MODE_TONE, WHAT_MODE, rule_of, shelf, shelved
from moderation.rules.desk.switching import SwitchForm, switch
from moderation.rules.desk.trying import Tried, TryForm, tried
from moderation.rules.screening import RULESET

flashes(rule_switched="C’est changé : tout le site suit dans la seconde.")


class Rules(Controller):
    path = "/moderation/regles"
    guards = [team]

    @get("/")
    async def list(self, request: Request) -> Template:
        return page(
            request,
            "moderation/rules/shelf.html",
            shelf=await shelf(),
            version=RULESET.version,
            modes=MODE,
            tones=MODE_TONE,
        )

    @get("/essai")
    async def ask_for_a_sentence(self, request: Request) -> Template:
        return _sentence(request, {}, {})

    @post("/essai", status_code=200)
    async def try_a_sentence(self, request: Request) -> Template:
        form, errors = TryForm.read(sent := await request.form())
        return _sentence(request, sent, errors, await tried(form) if form else None)


class DryRuns(Controller):
    """Over what members wrote: for moderators, in their scope."""

    path = "/moderation/regles/simulation"
    guards = [moderator]

    @get("/")
    async def ask(self, request: Request, regle: FromQuery[str] = "") -> Template:
        return _simulation(request, {"entry": entry_of(regle)}, {})

    @post("/", status_code=200)
    async def run(self, request: Request) -> Template:
        form, errors = Entry.read(sent := await request.form())
        if form is None:
            return _simulation(request, sent, errors)
        try:
            came = await dry_run_over_last_month(form.entry, request.user)
        except Refused as refused:
            return _simulation(request, sent, {"entry": str(refused)})
        return _simulation(request, sent, {"entry": came.problem} if came.problem else {}, came)


class OneRule(Controller):
    path = "/moderation/regles/{rule_id:str}"
    guards = [team]

    @get("/")
    async def show(self, request: Request, rule_id: FromPath[str]) -> Template:
        return await _rule(request, rule_id, {}, {})

    @post("/mode", guards=[administrator])
    async def switch(self, request: Request, rule_id: FromPath[str]) -> Template | Redirect:
        rule = rule_of(rule_id)
        form, errors = SwitchForm.read(sent := await request.form())
        if form is None:
            return await _rule(request, rule_id, sent, errors)
        await switch(rule, form, request.user)
        return go(f"/moderation/regles/{rule.id}", done="rule_switched")


class Entry(Form):
    entry: str

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {"entry": "Collez une règle à lire."}


def _sentence(request: Request, sent: Any, errors: Errors, said: Tried | None = None) -> Template:
    return page(
        request,
        "moderation/rules/sentence.html",
        422 if errors else 200,
        sent=sent,
        errors=errors,
        tried=said,
        categories=[(one.value, words) for one, words in CATEGORY.items()],
        kinds=[(one.value, words) for one, words in KIND.items()],
        deals=[(one.value, words) for one, words in DEAL.items()],
    )


def _simulation(request: Request, sent: Any, errors: Errors, came: DryRun | None = None) -> Template:
    return page(
        request,
        "moderation/rules/simulation.html",
        422 if errors else 200,
        sent=sent,
        errors=errors,
        came=came if came and not came.problem else None,
        newest=NEWEST,
    )


async def _rule(request: Request, rule_id: str, sent: Any, errors: Errors) -> Template:
    one = await shelved(rule_id)
    return page(
        request,
        "moderation/rules/rule.html",
        422 if errors else 200,
        one=one,
        entry=entry_of(one.rule.id),
        modes=MODE,
        tones=MODE_TONE,
        choices=[(mode.value, MODE[mode], WHAT_MODE[mode]) for mode in MODE],
        sent=sent or {"mode": one.mode.value},
        errors=errors,
    )
