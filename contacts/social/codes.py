"""The code by which somebody without an account comes back: sixteen characters, eighty bits, kept only as an HMAC.

Crockford's alphabet leaves out I, L, O and U, so that what is copied by hand is read again
(https://www.crockford.com/base32.html).
"""

import hashlib
import hmac
from uuid import UUID

from app.settings import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 16, 4
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": "", "\u2010": "", "\u2011": "", "\u202f": "",
                        "\u00a0": "", "\t": "", "\n": "", ".": "", "–": "", "—": ""})  # fmt: skip


def code_of(once: UUID, text: str) -> str:
    """Of the form that opened a talk: sent twice by one click too many, it leads to one talk and one code."""
    digest = _hmac("code", f"{once} {text}")
    bits = int.from_bytes(digest[:10], "big")
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(LENGTH)))


def in_groups(code: str) -> str:
    """`7K2M-9QXA-…`, as it is shown and copied."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read(typed: str) -> str | None:
    """The code somebody typed, however they spaced it; None for what cannot be one."""
    code = typed.upper().translate(_ALIKE)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def hashed(code: str) -> bytes:
    """All that is kept of it."""
    return _hmac("social", code)


def masked(who: str) -> str:
    """An address, for counting only: without the site's secret nobody finds back whose it was."""
    return _hmac("address", who).hex()


def _hmac(purpose: str, what: str) -> bytes:
    return hmac.new(settings().secret.encode(), f"{purpose}:{what}".encode(), hashlib.sha256).digest()
