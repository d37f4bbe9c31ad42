"""A job that goes through many things does all that can be done: one that fails keeps no other from its turn."""

import logging
import traceback
from collections.abc import Awaitable
from typing import Any, Self

log = logging.getLogger(__name__)


class SweepIncomplete(Exception):
    """Some things failed, the others are done: the job shows as failed, and the next run takes them up again."""


class Sweep:
    """`async with Sweep("expire_ads") as sweep:` and then `take` each thing. Leaving it raises SweepIncomplete when
    something failed; `failed` holds those, for a query that looks for what is left.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.failed: list[Any] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None and self.failed:
            raise SweepIncomplete(f"{self.name}: {len(self.failed)} failed, see the log")

    async def take(self, thing: object, work: Awaitable[object]) -> bool:
        """Does the work on one thing, in a transaction of its own; False when it failed."""
        try:
            await work
        except Exception as error:
            # Where, but not the message: the database quotes the row in it, and with it what a member wrote.
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("%s: %s failed with %s\n%s", self.name, thing, type(error).__name__, where)
            self.failed.append(thing)
            return False
        return True
