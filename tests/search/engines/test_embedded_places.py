"""Circles remembered while new places keep coming."""

import pytest

from search.embedded import nearby
from search.embedded.nearby import Places
from search.embedded.schema import spot
from tests.search.engines.ads import BREST, GUIPAVAS


async def test_a_place_that_comes_while_a_circle_is_drawn_is_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    places, measured = Places([spot(*BREST)]), nearby.kilometres

    def meanwhile(*points: float) -> float:
        places.add(spot(*GUIPAVAS))
        return measured(*points)

    monkeypatch.setattr(nearby, "kilometres", meanwhile)
    places.within(*BREST, 25)
    assert set(places.within(*BREST, 25)) == {spot(*BREST), spot(*GUIPAVAS)}
