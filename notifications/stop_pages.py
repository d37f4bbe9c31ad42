"""Where the link at the foot of an e-mail leads. Opening it does nothing, for mail scanners open links too; the mail
program's own button posts to the same address."""

from litestar import Controller, Request, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.pages import page
from notifications.stopping import is_stopped, read_link, resume, stop


class MailStops(Controller):
    path = "/lien/courriels/{token:str}"

    @get("/")
    async def ask(self, token: FromPath[str], request: Request) -> Template:
        link = await read_link(token)
        stopped = await is_stopped(link.member, link.topic)
        return page(request, "notifications/stop.html", token=token, is_stopped=stopped, is_done=False)

    # A mail program posts without a cookie: the signed address is the proof.
    @post("/", status_code=200, exclude_from_csrf=True)
    async def stop(self, token: FromPath[str], request: Request) -> Template:
        link = await read_link(token)
        await stop(link.member, link.topic)
        return page(request, "notifications/stop.html", token=token, is_stopped=True, is_done=True)

    @post("/reprise", status_code=200)
    async def resume(self, token: FromPath[str], request: Request) -> Template:
        link = await read_link(token)
        await resume(link.member, link.topic)
        return page(request, "notifications/stop.html", token=token, is_stopped=False, is_done=True)
