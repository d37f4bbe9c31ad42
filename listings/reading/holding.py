"""Which filters can hold together: what no ad can be would be looked for in vain, and in every row."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from listings.kinds import ADS, Category, Kind
from places.departments import department, region
from places.finding import resolve
from search.contract import Period, Sort

RADII = (5, 10, 25, 50, 100)
LONGEST_SEARCH = 120
LARGEST_PRICE = 100_000  # euros

Values = dict[str, Any]
WHEN = frozenset({"du", "au", "jours", "moments"})
PRICES = frozenset({"nature", "prix_max"})
NEVER = {
    Category.childcare: PRICES,
    Category.school_run: PRICES,
    # When somebody looks for a person to feed a cat is when they are away: only offers are asked for their days.
    Category.pet_care: PRICES | WHEN,
    Category.classifieds: WHEN,
    Category.helping_hand: PRICES,
    Category.rides: PRICES,
    Category.tips: PRICES | WHEN | {"type"},
}
"""What the ads of a category do not have, so that they are not narrowed by it."""


def never_asked(category: Category | None, kind: Kind | None) -> frozenset[str]:
    """The filters that make no sense for the ads of a category and kind."""
    if category is None:
        return frozenset()
    is_offered_care = category is Category.pet_care and kind is Kind.offer
    return NEVER[category] - WHEN if is_offered_care else NEVER[category]


def together(values: Values) -> Values:
    """Those of these filters that hold together; the wider of two that exclude each other stays."""
    kept = placed(values)
    never = never_asked(kept.get("categorie"), kept.get("type"))
    kept = {name: value for name, value in kept.items() if name not in never}
    if "nature" in kept:
        kept.pop("type", None)  # a deal tells demand from offer itself
    if kept.get("tri") is Sort.soonest and "du" in never:
        kept.pop("tri")
    return _in_order(kept)


def placed(values: Values) -> Values:
    """The words as they are searched, and the places that exist and lie in one another."""
    if "q" in values:
        values["q"] = " ".join(values["q"].replace("\x00", " ").split())[:LONGEST_SEARCH]
    return _somewhere({name: value for name, value in values.items() if _FITS.get(name, bool)(value)})


def _somewhere(kept: Values) -> Values:
    where = department(kept.get("departement", ""))
    if where and kept.get("region", where.region) != where.region:
        kept.pop("departement")
    if "commune" in kept:
        kept["commune"] = _code(kept["commune"])
        kept.pop("commune" if kept["commune"] is None else "autour", None)
    return kept


def _in_order(kept: Values) -> Values:
    if kept.get("du") and kept.get("au") and kept["au"] < kept["du"]:
        kept["du"], kept["au"] = kept["au"], kept["du"]
    if "jours" in kept:
        kept["jours"] = tuple(sorted(set(kept["jours"])))
    if "moments" in kept:
        kept["moments"] = tuple(period for period in Period if period in kept["moments"])
    return kept


@lru_cache(maxsize=4096)
def _code(typed: str) -> str | None:
    place = resolve(typed[:LONGEST_SEARCH])
    return place.code if place else None


_FITS: dict[str, Callable[[Any], bool]] = {
    "categorie": ADS.__contains__,
    "rayon": RADII.__contains__,
    "prix_max": lambda euros: 0 < euros <= LARGEST_PRICE,
    "departement": lambda code: department(code) is not None,
    "region": lambda code: region(code) is not None,
}
