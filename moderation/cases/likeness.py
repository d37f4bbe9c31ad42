"""Texts that say the same, whatever their capitals, accents, signs and numbers: the mark they share."""

import hashlib
import re
import unicodedata

SHORTEST = 20
"""Letters. « Bonjour », « toujours disponible ? » are said by many and mean no campaign."""
_NOT_LETTERS = re.compile(r"[^a-z]+")


def likeness_of(*texts: str) -> str:
    """64 characters, the same for texts of the same words; empty when they are too short to mean anything.

    Numbers do not count: a price or a telephone number is what changes most from one copy to the next.
    """
    folded = unicodedata.normalize("NFKD", " ".join(texts)).casefold()
    letters = "".join(sign for sign in folded if not unicodedata.combining(sign))
    said = _NOT_LETTERS.sub(" ", letters).strip()
    return hashlib.sha256(said.encode()).hexdigest() if len(said.replace(" ", "")) >= SHORTEST else ""
