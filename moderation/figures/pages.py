"""The team's figures. Who decided how much is for administrators; a moderator reads their own."""

from litestar import Controller, Request, get
from litestar.params import FromQuery
from litestar.response import Template

from app.pages import page
from members.guards import team
from moderation.figures.delays import RISKS
from moderation.figures.desk import figures
from moderation.figures.durations import in_hours
from moderation.figures.steps import LABEL, Back


class TeamFigures(Controller):
    path = "/moderation/chiffres"
    guards = [team]

    @get("/")
    async def show(self, request: Request, periode: FromQuery[str] = "") -> Template:
        back = Back(periode) if periode in {one.value for one in Back} else Back.twelve_weeks
        choices = [(label, f"/moderation/chiffres?periode={one.value}", one is back, 0) for one, label in LABEL.items()]
        return page(
            request,
            "moderation/figures/team.html",
            figures=await figures(back),
            choices=choices,
            risks=RISKS,
            hours=in_hours,
        )
