"""What the queue writes to people without an account. Arguments name a notice, never an address."""

from uuid import UUID

from app.jobs import RETRY, queue


@queue.task(name="moderation.acknowledge_notice", retry=RETRY)
async def acknowledge(notice: str) -> None:
    from moderation.notices import mailing

    await mailing.acknowledge(UUID(notice))


@queue.task(name="moderation.answer_notice", retry=RETRY)
async def tell_answer(notice: str) -> None:
    from moderation.notices import mailing

    await mailing.tell_answer(UUID(notice))
