"""What the site writes to who sent a notice without an account: its number and where to follow it, nothing else."""

from uuid import UUID

from app import database, mail
from app.mail_text import mail_text
from moderation.notices.following import path_of


async def acknowledge(notice: UUID) -> None:
    await _write(notice, "notice_received")


async def tell_answer(notice: UUID) -> None:
    await _write(notice, "notice_answered")


async def _write(notice: UUID, words: str) -> None:
    """Nothing when the notice is forgotten by now, or was sent without an address."""
    found = await database.row("SELECT number, email FROM notice WHERE id = $1 AND email <> ''", notice)
    if found:
        await mail.send(found["email"], *mail_text(words, number=found["number"], path=path_of(notice)))
