"""Where a second moderator says yes or no to a suspension or an exclusion."""

import asyncpg
from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect, Template

from app.pages import flashes, go, page
from members.guards import moderator
from moderation import words
from moderation.decisions.pages import SAID_OF
from moderation.sanctions.confirming import confirm, refuse, sanction_asked_for
from moderation.sanctions.waiting import measures_before

HERE = "/moderation/sanctions"
flashes(
    sanction_confirmed="La mesure s’applique\u202f: la personne est prévenue, avec la raison et comment contester.",
    sanction_refused="La mesure est écartée. La décision sur le texte, elle, reste.",
)


class Sanctions(Controller):
    path = HERE
    guards = [moderator]

    @get("/")
    async def index(self, request: Request) -> Template:
        found = await measures_before(request.user)
        return page(request, "moderation/sanctions/index.html", found=found, words=words, **SAID_OF)

    @post("/{sanction_id:uuid}/confirmation", dependencies={"sanction": Provide(sanction_asked_for)})
    async def confirm(self, request: Request, sanction: NamedDependency[asyncpg.Record]) -> Redirect:
        await confirm(sanction, request.user)
        return go(HERE, done="sanction_confirmed")

    @post("/{sanction_id:uuid}/refus", dependencies={"sanction": Provide(sanction_asked_for)})
    async def refuse(self, request: Request, sanction: NamedDependency[asyncpg.Record]) -> Redirect:
        await refuse(sanction, request.user)
        return go(HERE, done="sanction_refused")
