"""From the simulators to a conversation: the packet is shown exactly as it leaves, then sent, or not."""

from typing import Any
from uuid import UUID

from litestar import Controller, Request, post
from litestar.datastructures import Cookie
from litestar.middleware.csrf import generate_csrf_token
from litestar.response import Redirect, Template
from litestar.utils.scope.state import ScopeState

from app.pages import flashes, go
from app.refusals import NotHere
from app.settings import settings
from contacts.social.access import talk
from contacts.social.coming_back import PATH
from contacts.social.opening import TOPICS
from contacts.social.own import own_talks, proposed
from contacts.social.packets import LARGEST, Packet, attach, carried, read_carried
from contacts.social.private import private_page
from members.signing_in import csrf_cookie

flashes(social_packet_sent="Ces résultats sont dans la conversation. Vous pouvez les retirer quand vous voulez.")


class Packets(Controller):
    """What was previewed is kept only if it is sent on."""

    path = f"{PATH}/resultats"
    request_max_body_size = LARGEST + 2_000

    @post("/envoi")
    async def send(self, request: Request) -> Redirect:
        sent = await request.form()
        packet, chosen = read_carried(sent.get("packet")), _uuid(sent.get("talk"))
        if packet is None or chosen is None:
            raise NotHere
        to = await talk(chosen, request)
        if not to.is_person:
            raise NotHere
        await attach(to, packet)
        return go(to.path, done="social_packet_sent")


async def previewed(request: Request, packet: Packet) -> Template:
    """The packet as it would leave, and the ways to send it; for the simulators' pages, which keep nothing either."""
    given = _csrf_token(request)
    talks = [one for one in await own_talks(request) if not one.is_closed]
    shown: dict[str, Any] = {"topics": TOPICS, "sent": proposed(request.user), "errors": {}}
    answer = private_page(request, "packet", packet=packet, carried=carried(packet), talks=talks, **shown)
    answer.cookies.extend(given)
    return answer


def _csrf_token(request: Request) -> list[Cookie]:
    """The pages this form comes from set no cookie and ask for no proof of it: this one begins to, for its own form."""
    state, name = ScopeState.from_scope(request.scope), csrf_cookie()
    if token := request.cookies.get(name):
        state.csrf_token = token
        return []
    state.csrf_token = token = generate_csrf_token(settings().secret)
    secure = settings().is_https
    return [Cookie(key=name, value=token, path="/", httponly=True, samesite="lax", secure=secure)]


def _uuid(sent: object) -> UUID | None:
    try:
        return UUID(str(sent))
    except ValueError:
        return None
