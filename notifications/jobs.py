"""What the queue does for notifications. Each job reads the present state again and may run twice."""

from uuid import UUID

from app.jobs import RETRY, defer, queue


def one_after_the_other(member: UUID) -> str:
    """The lock of the jobs that write to a member: the second finds what the first has written of."""
    return f"news:{member}"


@queue.task(name="notifications.mail", retry=RETRY)
async def mail_news(member: str) -> None:
    """Writes to a member about what they have not read yet."""
    from notifications import mailing

    await mailing.mail_news(UUID(member))


@queue.task(name="notifications.look", retry=RETRY)
async def look_for_news(member: str) -> None:
    """Later, whether there is something to write of. Without the lock: a job that waits holds up all those after it."""
    await defer(mail_news, lock=one_after_the_other(UUID(member)), member=member)
