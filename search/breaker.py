"""An engine that does not answer is left in peace for a moment, so that a dead one costs each page nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from search.contract import EngineUnavailable, TooSlow

FIRST_REST, LONGEST_REST = 0.5, 5.0  # seconds
MOST_SLOW = 3


class Breaker:
    """Each failure in a row makes the rest twice as long. After it one question goes through at a time, until one is
    answered. A question that takes too long may be the question's fault: only so many in a row are the engine's."""

    def __init__(self) -> None:
        self._rest = 0.0
        self._rests_until = 0.0
        self._is_probing = False
        self._slow = 0

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Around a question to the engine. Raises `EngineUnavailable` at once while it rests."""
        if self._rest and (self._is_probing or monotonic() < self._rests_until):
            raise EngineUnavailable("The engine did not answer a moment ago.")
        probes = self._is_probing = bool(self._rest)
        try:
            yield
            self._rest, self._slow = 0.0, 0
        except TooSlow:
            self._slow += 1
            if self._slow >= MOST_SLOW:
                self._rest_longer()
            raise
        except EngineUnavailable:
            self._rest_longer()
            raise
        finally:
            if probes:
                self._is_probing = False

    def _rest_longer(self) -> None:
        # Questions that were under way together fail together: that is one failure.
        if monotonic() >= self._rests_until:
            self._rest = min(self._rest * 2 or FIRST_REST, LONGEST_REST)
            self._rests_until = monotonic() + self._rest
