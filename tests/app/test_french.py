"""Words put together as French asks."""

import pytest

from app.french import at, listed, of, typeset


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Anne", "d’Anne"),
        ("Émilie", "d’Émilie"),
        ("Bilal", "de Bilal"),
        ("Yann", "de Yann"),
        ("Orléans", "d’Orléans"),
        ("Le Havre", "du Havre"),
        ("Les Abymes", "des Abymes"),
        ("La Rochelle", "de La Rochelle"),
        ("L’Isle-Adam", "de L’Isle-Adam"),
        ("Lescar", "de Lescar"),
    ],
)
def test_a_name_after_de(name, said):
    assert of(name) == said


@pytest.mark.parametrize(
    ("name", "said"), [("Brest", "à Brest"), ("Le Havre", "au Havre"), ("Les Abymes", "aux Abymes"), ("Le", "à Le")]
)
def test_a_commune_after_a(name, said):
    assert at(name) == said


def test_no_line_begins_with_a_sign_nor_ends_with_an_opening_one():
    assert typeset("Une ville : le carton « premier soir » ? Oui !") == (
        "Une ville\u00a0: le carton «\u00a0premier soir\u00a0»\u00a0? Oui\u00a0!"
    )
    assert typeset("À 10:30, sans espace:") == "À 10:30, sans espace:"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["Anne"], "Anne"),
        (["Anne", "Bilal"], "Anne et Bilal"),
        (["Anne", "Bilal", "Chloé"], "Anne, Bilal et Chloé"),
    ],
)
def test_names_in_a_row(names, said):
    assert listed(names) == said
