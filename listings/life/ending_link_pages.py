"""The page a reminder's link opens. Opening it does nothing, for mail scanners open links too."""

from typing import Any

from litestar import Controller, Request, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.forms import Form
from app.pages import page
from listings.kinds import Outcome
from listings.life.closing import close_by_link
from listings.life.ending_links import Action, LinkedAd, Stands, ending_of
from listings.life.renewing import NotOnline, Prolonged, renew

OUTCOME = {Action.settle: Outcome.fulfilled, Action.withdraw: Outcome.withdrawn}


class EndingLinks(Controller):
    path = "/lien/annonce/{token:str}"

    @get("/")
    async def ask(self, token: FromPath[str], request: Request) -> Template:
        return _page(request, token, await ending_of(token))

    @post("/")
    async def answer(self, token: FromPath[str], request: Request) -> Template:
        ending = await ending_of(token)
        form, _ = Answer.read(await request.form())
        action = form and (form.do or ending.link.action)
        if ending.stands is not Stands.waits or action not in ending.actions:
            return _page(request, token, ending)
        try:
            done = await _do(ending, action)
        except NotOnline:  # another window was faster
            return _page(request, token, await ending_of(token))
        return _page(request, token, await ending_of(token), done)


class Answer(Form):
    """`do` is what the button says, the link's own action without it."""

    do: Action | None = None


async def _do(ending: LinkedAd, action: Action) -> Prolonged | Outcome:
    """Raises NotOnline when the link works no more."""
    link = ending.link
    if action is Action.renew:
        return (await renew(link.listing, ending.author, link.still)).done
    await close_by_link(link.listing, ending.author, OUTCOME[action], link.still)
    return OUTCOME[action]


def _page(request: Request, token: str, ending: LinkedAd, done: Prolonged | Outcome | None = None) -> Template:
    """What was done just now, else the question, else why there is nothing to ask any more."""
    me: Any = request.scope.get("user")
    is_gone = done is None and ending.stands is not Stands.waits
    return page(
        request,
        "listings/life/ending.html",
        410 if is_gone else 200,
        token=token,
        ending=ending,
        done=done.value if done else "",
        title=ending.title if me and me.id == ending.author else "",
    )
