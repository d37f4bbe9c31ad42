"""What the queue does for members. Arguments name a member, never an address or a link: the queue keeps no secret."""

from uuid import UUID

from app.jobs import RETRY, queue
from members import mails


@queue.task(name="members.answer_joining", retry=RETRY)
async def answer_joining(member: str) -> None:
    await mails.answer_joining(UUID(member))


@queue.task(name="members.offer_new_password", retry=RETRY)
async def offer_new_password(member: str) -> None:
    await mails.offer_new_password(UUID(member))


@queue.task(name="members.tell_password_changed", retry=RETRY)
async def tell_password_changed(member: str) -> None:
    await mails.tell_password_changed(UUID(member))
