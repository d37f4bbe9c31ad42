"""Spreadsheets' files made to hold the site up: none takes more than a moment."""

import time

import pytest

from app.csv_reading import MOST_BYTES, Column, NotAFile, lines_of, text_of

COLUMNS = (Column("clé", "key", "", "", True), Column("nom", "name", "", "", True))
HEAD = "clé;nom"


def full(beginning: str, piece: str) -> bytes:
    sent = beginning.encode()
    return sent + piece.encode() * ((MOST_BYTES - len(sent)) // len(piece.encode()))


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (full(HEAD, ";nom"), "Deux colonnes portent le même nom"),
        (full(HEAD, ";x"), "Colonne inconnue"),
        (full(HEAD, ";"), "pas d’autre ligne"),
        (full(HEAD + "\n", "\n"), "pas d’autre ligne"),
        (full(HEAD + "\n", ";\n"), "pas d’autre ligne"),
        (full(HEAD + "\n", "a\n"), "lignes ; 5000 au plus"),
        (full(HEAD + "\n", 'a"'), "n’est pas du CSV"),
        (full(HEAD + '\na;"', "\n"), "n’est pas du CSV"),
        (full(HEAD + "\n", "é").decode().encode("utf-16-le"), "dépasse 2 Mo|pas du texte"),
        (b"PK\x03\x04" + b"\x00" * 1_000, "pas du texte"),
        (full("", "\n"), "vide"),
    ],
)
async def test_no_file_of_two_megabytes_holds_the_site_up(sent: bytes, why: str):
    began = time.process_time()
    with pytest.raises(NotAFile, match=why):
        lines_of(text_of(sent), COLUMNS)
    assert time.process_time() - began < 5


async def test_lines_are_numbered_as_a_spreadsheet_does():
    found = lines_of('\n\nclé;nom\n\na;b\n;\n"c\nd";e\n', COLUMNS)
    assert [(line.number, line.typed) for line in found] == [
        (5, {"key": "a", "name": "b"}),
        (7, {"key": "c\nd", "name": "e"}),
    ]
