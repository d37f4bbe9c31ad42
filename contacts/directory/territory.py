"""For which places a contact is: communes, whole departments, or everywhere."""

import re
from collections.abc import Sequence

from app.french import listed
from places.communes import Place, commune
from places.departments import department
from places.finding import resolve

EVERYWHERE = "toute la France"
NAMED = 6
"""Beyond so many, the others are counted."""
_INSEE = re.compile(r"insee\s*(\w{5})$", re.IGNORECASE)


def in_words(departments: Sequence[str], communes: Sequence[str]) -> str:
    """`Finistère (29) et Morbihan (56)`, `Brest (29), Quimper (29) et 3 autres communes`, `toute la France`."""
    whole = [where.label for code in departments if (where := department(code))]
    towns = [place.label for code in communes if (place := commune(code))]
    return listed([*_first(whole, "départements"), *_first(towns, "communes")]) or EVERYWHERE


def _first(names: list[str], what: str) -> list[str]:
    if len(names) <= NAMED:
        return names
    return [*names[: NAMED - 1], f"{len(names) - NAMED + 1} autres {what}"]


def pieces(typed: str, separators: str = r"[,;|\n]+") -> list[str]:
    """What is between the separators, each once."""
    return list(dict.fromkeys(piece for one in re.split(separators, typed) if (piece := one.strip())))


def departments_of(typed: str) -> tuple[tuple[str, ...], list[str]]:
    """Codes of `29, 2A 974`, and what is none."""
    codes = [one.zfill(2) for one in pieces(typed.upper(), r"[\s,;|]+")]
    return tuple(code for code in codes if department(code)), [code for code in codes if not department(code)]


def communes_of(typed: str) -> tuple[tuple[str, ...], list[str]]:
    """INSEE codes of `Brest (29); 29200; INSEE 29232`, and what is no commune or might be several."""
    found = {one: place_named(one) for one in pieces(typed)}
    known = dict.fromkeys(place.code for place in found.values() if place)
    return tuple(known), [one for one, place in found.items() if place is None]


def place_named(typed: str) -> Place | None:
    """A name, a postcode of one commune, a label, or `INSEE 29019`: five figures alone are a postcode."""
    insee = _INSEE.match(typed.strip())
    return commune(insee[1].upper()) if insee else resolve(typed)
