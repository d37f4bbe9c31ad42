"""The demo's mailbox: the e-mails that would have been sent, readable by anyone who tries the demo, and only there."""

import asyncio
import email
import re
from datetime import datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path

import msgspec
from litestar import Controller, Request, get
from litestar.response import Template

from app.pages import page
from app.refusals import NotHere
from app.settings import settings

SHOWN = 30


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """`parts` are the text cut at the links to this site: (words, path or None)."""

    id: str
    to: str
    subject: str
    sent_at: datetime | None
    parts: list[tuple[str, str | None]]


class Mailbox(Controller):
    @get("/courriels")
    async def show(self, request: Request) -> Template:
        if not settings().demo:
            raise NotHere
        return page(request, "public/mailbox.html", letters=await asyncio.to_thread(newest_letters), shown=SHOWN)


def newest_letters() -> list[Letter]:
    """The last letters written to `var/mail`, newest first."""
    files = sorted(settings().mail_dir.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return [_read(file) for file in files[:SHOWN]]


def _read(file: Path) -> Letter:
    message = email.message_from_bytes(file.read_bytes(), EmailMessage, policy=policy.default)
    body = message.get_body(("plain",))
    date = message["Date"]
    return Letter(
        id=re.sub(r"[^\w-]", "-", file.stem),
        to=str(message["To"]),
        subject=str(message["Subject"]),
        sent_at=date.datetime if date else None,
        parts=_parts(body.get_content() if body else ""),
    )


def _parts(text: str) -> list[tuple[str, str | None]]:
    """Only links to this very site become links, as paths: the demo may be served at another address."""
    cut = re.split(re.escape(settings().site_url) + r"(/(?:[\w./?=&%-]*[\w/=-])?)", text)
    parts: list[tuple[str, str | None]] = []
    for words, path in zip(cut[::2], [*cut[1::2], None], strict=True):
        parts.append((words, None))
        if path:
            parts.append((settings().site_url + path, path))
    return parts
