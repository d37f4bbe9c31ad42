"""Places by postcode or by its beginning."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import cache

from places.communes import table


def rows_with(postcode: str) -> list[int]:
    """Rows of the places whose postcode begins so (1 to 5 digits), the most populated first.

    A whole postcode of Paris, Lyon or Marseille gives its arrondissement and not the city.
    """
    data, codes, rows = table(), *_sorted()
    width = 10 ** (5 - len(postcode))
    first = int(postcode) * width
    found = sorted(set(rows[bisect_left(codes, first) : bisect_left(codes, first + width)]))
    if len(postcode) == 5:
        cities = {data.cities[row] for row in found if row in data.cities}
        return [row for row in found if data.codes[row] not in cities]
    return found


@cache
def _sorted() -> tuple[array[int], array[int]]:
    """Postcodes as numbers in ascending order, and the row of each."""
    pairs = sorted(
        (int(postcode), row)
        for row, postcodes in enumerate(table().postcodes)
        if postcodes
        for postcode in postcodes.split(",")
    )
    return array("i", [postcode for postcode, _ in pairs]), array("i", [row for _, row in pairs])
