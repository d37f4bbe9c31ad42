"""How a name is compared: without accents, case, punctuation or the habits of writing (St, Ste, s/)."""

from __future__ import annotations

import re
import unicodedata

_JOINED = str.maketrans({"œ": "oe", "æ": "ae", "’": " ", "‘": " ", "–": " ", "—": " "})
_ON = re.compile(r"\bs/ ?")
_OTHER = re.compile(r"[^a-z0-9\n]+")
_SAINT = re.compile(r"\bst(e?)\b")
_EDGE = re.compile(r"^ +| +$", re.MULTILINE)


def fold(text: str) -> str:
    """Words of a-z and 0-9, one space between them. Line ends are kept: many names fold in one call, one a line."""
    text = text.lower().translate(_JOINED)
    text = unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode()
    text = _OTHER.sub(" ", _ON.sub("sur ", text))
    return _EDGE.sub("", _SAINT.sub(r"saint\1", text))
