"""Whether what a sheet says in euros agrees with the scale it names.

A figure that is nearly one of the scale, without being it, was written from another year or mistyped. A figure far from
all of them says something else: a ceiling of another aid, a sum of several.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from benefits.catalogue.reading import Sheet
from benefits.simulators.scales import Unscaled, scales

NEARLY = Decimal("0.03")
"""Scales are raised by less than this in most years."""
_EUROS = re.compile(r"(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(,\d{1,2})?[ \u00a0\u202f]?(?:€|euros?\b)")
_BASE = "bmaf"


def contradictions(one: Sheet, day: date) -> Iterator[str]:
    """In French, each figure that is nearly one of the scale."""
    amount = one.facts.amount
    right = _figures_of(amount.scale, day)
    if not right:
        return
    for said, words in figures(" ".join([amount.words, *(part.text for part in one.sections)])):
        nearest = min(right, key=lambda figure: abs(figure - said))
        off = abs(nearest - said)
        if off and off <= nearest * NEARLY and not _is_rounded(said, words, right):
            yield f"Elle dit {words}, le barème « {amount.scale} » donne {_written(nearest)}."


def figures(text: str) -> Iterator[tuple[Decimal, str]]:
    """Every amount, and how it is written."""
    for match in _EUROS.finditer(text):
        whole, cents = match.groups()
        yield Decimal(re.sub(r"\D", "", whole) + (cents or "").replace(",", ".")), match.group()


def _is_rounded(said: Decimal, words: str, right: set[Decimal]) -> bool:
    """`151 €` for 151.05."""
    return "," not in words and any(abs(figure - said) < 1 for figure in right)


def _figures_of(scale: str, day: date) -> set[Decimal]:
    """Those it holds, those it says as parts of the base of family benefits, with and without CRDS."""
    try:
        held = set(scales()[scale].on(day).values.values())
        base = scales()[_BASE].on(day).values if _BASE in scales() else {}
    except (KeyError, Unscaled):
        return set()
    parts = [part * figure for part in held for figure in base.values() if part < 10]
    gross = [*(figure for figure in held if figure >= 10), *parts]
    return {round(figure, 2) for figure in (*gross, *(figure * Decimal("0.995") for figure in parts))}


def _written(figure: Decimal) -> str:
    return f"{figure:.2f}\u202f€".replace(".", ",")
