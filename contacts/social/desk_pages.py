"""The desk of the social service: what waits, what one follows, and who follows it next."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect, Template

from app.forms import Form
from app.pages import flashes, go
from app.refusals import NotAllowed, Refused
from contacts.social.access import DESK, Talk, on_duty, talk_to_hand, worked_talk
from contacts.social.coming_back import PATH
from contacts.social.desk import desk_of
from contacts.social.handing import NOT_THEIRS, TAKEN, hand_over, put_back, take_up
from contacts.social.private import private_page
from contacts.social.workers import territory_in_words
from members.guards import social_worker

flashes(
    social_taken="Vous suivez cette conversation.",
    social_handed="La conversation est confiée.",
    social_returned="La conversation attend de nouveau.",
)


class Version(Form):
    version: Annotated[int, msgspec.Meta(ge=0, lt=2**31)]


class Handing(Version, kw_only=True):
    """`to` is a colleague, or nothing: then it waits again."""

    to: UUID | None = msgspec.field(default=None)


class SocialDesk(Controller):
    path = DESK
    guards = [social_worker]

    @get("/")
    async def show(self, request: Request) -> Template:
        worker = await on_duty(request.user)
        if worker is None:
            raise NotAllowed
        return private_page(request, "desk", desk=await desk_of(worker), territory=territory_in_words(worker))


class HandlingTalks(Controller):
    """What a worker does with a conversation; for everybody else it is not there."""

    path = f"{PATH}/conversations/{{talk_id:uuid}}"
    dependencies = {"talk": Provide(worked_talk)}

    @post("/prise-en-charge")
    async def take_up(self, talk: NamedDependency[Talk], request: Request) -> Redirect:
        form, _ = Version.read(await request.form())
        if form is None:
            raise Refused(TAKEN)
        await take_up(talk, form.version, request.user.id)
        return go(talk.path, done="social_taken")

    @post("/transmission", dependencies={"talk": Provide(talk_to_hand)})
    async def hand_over(self, talk: NamedDependency[Talk], request: Request) -> Redirect:
        form, _ = Handing.read(await request.form())
        if form is None:
            raise Refused(NOT_THEIRS)
        if form.to is None:
            await put_back(talk, form.version, request.user.id)
        else:
            await hand_over(talk, form.version, form.to, request.user.id)
        return go(DESK, done="social_handed" if form.to else "social_returned")
