"""Filters, counts, places, order, pages, and those who must not see each other."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from search.contract import MOST_HITS, DocumentType, Engine, Near, Query, Sort
from tests.search.engines.ads import BREST, CAST, PARIS, ad, ask, found, in_batches

FOUR = ("category", "kind", "deal", "department")


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({"category": "childcare"}, {"garde", "soir"}),
        ({"kind": "request"}, {"garde", "chien"}),
        ({"deal": "sell"}, {"velo", "roue"}),
        ({"department": "83"}, {"soir"}),
        ({"category": "pet_care", "kind": "request"}, {"chien"}),
        ({"has_photo": True}, {"velo"}),
        ({"category": "classifieds", "price_max_cents": 2000}, {"roue", "poussette"}),
        ({"category": "no_such"}, set()),
        ({"category": "pet_care", "on_or_after": date(2026, 12, 27)}, {"chevaux"}),
        ({"category": "pet_care", "on_or_after": date(2026, 12, 26)}, {"chien", "chevaux"}),
        ({"kind": "request", "on_or_before": date(2026, 11, 30)}, set()),
        ({"kind": "request", "on_or_before": date(2026, 12, 1)}, {"garde"}),
        (
            {"kind": "request", "on_or_after": date(2026, 12, 25), "on_or_before": date(2026, 12, 25)},
            {"garde", "chien"},
        ),
    ],
)
async def test_conditions_narrow(engine: Engine, conditions: dict[str, Any], expected: set[str]) -> None:
    assert set(await found(engine, **conditions)) == expected


async def test_several_types_are_one_list(empty: Engine) -> None:
    """Ads and tips are read together; the pages of the site, which have no place, day or price, are not among them."""
    types = (DocumentType.listing, DocumentType.tip, DocumentType.guide)
    await empty.put([replace(ad(type.value, "Vélo"), type=type) for type in types])
    both = (DocumentType.listing, DocumentType.tip)
    for asked in ({}, {"on_or_after": date(2026, 12, 1)}, {"price_max_cents": 100_000}):
        answer = await ask(empty, "vélo", type=both, facets=("category",), **asked)
        assert {hit.id for hit in answer.hits} == {"listing", "tip"}
        assert answer.total == sum(answer.facets["category"].values()) == 2
    assert set(await found(empty, type=types)) == {"listing", "tip", "guide"}
    assert await found(empty, type=DocumentType.guide) == ["guide"]


async def test_words_and_conditions_hold_together(engine: Engine) -> None:
    assert await found(engine, "garde enfants", department="29") == ["garde"]


async def test_facets_count_everything_when_nothing_is_asked(engine: Engine) -> None:
    answer = await ask(engine, facets=FOUR)
    assert answer.total == 7
    assert answer.facets == {
        "category": {"classifieds": 3, "childcare": 2, "pet_care": 2},
        "kind": {"offer": 5, "request": 2},
        "deal": {"sell": 2, "give": 1},
        "department": {"29": 5, "83": 1, "75": 1},
    }


async def test_each_facet_is_counted_under_the_others_but_not_itself(engine: Engine) -> None:
    answer = await ask(engine, category="pet_care", kind="request", facets=FOUR)
    assert answer.total == 1
    assert answer.facets == {
        "category": {"childcare": 1, "pet_care": 1},
        "kind": {"offer": 1, "request": 1},
        "deal": {},
        "department": {"29": 1},
    }


async def test_facets_follow_the_words(engine: Engine) -> None:
    answer = await ask(engine, "enfants", department="83")
    assert answer.facets["department"] == {"29": 1, "83": 1}
    assert answer.facets["category"] == {"childcare": 1}


@pytest.mark.parametrize("choice", ["category", "kind", "deal", "department"])
async def test_a_count_is_what_choosing_it_gives(engine: Engine, choice: str) -> None:
    for value, count in (await ask(engine, kind="offer")).facets[choice].items():
        assert (await ask(engine, **{"kind": "offer", choice: value})).total == count


async def test_only_what_is_near_enough(engine: Engine) -> None:
    at_home = {"velo", "poussette", "garde"}
    assert set(await found(engine, near=Near(*BREST, km=5))) == at_home
    assert set(await found(engine, near=Near(*BREST, km=10))) == at_home | {"roue"}
    assert set(await found(engine, near=Near(*BREST, km=100))) == at_home | {"roue", "chien"}


async def test_distance_counts_in_facets_and_totals(engine: Engine) -> None:
    answer = await ask(engine, near=Near(*PARIS, km=25))
    assert (answer.total, answer.facets["department"]) == (1, {"75": 1})


async def test_nearest_goes_by_band_then_newest(engine: Engine) -> None:
    by_distance = ["poussette", "velo", "garde", "roue", "chien", "soir", "chevaux"]
    assert await found(engine, near=Near(*BREST), sort=Sort.nearest) == by_distance
    assert await found(engine, near=Near(*BREST, km=10), sort=Sort.nearest) == by_distance[:4]


async def test_what_is_of_no_place_is_as_far_as_what_is_far(engine: Engine) -> None:
    await engine.put([replace(ad("nowhere", "Tondeuse", days_old=0), lat=None, lon=None)])
    assert (await found(engine, near=Near(*BREST), sort=Sort.nearest))[-4:] == ["chien", "nowhere", "soir", "chevaux"]
    assert "nowhere" not in await found(engine, near=Near(*BREST, km=100))
    answer = await ask(engine, near=Near(*BREST), sort=Sort.nearest)
    assert answer.total == len(answer.hits) == len(CAST) + 1


async def test_nearest_pages_join_without_gap_or_double(engine: Engine) -> None:
    near = Near(*BREST)
    whole = await found(engine, near=near, sort=Sort.nearest)
    paged = [id for page in (1, 2, 3, 4) for id in await found(engine, near=near, sort=Sort.nearest, page=page, size=2)]
    assert paged == whole


async def test_nearest_to_nowhere_is_newest(engine: Engine) -> None:
    assert await found(engine, sort=Sort.nearest) == await found(engine, sort=Sort.newest)


async def test_what_answers_best_comes_first_among_what_is_near(empty: Engine) -> None:
    await empty.put(
        [
            ad("body", "Au jardin", "Une tondeuse.", days_old=1),
            ad("far", "Tondeuse", at=PARIS, department="75", days_old=1),
            ad("title", "Tondeuse", days_old=1),
            replace(ad("nowhere", "Tondeuse", days_old=2), lat=None, lon=None),
        ]
    )
    near = Near(*BREST, km=50)
    assert await found(empty, "tondeuse", favours=near) == ["title", "body", "far", "nowhere"]
    assert await found(empty, "tondeuse", favours=near, near=Near(*PARIS, km=25)) == ["far"]
    assert await found(empty, "tondeuse") != await found(empty, "tondeuse", favours=near)
    for other in (Sort.newest, Sort.nearest):
        plain = await found(empty, "tondeuse", sort=other, near=Near(*PARIS))
        assert await found(empty, "tondeuse", sort=other, near=Near(*PARIS), favours=near) == plain
    assert await found(empty, favours=near) == await found(empty)


async def test_near_first_pages_join_without_gap_or_double(empty: Engine) -> None:
    """Also where only some of the words are found, and in several ways at once."""
    places = (BREST, PARIS)
    await empty.put(
        [ad(f"n{number}", f"{what} {number}", days_old=number, at=places[number % 2])
         for number, what in enumerate(("Tondeuse", "Scarificateur", "Tondeuse", "Brouette", "Brouette", "Tondeuse"))]
    )  # fmt: skip
    for words in ("tondeuse", "tondeuse scarificateur brouette"):
        whole = await found(empty, words, favours=Near(*PARIS, km=50))
        assert set(whole[: len(whole) // 2]) <= {"n1", "n3", "n5"}
        assert set(whole) == set(await found(empty, words))
        paged = [
            id
            for page in range(1, 5)
            for id in await found(empty, words, favours=Near(*PARIS, km=50), page=page, size=2)
        ]
        assert paged == whole


async def test_near_comes_first_of_each_type_but_homes(empty: Engine) -> None:
    """Which one exchanges to be somewhere else; there the title counts, then how new it is."""
    types = (DocumentType.listing, DocumentType.tip, DocumentType.home)
    await empty.put(
        [replace(ad(f"{type}-{name}", "Maison", at=at, days_old=old), type=type)
         for type in types for name, at, old in (("near", BREST, 2), ("far", PARIS, 1))]
    )  # fmt: skip
    answers = await empty.grouped(Query(words="maison", favours=Near(*BREST, km=50)), dict.fromkeys(types, 5))
    assert [[hit.id for hit in answers[type].hits] for type in types] == [
        ["listing-near", "listing-far"],
        ["tip-near", "tip-far"],
        ["home-far", "home-near"],
    ]


async def test_a_home_has_all_the_traits_asked_for(empty: Engine) -> None:
    of = {
        "sea": ("setting_sea", "step_free", "cot"),
        "town": ("setting_town", "step_free"),
        "hut": ("setting_sea",),
    }
    sleeps = {"sea": 6, "town": 2, "hut": None}
    await empty.put(
        [
            replace(ad(id, "Maison"), type=DocumentType.home, traits=traits, sleeps=sleeps[id])
            for id, traits in of.items()
        ]
    )
    assert set(await found(empty, traits=("setting_sea", "step_free"))) == {"sea"}
    assert set(await found(empty, traits=("step_free",), sleeps_min=2)) == {"sea", "town"}
    assert set(await found(empty, sleeps_min=3)) == {"sea"}
    answer = await ask(empty, traits=("step_free",), facets=("traits", "department"))
    assert answer.facets["traits"] == {"step_free": 2, "setting_sea": 1, "setting_town": 1, "cot": 1}
    assert answer.facets["department"] == {"29": 2}


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("words", ["", "tondeuse"])
async def test_of_one_moment_what_served_most_comes_first(empty: Engine, sort: Sort, words: str) -> None:
    served = {"a": 0, "b": 7, "c": 0, "d": 0}
    await empty.put([ad(id, "Tondeuse", helpful=helpful) for id, helpful in served.items()])
    assert (await found(empty, words, sort=sort, near=Near(*BREST)))[0] == "b"


@pytest.mark.parametrize("sort", [Sort.newest, Sort.soonest])
async def test_among_what_served_what_served_most_comes_first(empty: Engine, sort: Sort) -> None:
    on = date(2026, 12, 1)
    await empty.put(
        [ad(id, "Tondeuse", helpful=helpful, soonest_on=on) for id, helpful in zip("abcd", (2, 40, 1, 3), strict=True)]
    )
    await empty.put([ad("new", "Tondeuse", days_old=0, soonest_on=on), ad("no-day", "Tondeuse", days_old=0)])
    assert [id for id in await found(empty, sort=sort) if id != "no-day"] == ["new", "b", "d", "a", "c"]


async def test_newest_first(engine: Engine) -> None:
    newest = [document.id for document in sorted(CAST, key=lambda one: one.published_at, reverse=True)]
    assert await found(engine, sort=Sort.newest) == newest
    assert await found(engine) == newest
    assert await found(engine, "enfants", sort=Sort.newest) == ["soir", "garde"]


async def test_pages_follow_each_other(engine: Engine) -> None:
    whole = await found(engine)
    assert await found(engine, page=2, size=3) == whole[3:6]
    assert await found(engine, page=3, size=3) == whole[6:]


async def test_a_page_beyond_the_end_is_empty_with_the_true_total(engine: Engine) -> None:
    for page in (4, 41, 1_000_000_000):
        answer = await ask(engine, page=page, size=25)
        assert (answer.hits, answer.total) == ([], 7)


async def test_pages_stop_at_a_thousand_hits_and_the_total_goes_on(empty: Engine) -> None:
    many = [ad(f"n{number}", f"Annonce {number}", days_old=number % 50) for number in range(1100)]
    await empty.rebuild(in_batches(many, 500))
    assert len(await found(empty, page=10, size=100)) == 100
    answer = await ask(empty, page=11, size=100)
    assert (answer.hits, answer.total) == ([], 1100)
    assert Query(page=7, size=150).window == (900, MOST_HITS - 900)


async def test_the_hidden_are_in_no_hit_total_or_facet(engine: Engine) -> None:
    hidden = ("bilal", "farid")
    answer = await ask(engine, hidden_authors=hidden)
    assert {hit.id for hit in answer.hits} == {"velo", "roue", "soir"}
    assert answer.total == 3
    assert answer.facets["category"] == {"classifieds": 2, "childcare": 1}
    assert answer.facets["department"] == {"29": 2, "83": 1}
    narrowed = await ask(engine, hidden_authors=hidden, category="pet_care", kind="request", facets=FOUR)
    assert narrowed.total == 0
    assert narrowed.facets == {"category": {}, "kind": {}, "deal": {}, "department": {}}


async def test_the_hidden_are_not_suggested(engine: Engine) -> None:
    assert [one.text for one in await engine.suggest(Query(words="pous"))] == ["Poussette double"]
    assert await engine.suggest(Query(words="pous", hidden_authors=("bilal",))) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("vel", "Vélos électriques pour adultes"),
        ("velos elec", "Vélos électriques pour adultes"),
        ("baby-sit", "Baby-sitter le mercredi"),
        ("promener un ch", "Promener un chien"),
    ],
)
async def test_titles_complete_what_is_typed(engine: Engine, typed: str, expected: str) -> None:
    assert expected in [one.text for one in await engine.suggest(Query(words=typed))]


@pytest.mark.parametrize("typed", ["trotinette", "trotinet", "trottinete bl", "trotinete bleue"])
async def test_titles_are_proposed_in_spite_of_a_slip(empty: Engine, typed: str) -> None:
    await empty.put([ad("a", "Trottinette bleue"), ad("b", "Tondeuse rouge")])
    assert [one.text for one in await empty.suggest(Query(words=typed))] == ["Trottinette bleue"]


async def test_numbers_proposed_are_exactly_those_typed(empty: Engine) -> None:
    await empty.put([ad("a", "Trottinette 16 pouces"), ad("b", "Trottinette 18 pouces")])
    assert [one.text for one in await empty.suggest(Query(words="trotinette 16"))] == ["Trottinette 16 pouces"]


async def test_suggestions_are_bounded_distinct_and_newest_first(empty: Engine) -> None:
    await empty.put([ad(f"t{days}", f"Tondeuse {days % 3}", days_old=days) for days in range(9)])
    assert [one.text for one in await empty.suggest(Query(words="tond"), limit=2)] == ["Tondeuse 0", "Tondeuse 1"]
    assert len(await empty.suggest(Query(words="tond"), limit=8)) == 3


@pytest.mark.parametrize("typed", ["", "  ", "?", "zzzz"])
async def test_nothing_to_suggest(engine: Engine, typed: str) -> None:
    assert await engine.suggest(Query(words=typed)) == []


async def test_a_title_leads_to_its_ad_unless_two_bear_it(empty: Engine) -> None:
    await empty.put([ad("a", "Tondeuse à gazon"), ad("b", "Tondeuse à GAZON", days_old=2), ad("c", "Tondeuse bleue")])
    led = {one.text: one.id for one in await empty.suggest(Query(words="tond"))}
    assert led == {"Tondeuse à gazon": None, "Tondeuse bleue": "c"}
