"""Small communities drawn by lot, as columns; and the same rules, said again one by one without any of the code."""

from itertools import combinations, permutations

import numpy as np
from hypothesis import strategies as st

from exchanges.kinds import Scope, Way
from exchanges.matching.entrants import SCOPES, WAY_BIT, Entrants, on_sphere
from places.distance import EARTH_KM

PLACES = ((48.4, -4.5, 0, 0), (48.0, -4.1, 0, 0), (45.9, 6.1, 1, 1), (43.3, 5.4, 2, 2), (-20.9, 55.4, 3, 3))
"""Latitude, longitude, department, region; the last one overseas."""
WEEKS = 6

household = st.fixed_dictionaries(
    {
        "place": st.sampled_from([*range(len(PLACES)), *range(len(PLACES)), None]),
        "settings": st.integers(0, 15),
        "allows": st.integers(0, 7),
        "sleeps": st.integers(1, 4),
        "party": st.integers(1, 4),
        "needs": st.sampled_from([0, 0, 0, 1, 2, 4]),
        "ways": st.integers(0, 15) | st.just(15),
        "least": st.integers(1, 2),
        "more": st.integers(0, 1),
        "give": st.sampled_from([0, 0, 0, 1]),
        "free": st.integers(0, 2**WEEKS - 1) | st.just(2**WEEKS - 1),
        "away": st.integers(0, 2**WEEKS - 1) | st.just(2**WEEKS - 1),
        "wishes": st.lists(
            st.tuples(
                st.sampled_from(SCOPES), st.integers(0, 4), st.sampled_from([20, 80]), st.sampled_from([0, 0, 1, 2, 8])
            ),
            max_size=3,
        )
        | st.just([(Scope.anywhere, 0, 20, 0)]),
    }
)


def entrants(people: list[dict]) -> Entrants:
    here = [PLACES[one["place"]] if one["place"] is not None else (0.0, 0.0, -1, -1) for one in people]
    wishes = [wish for one in people for wish in one["wishes"]]
    at = np.array(here, float).reshape(-1, 4)

    def column(name: str) -> np.ndarray:
        return np.array([one[name] for one in people], np.int16)

    def weeks(name: str) -> np.ndarray:
        return np.array([(one[name], 0) for one in people], np.uint64).reshape(-1, 2)

    return Entrants(
        ids=np.arange(len(people)) * 3 + 5,
        at=on_sphere(at[:, 0], at[:, 1]),
        department=at[:, 2].astype(np.int16),
        region=at[:, 3].astype(np.int16),
        overseas=at[:, 2] == 3,
        settings=column("settings").astype(np.uint8),
        allows=column("allows").astype(np.uint8),
        sleeps=column("sleeps"),
        party=column("party"),
        needs=column("needs").astype(np.uint8),
        ways=column("ways").astype(np.uint8),
        least=column("least"),
        most=column("least") + column("more"),
        give=column("give"),
        free=weeks("free"),
        away=weeks("away"),
        waited=np.zeros(len(people)),
        wishes_from=np.cumsum([0, *(len(one["wishes"]) for one in people)]),
        wish_scope=np.array([SCOPES.index(wish[0]) for wish in wishes], np.int8),
        wish_area=np.array([wish[1] for wish in wishes], np.int16),
        wish_at=on_sphere(
            np.array([PLACES[wish[1]][0] for wish in wishes]), np.array([PLACES[wish[1]][1] for wish in wishes])
        ),
        wish_reach=(2 * np.sin(np.array([float(wish[2]) for wish in wishes]) / EARTH_KM / 2)) ** 2,
        wish_setting=np.array([wish[3] for wish in wishes], np.uint8),
    )


def fits(people: list[dict], guest: int, host: int) -> bool:
    """By the letter of the rule."""
    g, h = people[guest], people[host]
    return (
        guest != host
        and h["place"] is not None
        and g["party"] <= h["sleeps"]
        and not g["needs"] & ~h["allows"]
        and any(_covers(wish, h) for wish in g["wishes"])
        and _in_common([_wide(g, "away"), _wide(h, "free")], [g, h])
    )


def exchangeable(people: list[dict], members: tuple[int, ...]) -> bool:
    """A pair, or a loop, each the guest of the next."""
    who = [people[one] for one in members]
    around = [*members[1:], members[0]]
    if any(one["place"] is None for one in who):
        return False
    if len(members) > 2 and not all(one["ways"] & WAY_BIT[Way.loop] for one in who):
        return False
    if not all(fits(people, guest, host) for guest, host in zip(members, around, strict=True)):
        return False
    same = _in_common([_wide(one, name) for one in who for name in ("away", "free")], who)
    return same or all(one["ways"] & WAY_BIT[Way.other_weeks] for one in who)


def every_exchange(people: list[dict]) -> set[tuple[int, ...]]:
    """Each once, beginning with its lowest row."""
    found = set()
    for size in (2, 3, 4):
        for those in combinations(range(len(people)), size):
            for rest in permutations(those[1:]):
                if (size > 2 or rest[0] > those[0]) and exchangeable(people, (those[0], *rest)):
                    found.add((those[0], *rest))
    return found


def heaviest(exchanges: list[tuple[int, ...]], weights: list[int]) -> int:
    """The weight of the best choice, by trying them all."""
    if not exchanges:
        return 0
    first, *others = exchanges
    without = heaviest(others, weights[1:])
    apart = [at for at, other in enumerate(others) if not set(first) & set(other)]
    return max(without, weights[0] + heaviest([others[at] for at in apart], [weights[1 + at] for at in apart]))


def _covers(wish: tuple, home: dict) -> bool:
    scope, area, km, setting = wish
    lat, lon, department, region = PLACES[home["place"]]
    if setting and not setting & home["settings"]:
        return False
    if scope == Scope.commune:
        return _km((lat, lon), PLACES[area][:2]) <= km
    if scope == Scope.overseas:
        return department == 3
    return scope == Scope.anywhere or area == (department if scope == Scope.department else region)


def _km(one: tuple[float, float], other: tuple[float, float]) -> float:
    a, b = (
        on_sphere(np.array([one[0]]), np.array([one[1]]))[0],
        on_sphere(np.array([other[0]]), np.array([other[1]]))[0],
    )
    return EARTH_KM * float(np.arccos(np.clip(a @ b, -1, 1)))


def _wide(one: dict, name: str) -> set[int]:
    weeks = {week for week in range(WEEKS) if one[name] >> week & 1}
    return {week + by for week in weeks for by in range(-one["give"], one["give"] + 1) if week + by >= 0}


def _in_common(sets: list[set[int]], who: list[dict]) -> bool:
    least, most = max(one["least"] for one in who), min(one["least"] + one["more"] for one in who)
    every = set.intersection(*sets)
    return least <= most and any(all(week + by in every for by in range(least)) for week in every)
