"""Titles and texts put together from phrases.toml: as varied as ads are, and about nobody."""

import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from places.communes import Place

FILE = Path(__file__).parent / "phrases.toml"
LONGEST_TITLE = 100
_SLOT = re.compile(r"\{(\w+)\}")


class Theme(NamedTuple):
    """What one sort of ad says, cut where words are drawn: texts and names of slots in turn."""

    is_about: dict[str, Any]
    titles: list[list[str]]
    bodies: list[list[str]]


class Phrases(NamedTuple):
    themes: list[Theme]
    weights: list[int]
    """Cumulated, as `Random.choices` wants them."""
    closings: list[list[str]]
    words: dict[str, list[str]]


@cache
def phrases() -> Phrases:
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    themes = [Theme(one, _cut(one["titles"]), _cut(one["bodies"])) for one in read["theme"]]
    weights = [sum(one["weight"] for one in read["theme"][: n + 1]) for n in range(len(themes))]
    return Phrases(themes, weights, _cut(read["closings"]), read["words"])


def _cut(texts: list[str]) -> list[list[str]]:
    return [_SLOT.split(text) for text in texts]


def theme(chance: Random) -> Theme:
    return chance.choices(phrases().themes, cum_weights=phrases().weights)[0]


def written(chance: Random, theme: Theme, here: Place, other: Place) -> tuple[str, str]:
    """A title, and a text of two to four sentences of the theme and one or two that any ad may end with."""
    word = _words(chance, theme, here, other)
    title = _said(chance.choice(theme.titles), word)[:LONGEST_TITLE].rstrip()
    chosen = chance.sample(theme.bodies, chance.randint(2, min(4, len(theme.bodies))))
    chosen += chance.sample(phrases().closings, chance.randint(1, 2))
    return title, " ".join([_said(one, word) for one in chosen])


def _said(pieces: list[str], word: Callable[[str], str]) -> str:
    text = "".join([word(piece) if place % 2 else piece for place, piece in enumerate(pieces)])
    return text[:1].upper() + text[1:]


def _words(chance: Random, theme: Theme, here: Place, other: Place) -> Callable[[str], str]:
    """What stands in a slot; what the ad is about stays the same in all its sentences."""
    drawn = {"town": here.name, "other": other.name, "at": at(here.name)}
    lists = phrases().words

    def word(slot: str) -> str:
        if slot in drawn:
            return drawn[slot]
        if slot == "number":
            return str(chance.randint(2, 5))
        found = chance.choice(lists[chance.choice(theme.is_about["things"]) if slot == "thing" else slot])
        if slot in ("thing", "day", "age"):
            drawn[slot] = found
        return found

    return word


def at(town: str) -> str:
    """ "à Brest", "au Havre", "aux Ulis", "à La Rochelle"."""
    for article, preposition in (("Le ", "au "), ("Les ", "aux ")):
        if town.startswith(article):
            return preposition + town.removeprefix(article)
    return f"à {town}"
