"""What French asks of words put together: `d’Anne`, `au Havre`, no line that begins with a colon."""

import re
from collections.abc import Sequence

from places.folding import fold

_LEAVES_ALONE = re.compile(r" (?=[:;?!»])|(?<=«) ")
_ARTICLES = {"le ": ("du ", "au "), "les ": ("des ", "aux ")}


def of(name: str) -> str:
    """A person or a commune after `de`: `d’Anne`, `de Bilal`, `du Havre`."""
    return _with_article(name, 0) or (f"d’{name}" if fold(name)[:1] in set("aeiou") else f"de {name}")


def at(commune: str) -> str:
    """A commune after `à`: `à Brest`, `au Havre`."""
    return _with_article(commune, 1) or f"à {commune}"


def listed(names: Sequence[str]) -> str:
    """`Anne`, `Anne et Bilal`, `Anne, Bilal et Chloé`."""
    return " et ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def typeset(text: str) -> str:
    """People type plain spaces around French punctuation: a line must not break there."""
    return type(text)(_LEAVES_ALONE.sub("\u00a0", text))  # markup stays markup


def _with_article(name: str, which: int) -> str:
    for article, contracted in _ARTICLES.items():
        if name.lower().startswith(article):
            return contracted[which] + name[len(article) :]
    return ""
