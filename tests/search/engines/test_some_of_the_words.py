"""Where no ad has all the words, those with most of them are an answer like any other: counted, narrowed, ordered."""

import pytest

from search.contract import DocumentType, Engine, Near, Query, Sort
from tests.search.engines.ads import BREST, GUIPAVAS, QUIMPER, TOULON, ad, ask, found

# Nobody wrote all three: "tondeuse électrique silencieuse".
ADS = [
    ad("both", "Tondeuse électrique", "Peu servie.", days_old=4, at=TOULON, department="83"),
    ad("others", "Perceuse électrique silencieuse", days_old=6, at=BREST, category="helping_hand", author="bilal"),
    ad("ends", "Tondeuse silencieuse", "Révisée.", days_old=2, at=QUIMPER, price_cents=9000),
    ad("one", "Tondeuse à main", days_old=1, at=GUIPAVAS),
    ad("none", "Table de ferme", days_old=0),
]
ASKED = "tondeuse électrique silencieuse"


@pytest.fixture
async def engine(empty: Engine) -> Engine:
    await empty.put(ADS)
    return empty


async def test_those_with_most_of_the_words_are_counted_once(engine: Engine) -> None:
    answer = await ask(engine, ASKED)
    assert {hit.id for hit in answer.hits} == {"both", "others", "ends"}
    assert answer.total == 3
    assert answer.facets["category"] == {"classifieds": 2, "helping_hand": 1}


async def test_they_are_narrowed_and_the_facet_chosen_still_counts_the_others(engine: Engine) -> None:
    answer = await ask(engine, ASKED, category="classifieds")
    assert {hit.id for hit in answer.hits} == {"both", "ends"}
    assert answer.facets["category"] == {"classifieds": 2, "helping_hand": 1}
    assert answer.facets["department"] == {"83": 1, "29": 1}
    assert await found(engine, ASKED, hidden_authors=("bilal",), price_max_cents=0) == ["both"]


async def test_they_are_ordered_by_what_is_asked(engine: Engine) -> None:
    assert await found(engine, ASKED, sort=Sort.newest) == ["ends", "both", "others"]
    near = Near(*BREST)
    assert await found(engine, ASKED, sort=Sort.nearest, near=near) == ["others", "ends", "both"]


async def test_their_pages_follow_each_other(engine: Engine) -> None:
    pages = [await found(engine, ASKED, page=page, size=1, sort=Sort.newest) for page in (1, 2, 3, 4)]
    assert pages == [["ends"], ["both"], ["others"], []]


async def test_a_word_nobody_wrote_takes_nothing_away(engine: Engine) -> None:
    assert await found(engine, "table zanzibar") == ["none"]
    assert await found(engine, "zanzibar perceuse xylophone") == ["others"]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("farmassie ouverte", "Pharmacie ouverte dimanche"),
        ("lave vaiselle", "Lave-vaisselle"),
        ("jumaux", "Des jumeaux"),
        ("caf", "Dossier d’allocations familiales"),
        ("accompagnant d’élève en situation de handicap", "AESH : vos droits"),
        ("maison départementale des personnes handicapées", "Dossier MDPH"),
        ("potager", "Deux potagers"),
    ],
)
async def test_it_is_found_as_it_sounds_and_by_its_meaning(empty: Engine, typed: str, title: str) -> None:
    await empty.put([ad("right", title), ad("wrong", "Un café en terrasse"), ad("other", "Table de ferme")])
    assert await found(empty, typed) == ["right"]


async def test_a_type_with_fewer_of_the_words_than_another_is_still_asked_for_them(empty: Engine) -> None:
    await empty.put(
        [
            ad("ad", "Vélo rouge pliant"),
            ad("tip", "Peindre en rouge", type=DocumentType.tip),
            ad("other", "Tondeuse", type=DocumentType.tip),
        ]
    )
    types = {DocumentType.listing: 5, DocumentType.tip: 5}
    found = await empty.grouped(Query(words="vélo rouge pliant suspendu"), types)
    assert {type: [hit.id for hit in one.hits] for type, one in found.items()} == {
        DocumentType.listing: ["ad"],
        DocumentType.tip: ["tip"],
    }
