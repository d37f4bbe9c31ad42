"""A server that does not answer is left in peace for a moment, so that a dead one costs each page nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

FIRST_REST, LONGEST_REST = 0.5, 5.0  # seconds
MOST_SLOW = 3


class Breaker:
    """Each failure in a row makes the rest twice as long. After it one question goes through at a time, until one is
    answered. A question that takes too long may be the question's fault: only so many in a row are the server's.

    `away` and `slow`, one of its kinds, are what a question that fails raises.
    """

    def __init__(self, away: type[Exception], slow: type[Exception]) -> None:
        self._away, self._too_slow = away, slow
        self._rest = 0.0
        self._rests_until = 0.0
        self._is_probing = False
        self._slow = 0

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Around a question to the server. Raises `away` at once while it rests."""
        if self._rest and (self._is_probing or monotonic() < self._rests_until):
            raise self._away("It did not answer a moment ago.")
        probes = self._is_probing = bool(self._rest)
        try:
            yield
            self._rest, self._slow = 0.0, 0
        except self._too_slow:
            self._slow += 1
            if self._slow >= MOST_SLOW:
                self._rest_longer()
            raise
        except self._away:
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
