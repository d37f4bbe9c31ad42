"""Texts of the same words share a mark, whatever changes from one copy to the next."""

import pytest

from app import database
from moderation.cases.likeness import likeness_of
from tests.helpers.ads import pending
from tests.helpers.cases import case_of

SAID = ("Vends chaussures de sport", "Très bon état, 35 € la paire. Écrivez-moi vite !")


@pytest.mark.parametrize(
    "other",
    [
        ("VENDS CHAUSSURES DE SPORT", "tres bon etat, 35€ la paire... ecrivez moi vite"),
        ("Vends chaussures de sport 12", "Très bon état, 40 € la paire. Écrivez-moi vite 😀"),
        ("Vends  chaussures\nde sport :", "Très bon état - la paire ; écrivez-moi vite."),
    ],
)
async def test_capitals_accents_signs_and_numbers_make_no_other_text(other):
    assert likeness_of(*SAID) == likeness_of(*other)
    assert len(likeness_of(*SAID)) == 64


async def test_other_words_and_short_ones_share_nothing():
    assert likeness_of(*SAID) != likeness_of("Vends chaussures de ville", SAID[1])
    assert likeness_of("Bonjour, merci !") == likeness_of("") == ""


async def test_two_ads_of_the_same_words_have_the_same_mark_and_a_new_text_another(bilal, emilie):
    said = [
        await pending(who, title="Baskets neuves", body="Écrivez-moi : 35 € la paire, arrivage.")
        for who in (emilie, bilal)
    ]
    other = await pending(emilie, title="Garde du mercredi")
    marks = [(await case_of(ad.id))["likeness"] for ad in (*said, other)]
    assert marks[0] == marks[1] != marks[2]
    assert "" not in marks
    assert await database.value("SELECT count(*) FROM moderation_case WHERE likeness = $1", marks[0]) == 2
