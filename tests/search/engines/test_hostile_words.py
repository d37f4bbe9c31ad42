"""Whatever is typed is looked for, never obeyed; and nothing shown is markup."""

import pytest

from search.contract import Engine, Near, Query
from tests.search.engines.ads import BREST, ad, ask, found

HOSTILE = [
    '"',
    "'",
    "\\",
    '"poussette',
    "poussette -double",
    "poussette AND NOT double OR (",
    "title:poussette",
    "author:anne",
    "[a TO z}",
    "/.*/",
    "*",
    "pous*",
    "poussette~5",
    "poussette^9",
    "a" * 10_000,
    "mot " * 2_500,
    "pousse\x00tte",
    "\x00\x01\x02",
    "poussette 😀👨‍👩‍👧",
    "😀",
    "\ud800",
    "pous\udfffsette",
    "\ue000poussette\ue001",
    "<b>poussette</b>",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "{{ 7*7 }}",
    "幼稚園 детский сад",
    "ﬁ ½ ² Ⅻ",
    "\u202epoussette",
    "e" + "\u0301" * 500,
    "0" * 400,
]


@pytest.mark.parametrize("typed", HOSTILE, ids=ascii)
async def test_hostile_words_only_ever_find_or_do_not(engine: Engine, typed: str) -> None:
    answer = await ask(engine, typed, category="classifieds", near=Near(*BREST, km=50))
    assert {hit.id for hit in answer.hits} <= {"velo", "poussette", "roue"}
    await engine.suggest(Query(words=typed))


async def test_operators_are_words(engine: Engine) -> None:
    assert await found(engine, '"double poussette"') == ["poussette"]
    assert await found(engine, "poussette -double") == ["poussette"]


@pytest.mark.parametrize(
    "value",
    ['x" OR category = "pet_care', 'x\\" OR kind = "offer', "x' OR 1=1", "x] OR kind EXISTS", "\x00", "\ud800", ""],
)
async def test_filter_values_cannot_widen_a_search(engine: Engine, value: str) -> None:
    everything = 7
    narrowed = (await engine.search(Query(category=value))).total
    assert narrowed == (0 if value else everything)
    assert (await engine.search(Query(hidden_authors=(value, "anne")))).total == 5 - 0


async def test_marks_keep_the_text_as_it_was_written(engine: Engine) -> None:
    (hit,) = (await ask(engine, "chevaux foin")).hits
    assert "".join(piece.text for piece in hit.title) == "Visites aux chevaux"
    assert [piece.text for piece in hit.title if piece.is_hit] == ["chevaux"]
    assert "".join(piece.text for piece in hit.excerpt) == 'Foin & eau <b>chaque</b> jour "promis".'
    assert [piece.text for piece in hit.excerpt if piece.is_hit] == ["Foin"]


async def test_stored_text_cannot_forge_a_mark(empty: Engine) -> None:
    await empty.put([ad("forged", "Le \ue000vélo\ue001 <em>rouge</em>\ud800", "\x00" * 3)])
    (hit,) = (await ask(empty, "rouge")).hits
    assert [piece.text for piece in hit.title if piece.is_hit] == ["rouge"]
    assert "".join(piece.text for piece in hit.title).replace(" ", "") == "Levélo<em>rouge</em>"


async def test_an_excerpt_stands_around_the_hit(empty: Engine) -> None:
    await empty.put([ad("long", "Divers", "Rien ici. " * 100 + "Voici une tondeuse à gazon. " + "Ni là. " * 100)])
    (hit,) = (await ask(empty, "tondeuse")).hits
    shown = "".join(piece.text for piece in hit.excerpt)
    assert "une tondeuse à gazon" in shown
    assert shown.startswith("… ") and shown.endswith(" …") and len(shown) < 260
    assert [piece.text for piece in hit.excerpt if piece.is_hit] == ["tondeuse"]


async def test_slips_are_marked_too(engine: Engine) -> None:
    (hit,) = (await ask(engine, "pousette")).hits
    assert [piece.text for piece in hit.title if piece.is_hit] == ["Poussette"]
