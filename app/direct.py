"""Live updates to an open page, as server-sent events: `message` (a conversation's id) and `badge` (unread counts).

An event only says where to look: what was written is asked for by the page, through the usual doors.
"""

import asyncio
import signal
import threading
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from types import FrameType
from uuid import UUID

import msgspec
from litestar import Litestar, Request, get
from litestar.response import Stream
from litestar.response.sse import ServerSentEventMessage

from app import database
from app.live import Happened, listening_for
from members.guards import signed_in
from members.me import Me
from members.unread import unread_messages, unread_notifications

HEARTBEAT = 20.0  # seconds; proxies close a silent connection after 30 to 60
SESSION_LOOKED_AT = 3  # every so many heartbeats
PAGES = 5  # open pages of one member in one process; the oldest gives way
COMES_BACK = 3_000  # milliseconds a browser waits after a lost connection

Page = asyncio.Queue[Happened]
_open: dict[UUID, list[Page]] = defaultdict(list)


class Unread(msgspec.Struct, frozen=True):
    messages: int
    notifications: int


@get("/direct", guards=[signed_in], name="direct")
async def direct(request: Request) -> Stream:
    return Stream(
        _events(request.user),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


async def _events(me: Me) -> AsyncIterator[bytes]:
    async with listening_for(me.id) as page:
        with _one_of_few(me.id, page):
            yield ServerSentEventMessage(data=None, comment="ouvert", retry=COMES_BACK).encode()
            yield _badge(Unread(me.unread_messages, me.unread_notifications))
            async for happened in _happening(page):
                if happened and any(h.what == "stop" for h in happened):
                    return
                for event in await _told(me, happened):
                    yield event
                    if event == FIN:
                        return


async def told_of(thing: UUID) -> AsyncIterator[bytes]:
    """For an open page that belongs to no account, the events of one thing: each only says that there is something to
    look at, through the doors of its page."""
    async with listening_for(thing) as page:
        with _one_of_few(thing, page):
            yield ServerSentEventMessage(data=None, comment="ouvert", retry=COMES_BACK).encode()
            async for happened in _happening(page):
                if happened and any(h.what == "stop" for h in happened):
                    return
                if happened and any(h.what == "fin" for h in happened):
                    yield FIN
                    return
                yield _event("message", str(thing)) if happened else STILL_HERE


async def _happening(page: Page) -> AsyncIterator[list[Happened] | None]:
    """What happened, all that waits at once; None for a heartbeat, an empty list when it is time to look again."""
    quiet = 0
    while True:
        try:
            happened = [await asyncio.wait_for(page.get(), HEARTBEAT)]
            while not page.empty():
                happened.append(page.get_nowait())
            yield happened
        except TimeoutError:
            quiet += 1
            yield [] if quiet % SESSION_LOOKED_AT == 0 else None


async def _told(me: Me, happened: list[Happened] | None) -> list[bytes]:
    """The events to send. Nothing goes to a browser signed out meanwhile."""
    if happened is None:
        return [STILL_HERE]
    unread = await _unread(me)
    if unread is None or any(h.what == "fin" for h in happened):
        return [FIN]
    conversations = dict.fromkeys(str(h.conversation) for h in happened if h.what == "message")
    return [*(_event("message", conversation) for conversation in conversations), _badge(unread)]


async def _unread(me: Me) -> Unread | None:
    """None once the session is over, or the member suspended."""
    found = await database.row(
        f"SELECT {unread_messages('s.member')} AS messages, {unread_notifications('s.member')} AS notifications"
        " FROM member_session s JOIN member m ON m.id = s.member"
        " WHERE s.id = $1 AND (m.suspended_until IS NULL OR m.suspended_until <= now())",
        me.session,
    )
    return Unread(**found) if found else None


@contextmanager
def _one_of_few(member: UUID, page: Page) -> Iterator[None]:
    """Too many open pages: the oldest is told to close, so that the one just opened is never the silent one."""
    pages = _open[member]
    pages.append(page)
    if len(pages) > PAGES:
        _tell_page(pages.pop(0), Happened(to=member, what="fin"))
    try:
        yield
    finally:
        with suppress(ValueError):
            pages.remove(page)
        if not pages:
            _open.pop(member, None)


def _tell_page(page: Page, happened: Happened) -> None:
    if page.full():
        page.get_nowait()
    page.put_nowait(happened)


@asynccontextmanager
async def streams_that_end(_app: Litestar) -> AsyncIterator[None]:
    """A server waits for its open answers before it stops, and these have no end: the signal to stop ends them.

    Browsers come back by themselves, to the next process.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(_end_streams)
        if callable(handler := before[signal.Signals(number)]):
            handler(number, frame)

    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end_streams() -> None:
    for member, pages in _open.items():
        for page in pages:
            _tell_page(page, Happened(to=member, what="stop"))


def _badge(unread: Unread) -> bytes:
    return _event("badge", msgspec.json.encode(unread).decode())


def _event(name: str, data: str) -> bytes:
    return ServerSentEventMessage(data=data, event=name).encode()


FIN = _event("fin", "0")
STILL_HERE = ServerSentEventMessage(data=None, comment="").encode()
