"""Codes to join with, and the mail that answers."""

import email
import re
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from typing import Any

from app import database
from app.settings import settings
from members.codes import fresh_code
from members.tables import Body, JoiningCode, Member
from tests.helpers.browser import Browser, said
from tests.helpers.jobs import run_jobs

GOOD_PASSWORD = "cheval batterie agrafe juste"


async def a_code(body: Body, *, most_uses: int = 10, days: int = 30, **more: Any) -> JoiningCode:
    now = datetime.now(UTC)
    code = JoiningCode(
        body=body.id,
        code=fresh_code(),
        created_at=now,
        expires_at=now + timedelta(days=days),
        most_uses=most_uses,
        **more,
    )
    await code.save()
    return code


def a_request(code: JoiningCode | str, **changes: str) -> dict[str, str]:
    """What Émilie's neighbour Zoé sends to join."""
    fields = {
        "code": code if isinstance(code, str) else code.code,
        "first_name": "Zoé",
        "commune": "Brest (29)",
        "email": "zoe@exemple.fr",
        "password": GOOD_PASSWORD,
        "charter": "on",
    }
    return {name: value for name, value in {**fields, **changes}.items() if value}


def letters_to(address: str) -> list[EmailMessage]:
    """What was written to an address, oldest first."""
    files = sorted(settings().mail_dir.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    letters = [email.message_from_bytes(file.read_bytes(), EmailMessage, policy=policy.default) for file in files]
    return [letter for letter in letters if letter["To"] == address]


def link_in(letter: EmailMessage) -> str:
    """The path of the first link of a letter."""
    found = re.search(re.escape(settings().site_url) + r"(/\S+)", letter.get_content())
    assert found, letter.get_content()
    return found[1]


def empty_mailbox() -> None:
    for file in settings().mail_dir.glob("*.eml"):
        file.unlink()


async def joined(browser: Browser, code: JoiningCode, **changes: str) -> str:
    """The path of the link that confirms."""
    answer = await browser.submit("/rejoindre", **a_request(code, **changes))
    assert answer.headers.get("location") == "/rejoindre/courriel", said(answer)
    await run_jobs()
    return link_in(letters_to(changes.get("email", "zoe@exemple.fr"))[-1])


async def member(email: str = "zoe@exemple.fr") -> Member:
    """Who joined with that address."""
    found = await Member.objects().get(Member.email == email)
    assert found
    return found


async def spoilt(code: JoiningCode, how: str) -> None:
    """`how` is SQL: `uses = most_uses`."""
    await database.execute(f"UPDATE joining_code SET {how} WHERE id = $1", code.id)
