"""What the queue does for matching."""

from app.jobs import RETRY, queue

ONE_AT_A_TIME = "matching"
"""The lock of every job of matching, the nightly one included: each sees what the one before proposed."""


@queue.task(name="exchanges.match_those_who_asked", retry=RETRY, lock=ONE_AT_A_TIME)
async def match_those_who_asked() -> None:
    from exchanges.matching.following import match_those_who_asked

    await match_those_who_asked()
