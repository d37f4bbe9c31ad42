"""Rendered fragments kept in memory, up to a number; the ones not asked for lately go first."""

from collections import OrderedDict
from collections.abc import Hashable
from secrets import token_hex
from typing import Generic, NamedTuple, Self, TypeVar
from uuid import uuid4

import brotli

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """A key must hold everything the fragment shows, so that nothing ever needs to be forgotten."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        if key in self._values:
            self._values.move_to_end(key)
            return self._values[key]
        return None

    def put(self, key: K, value: V) -> V:
        self._values[key] = value
        if len(self._values) > self._most:
            self._values.popitem(last=False)
        return value

    def clear(self) -> None:
        self._values.clear()


CSRF, ONCE = token_hex(16), token_hex(16)
"""What stands in a kept page for the token of its reader and for the number that makes a form count once."""


class Ready(NamedTuple):
    """A kept page. `compressed` (brotli) only when it is the same to the letter for everyone."""

    body: bytes
    compressed: bytes | None

    @classmethod
    def of(cls, body: bytes) -> Self:
        is_the_same = CSRF.encode() not in body and ONCE.encode() not in body
        return cls(body, brotli.compress(body, quality=4) if is_the_same else None)

    def for_one(self, token: str) -> tuple[bytes, bytes | None]:
        if self.compressed is not None:
            return self.body, self.compressed
        return self.body.replace(CSRF.encode(), token.encode()).replace(ONCE.encode(), str(uuid4()).encode()), None


pages = Kept[Hashable, Ready](120)  # about 70 KB each, key and body
