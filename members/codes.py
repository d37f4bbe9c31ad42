"""Joining codes: Crockford's base 32, so that a code read aloud or copied by hand still opens the door."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12  # 60 bits
_LOOK_ALIKE = str.maketrans("OIL", "011")


def fresh_code() -> str:
    """A new code as it is stored: 12 characters, without hyphens."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normalised(typed: str) -> str:
    """The code as it is stored, whatever its case, spaces, hyphens, and O for 0 or I and L for 1."""
    kept = "".join(c for c in typed[:80].upper() if c.isascii() and c.isalnum())
    return kept.translate(_LOOK_ALIKE)


def shown(code: str) -> str:
    """In groups of four: `7K3M-Q2XF-9TDB`."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
