"""What the queue does for measures. Each job reads the present state again and may run twice."""

from uuid import UUID

from app.jobs import RETRY, queue


@queue.task(name="moderation.follow_suspension", retry=RETRY)
async def follow_suspension(member: str) -> None:
    """The ads of a member who is suspended are set aside, and come back once they no longer are."""
    from moderation.sanctions.following import follow

    await follow(UUID(member))
