"""E-mail: through SMTP when SMTP_URL is set, else one file per message in `var/mail`, shown by the demo's mail page.

A message says nothing of anyone's ads: a sentence and a link.
"""

from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid, parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

import aiosmtplib

from app.settings import settings

_WHOLE_LINES = SMTP.clone(max_line_length=900)
"""Python cuts a longer header into encoded words, and no mail program reads the address in a List-Unsubscribe then."""


async def send(to: str, subject: str, text: str, headers: Mapping[str, str] | None = None) -> None:
    """`headers` stand beside those every message has. Raises `aiosmtplib.SMTPException` or `OSError` when the server
    does not take it; the job tries again."""
    message = EmailMessage()
    message["From"] = settings().mail_from
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain="entraide")
    message["Auto-Submitted"] = "auto-generated"
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content(text)
    if settings().smtp_url:
        await _by_smtp(message)
    else:
        _to_file(message)


async def _by_smtp(message: EmailMessage) -> None:
    url = urlsplit(settings().smtp_url)
    await aiosmtplib.send(
        message.as_bytes(policy=_WHOLE_LINES),
        sender=parseaddr(message["From"])[1],
        recipients=[message["To"]],
        hostname=url.hostname,
        port=url.port,
        username=unquote(url.username) if url.username else None,
        password=unquote(url.password) if url.password else None,
        use_tls=url.scheme == "smtps",
        timeout=20,
    )


def _to_file(message: EmailMessage) -> Path:
    folder = settings().mail_dir
    folder.mkdir(parents=True, exist_ok=True)
    name = message["Message-ID"].strip("<>").split("@")[0]
    file = folder / f"{name}.eml"
    file.write_bytes(message.as_bytes(policy=_WHOLE_LINES))
    return file
