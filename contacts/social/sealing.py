"""What is said to a social worker, sealed at rest with keys of its own: the database alone tells nothing of it.

Fernet (AES-128-CBC and HMAC-SHA-256, https://github.com/fernet/spec). What a token is of stands inside it, so that
whoever can write in the database cannot make one talk show the words of another.
"""

from functools import lru_cache
from uuid import UUID

import msgspec
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from app.settings import kept_once, settings


class Unreadable(Exception):
    """No key of ours opens it, or it is not what stood there."""


class Place(msgspec.Struct, frozen=True):
    """Where a sealed thing belongs: `kind` is what it is and whose, `thing` the id of its row or its `once`."""

    kind: str
    talk: UUID
    thing: UUID

    def __bytes__(self) -> bytes:
        return f"{self.kind} {self.talk} {self.thing}\n".encode()


def seal(place: Place, content: bytes) -> bytes:
    """With the first key."""
    return _keys().encrypt(bytes(place) + content)


def unseal(place: Place, sealed: bytes) -> bytes:
    """Raises Unreadable when no key opens it, or when it was sealed for another place."""
    content = opened(sealed)
    if not content.startswith(bytes(place)):
        raise Unreadable
    return content[len(bytes(place)) :]


def opened(sealed: bytes) -> bytes:
    """With the place before it. Raises Unreadable."""
    try:
        return _keys().decrypt(sealed)
    except InvalidToken:
        raise Unreadable from None


def resealed(sealed: bytes) -> bytes | None:
    """The same with the first key; None when it is already. Raises Unreadable."""
    content = opened(sealed)
    first = Fernet(keys()[0])
    try:
        first.decrypt(sealed)
    except InvalidToken:
        return first.encrypt(content)
    return None


def keys() -> list[str]:
    """The first seals, all of them open: those of SOCIAL_KEYS, else the one drawn once in STATE_DIR."""
    given = [key.strip() for key in settings().social_keys.split(",") if key.strip()]
    return given or [kept_once(settings().social_key_file, lambda: Fernet.generate_key().decode())]


def sound_keys() -> str:
    """What is wrong with the keys, or nothing."""
    for number, key in enumerate(keys(), start=1):
        try:
            Fernet(key)
        except ValueError:
            return f"key {number} is not 32 bytes in URL-safe base64"
    return ""


def _keys() -> MultiFernet:
    return _fernets(tuple(keys()))


@lru_cache(maxsize=4)
def _fernets(given: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in given])
