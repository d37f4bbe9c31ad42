"""How a French word sounds: what is spelled as it is heard ("poucette", "jumaux") meets what others spell rightly."""

import re
from functools import lru_cache

SHORTEST = 4
# No stem begins so: a sound is never taken for a word.
MARK = "0"

# Nasal vowels are those before another consonant or at the end.
_NASAL = r"(?![aeiouyhnm])"
# In this order. Digits stand for sounds of several letters: 1 an, 2 in, 3 on, 4 ch, 5 gn, 6 ou, 7 ill, 8 eu.
_RULES = tuple(
    (re.compile(spelled), heard)
    for spelled, heard in (
        (r"([aeiou])ill", r"\g<1>7"),
        (r"ill", "i7"),
        (r"([a-z])\1", r"\1"),
        (r"s?ch|sh", "4"),
        (r"ph", "f"),
        (r"gn", "5"),
        (r"eaux?|aux?", "o"),
        (r"ti(?=on|el|eu)", "si"),
        (r"sc(?=[eiy])|c(?=[eiy])", "s"),
        (r"gu(?=[eiy])", "g"),
        (r"g(?=[eiy])", "j"),
        (r"qu?|c?k|c", "k"),
        (r"ou|w", "6"),
        (r"oeu|eu|oe", "8"),
        (r"oi|oy", "6a"),
        (rf"(?:ain|ein|aim|yn|ym|in|im|un|um){_NASAL}", "2"),
        (rf"(?:an|am|en|em){_NASAL}", "1"),
        (rf"(?:on|om){_NASAL}", "3"),
        (r"h", ""),
        (r"ai|ei|ay|ey", "e"),
        (r"y", "i"),
        (r"z", "s"),
        (r"x(?=.)", "ks"),
        (r"(?:er|es|[tdp]s|[estdxp])$", ""),
        (r"(.)\1", r"\1"),
    )
)


@lru_cache(maxsize=65_536)
def sound(word: str) -> str | None:
    """How a folded word sounds, roughly; None for what is too short to tell or has figures in it."""
    if len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
        return None
    heard = word
    for spelled, said in _RULES:
        heard = spelled.sub(said, heard)
    return MARK + heard if len(heard) > 1 else None
