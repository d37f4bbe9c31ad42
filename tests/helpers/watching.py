"""Everything a member can see and count, as text that is the same when nothing differs: pages, what forms answer, what
they are told, e-mails, events of open pages, files, feeds, and how many queries each page asked."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.policy import default
from typing import Any, NamedTuple

import httpx

from agenda.addresses import Feed, address_of
from app import database, live
from app.piccolo_conf import DB
from app.settings import settings
from members.tables import Member
from search import facets, finding
from search.pages import braking
from tests.helpers.browser import Browser
from tests.helpers.budget import Asked
from tests.helpers.jobs import run_jobs

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_MOVES = (
    (re.compile(r"\b\d{1,2} h( \d\d)?\b"), "H"),
    (re.compile(r"/(notifications|messages|reponses)/\d+"), r"/\1/N"),
    (re.compile(r"\d{8}T\d{6}Z|\d{4}-\d\d-\d\dT[\d:.+Z-]+"), "T"),
    (re.compile(r"(message-|value=\")\d{6,}"), r"\1N"),
)
"""The clock and the database's own numbers go on between two runs; weeks and days do not change."""


class Seen(NamedTuple):
    what: str
    status: int
    size: int
    queries: int
    text: str


class Watcher:
    """A member and their browser. `seen` grows with all that they look at and do."""

    def __init__(self, browser: Browser, member: Member, *, also: tuple[str, ...] = ()) -> None:
        self.browser, self.member, self.also = browser, member, also
        self.seen: list[Seen] = []
        self._names: dict[str, str] = {}

    async def look(self) -> None:
        """At every page of theirs, what they were told, and the e-mails they got."""
        _start_counting_anew()
        await self.browser.sign_in(self.member)
        for path in (*PAGES, *self.also, *await self._own_pages()):
            await self.get(path)
        for feed in Feed:
            await self.get(address_of(self.member.id, 1, feed))
        await self._told()

    async def do(self, path: str, **fields: Any) -> httpx.Response:
        """Posts a form, keeps what it answers, and what became of it once the jobs have run."""
        await self.browser.sign_in(self.member)
        with Asked() as asked:
            answer = await self.browser.submit(path, **fields)
        self._keep(f"POST {path}", answer, asked.queries, answer.headers.get("location", ""))
        await run_jobs()
        return answer

    async def get(self, path: str) -> None:
        with Asked() as asked:
            page = await self.browser.get(path)
        self._keep(f"GET {path}", page, asked.queries, page.headers.get("location", ""))

    def _keep(self, what: str, answer: httpx.Response, queries: int, location: str) -> None:
        text = self._still(location + answer.text)
        self.seen.append(Seen(self._still(what), answer.status_code, len(text), queries, text))

    async def _own_pages(self) -> list[str]:
        """Addresses they were given: of what they were told, and of every exchange they are in."""
        told = await database.rows("SELECT DISTINCT path FROM notification WHERE member = $1", self.member.id)
        return sorted({row["path"] for row in told})

    async def _told(self) -> None:
        told = await database.rows(
            "SELECT topic, about, path, times, read_at IS NULL AS unread FROM notification WHERE member = $1"
            " ORDER BY topic, about, first_at",
            self.member.id,
        )
        for row in told:
            self._note("told", " ".join(str(value) for value in row.values()))
        for mail in sorted(settings().mail_dir.glob("*.eml")):
            message = message_from_bytes(mail.read_bytes(), policy=default)
            if message["To"] == self.member.email:
                self._note("mail", f"{message['Subject']}\n{message.get_content()}")

    def _note(self, what: str, text: str) -> None:
        still = self._still(text)
        self.seen.append(Seen(what, 0, len(still), 0, still))

    def _still(self, text: str) -> str:
        text = _UUID.sub(lambda found: self._names.setdefault(found[0], f"<{len(self._names)}>"), text)
        for pattern, instead in _MOVES:
            text = pattern.sub(instead, text)
        return text


PAGES = (
    "/",
    "/moi",
    "/moi/echanges",
    "/moi/echanges/calendrier",
    "/moi/echanges/souhaits",
    "/moi/blocages",
    "/mon-espace",
    "/agenda",
    "/notifications",
    "/messages",
    "/mercis",
    "/logements",
    "/logements?region=53",
    "/logements?q=plage",
    "/annonces",
    "/recherche?q=plage",
    "/suggestions?q=mais",
)


def first_difference(one: list[Seen], other: list[Seen]) -> str:
    """What stands first in the one and not in the other; empty when they are the same."""
    for here, there in zip(one, other, strict=False):
        if here != there:
            return _difference(here, there)
    if len(one) != len(other):
        longer = max(one, other, key=len)
        return f"one of them saw more: {longer[min(len(one), len(other))].what}"
    return ""


def _difference(here: Seen, there: Seen) -> str:
    counts = f"{here[:4]} and {there[:4]}" if here[:4] != there[:4] else here.what
    at = next((n for n, (a, b) in enumerate(zip(here.text, there.text, strict=False)) if a != b), 0)
    return f"{counts}: …{here.text[max(0, at - 80) : at + 80]!r} and …{there.text[max(0, at - 80) : at + 80]!r}"


def _start_counting_anew() -> None:
    """What a process keeps for some seconds, or writes down at every tenth page, is no answer to anything."""
    facets.forget()
    finding.forget_failures()
    braking._uncounted.clear()


@asynccontextmanager
async def undone() -> AsyncIterator[None]:
    """What is done inside is undone, e-mails too, and the test's transaction goes on."""
    current = DB.current_transaction.get()
    assert current is not None
    mails = set(settings().mail_dir.glob("*.eml"))
    savepoint = await current.savepoint()
    try:
        yield
    finally:
        await savepoint.rollback_to()
        for mail in set(settings().mail_dir.glob("*.eml")) - mails:
            mail.unlink()


@asynccontextmanager
async def hearing(member: Member) -> AsyncIterator[list[str]]:
    """The events sent to the open pages of a member meanwhile, whether or not they are committed."""
    heard: list[str] = []
    tell: Callable[[live.Happened], Any] = live.tell

    async def listen(happened: live.Happened) -> None:
        if happened.to == member.id:
            heard.append(happened.what)
        await tell(happened)

    live.tell = listen
    try:
        yield heard
    finally:
        live.tell = tell  # type: ignore[assignment]


__all__ = ["Seen", "Watcher", "first_difference", "hearing", "undone"]
