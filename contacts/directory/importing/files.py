"""Files a spreadsheet opens: the template of an import, and what became of each line."""

from collections.abc import Iterable

from app.csv_writing import spreadsheet
from contacts.directory.importing.columns import COLUMNS
from contacts.directory.importing.comparing import FATE, Told, Trouble

HEADINGS = ("ligne", "clé", "nom", "résultat", "colonne", "valeur", "que faire")


def template() -> str:
    """The names of the columns."""
    return spreadsheet([[column.name for column in COLUMNS]])


def report(told: Iterable[Told]) -> str:
    """One line for each line of the file, and one for each reason of a refusal."""
    return spreadsheet([HEADINGS, *(line for one in told for line in _lines(one))])


def _lines(one: Told) -> list[list[str]]:
    start = [str(one.number), one.key, one.name, FATE[one.fate]]
    if not one.troubles:
        return [[*start, ", ".join(one.changes), "", ""]]
    return [[*start, *_said(trouble)] for trouble in one.troubles]


def _said(trouble: Trouble) -> tuple[str, str, str]:
    return trouble.column, trouble.value, trouble.advice
