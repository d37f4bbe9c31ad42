"""French words as they are compared: what people type, and what others wrote, come to the same forms."""

import sys

import pytest

from search.contract import Document
from search.embedded import EmbeddedEngine
from search.words.forms import ACRONYMS, fold, stem, stems, tokens
from search.words.marking import Marker
from search.words.sounds import sound
from search.words.synonyms import Vocabulary, current, units, use
from tests.search.data.distractors import NEWEST
from tests.search.engines.ads import found


@pytest.fixture(autouse=True)
def undo() -> None:
    """Words need no database."""


@pytest.fixture
def vocabulary():
    yield
    use(None)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("decole", "d’école"),
        ("lhopital", "l'hôpital"),
        ("linscription", "l’inscription"),
        ("oeuf", "Œufs"),
        ("nouveau né", "nouveau-nés"),
        ("grands parents", "grands-parents"),
        ("apres midi", "après-midi"),
        ("babysitter", "Baby-sitters"),
        ("velo electrique", "Vélos électriques"),
        ("chevaux", "cheval"),
    ],
)
def test_different_spellings_are_the_same_words(typed: str, written: str) -> None:
    assert stems(typed) == stems(written) != ""


@pytest.mark.parametrize("kept", ["pas", "plus", "sans", "sous", "contre", "aucun", "peu"])
def test_words_that_change_the_meaning_are_words(kept: str) -> None:
    assert stems(f"appartement {kept} cher").split()[1] == stem(kept)


def test_an_acronym_is_no_other_word() -> None:
    assert stem("caf") == "caf" and stem("café") != "caf"
    others = {stem(word) for word in ("cafe", "cafes", "asme", "aree", "mame", "rame") if word not in ACRONYMS}
    assert not others & ACRONYMS


@pytest.mark.parametrize(
    "spelled",
    [
        "poussette poucette pousette poussettes",
        "jumeaux jumaux",
        "chevaux cheveaux",
        "nourrice nourisse nourise",
        "appartement apartement appartemen",
        "récupérer recuperé récupère",
        "pharmacie farmacie",
        "hôpital opital",
        "orthophoniste ortofoniste",
        "rehausseur rehauseur",
        "quotient quotien",
    ],
)
def test_what_sounds_alike_is_heard_alike(spelled: str) -> None:
    heard = {sound(fold(word)) for word in spelled.split()}
    assert len(heard) == 1 and None not in heard


@pytest.mark.parametrize(("one", "other"), [("poussette", "pouce"), ("chien", "chat"), ("fille", "file")])
def test_what_sounds_different_is_not(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@pytest.mark.parametrize("word", ["16", "t4", "psc1", "lit", "детский"])
def test_figures_and_short_words_are_never_only_heard(word: str) -> None:
    assert sound(fold(word)) is None


def test_a_misspelt_compound_is_one_where_somebody_searches_only() -> None:
    assert [token.word for token in tokens("lave vaiselle", is_typed=True)] == ["lavevaisselle"]
    assert [token.word for token in tokens("lave vaiselle")] == ["lave", "vaiselle"]


def test_the_longest_expression_that_has_another_name_is_one_thing() -> None:
    (asked,) = units("garde d’enfants")
    assert stem("nounou") in [name[0] for name in asked.others]
    assert [unit.words for unit in units("nounou mercredi nounou")] == [("nounou",), ("mercredi",)]


def test_acronyms_and_their_meaning_are_names_of_each_other() -> None:
    (short,) = units("mdph")
    (meaning,) = units("maison départementale des personnes handicapées")
    assert meaning.stems in short.others and short.stems in meaning.others


def test_words_may_be_added_while_the_site_runs(vocabulary: None) -> None:
    added = Vocabulary.of([["zinzolin", "violet rougeâtre"]], [("zinzolin", "couleur")])
    assert added == Vocabulary.of([["zinzolin", "violet rougeâtre"]], [("zinzolin", "couleur")]) != Vocabulary.of()
    assert units("zinzolin")[0].others == ()
    assert len(units("zinzolin", added)[0].others) == 2
    use(added)
    assert current() is added
    assert [unit.words for unit in units("violet rougeâtre")] == [("violet", "rougeatre")]
    assert units("couleur")[0].others == ()
    use(None)
    assert current() == Vocabulary.of()


@pytest.mark.parametrize(
    "nothing", [[["de la", "pour"]], [["", " ?! "]], [["vélo"]], [[]], [["vélo", "VÉLO", "vélos"]]]
)
def test_groups_that_say_nothing_change_nothing(nothing: list[list[str]]) -> None:
    assert Vocabulary.of(nothing) == Vocabulary.of()


async def test_added_words_find_and_are_shown_at_once(vocabulary: None) -> None:
    engine = EmbeddedEngine()
    await engine.prepare()
    await engine.put([Document(id="one", title="Rideaux couleur violet rougeâtre", body="", published_at=NEWEST)])
    assert await found(engine, "zinzolin") == []
    use(Vocabulary.of([["zinzolin", "violet rougeâtre"]]))
    assert await found(engine, "zinzolin") == ["one"]
    shown = Marker.of(units("zinzolin")).title("Rideaux couleur violet rougeâtre")
    assert [piece.text for piece in shown if piece.is_hit] == ["violet", "rougeâtre"]
    await engine.close()


@pytest.mark.parametrize(
    ("typed", "written"), [("jumaux", "jumeaux"), ("nourisse", "nourrice"), ("farmacie", "pharmacie")]
)
def test_a_word_found_by_its_sound_is_shown(typed: str, written: str) -> None:
    shown = Marker.of(units(typed)).title(f"Annonce de {written} ici")
    assert [piece.text for piece in shown if piece.is_hit] == [written]


def test_only_the_last_word_is_shown_where_another_begins_with_it():
    for typed, shown in (("16 velo", ["vélodrome", "16"]), ("velo 16", ["16"])):
        pieces = Marker.of(units(typed)).title("Le vélodrome, porte 16")
        assert [piece.text for piece in pieces if piece.is_hit] == shown


def test_no_letter_of_any_writing_is_a_word_of_nothing():
    alone = (letter for letter in map(chr, range(sys.maxunicode)) if letter.isalnum())
    said = [token for letter in alone for token in tokens(letter)]
    assert len(said) > 100_000
    assert not [token for token in said if not token.word.strip() or not token.stem.strip()]
    assert [token.word for token in tokens("ﾞ vélo ﾟ")] == ["velo"], "marks without a letter"


def test_letters_that_only_look_bold_are_the_letters_they_look_like():
    assert stems("𝐓𝐎𝐍𝐃𝐄𝐔𝐒𝐄 𝗛") == stems("Tondeuse H")
