"""What the site writes to members about their account. Each reads the account again just before it is sent."""

from uuid import UUID

from app import database, mail
from app.mail_text import mail_text
from members.links import fresh_link
from members.tables import LinkPurpose


async def answer_joining(member: UUID) -> None:
    """The link that confirms an address; or, to who confirmed it long ago, that they have an account."""
    account = await _account(member)
    if account is None:
        return
    email, is_confirmed = account
    if is_confirmed:
        await mail.send(email, *mail_text("already_member"))
    else:
        token = await fresh_link(member, LinkPurpose.confirm)
        await mail.send(email, *mail_text("confirm", token=token))


async def offer_new_password(member: UUID) -> None:
    """The link to choose another password; to an account never confirmed, the one that confirms it."""
    account = await _account(member)
    if account is None:
        return
    email, is_confirmed = account
    if is_confirmed:
        token = await fresh_link(member, LinkPurpose.new_password)
        await mail.send(email, *mail_text("new_password", token=token))
    else:
        await answer_joining(member)


async def tell_password_changed(member: UUID) -> None:
    if account := await _account(member):
        await mail.send(account[0], *mail_text("password_changed"))


async def _account(member: UUID) -> tuple[str, bool] | None:
    found = await database.row("SELECT email, confirmed_at IS NOT NULL FROM member WHERE id = $1", member)
    return (found[0], found[1]) if found else None
