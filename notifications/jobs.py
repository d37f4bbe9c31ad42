"""What the queue does for notifications."""

from uuid import UUID

from app.jobs import RETRY, queue
from notifications import mailing


@queue.task(name="notifications.mail", retry=RETRY)
async def mail_news(member: str) -> None:
    """Writes to a member about what they have not read yet."""
    await mailing.mail_news(UUID(member))
