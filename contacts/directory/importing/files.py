"""Files a spreadsheet opens: the template of an import, and what became of each line."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from contacts.directory.importing.columns import COLUMNS
from contacts.directory.importing.comparing import FATE, Told, Trouble

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
HEADINGS = ("ligne", "clé", "nom", "résultat", "colonne", "valeur", "que faire")


def template() -> str:
    """The names of the columns."""
    return _written([[column.name for column in COLUMNS]])


def report(told: Iterable[Told]) -> str:
    """One line for each line of the file, and one for each reason of a refusal."""
    return _written([HEADINGS, *(line for one in told for line in _lines(one))])


def _lines(one: Told) -> list[list[str]]:
    start = [str(one.number), one.key, one.name, FATE[one.fate]]
    if not one.troubles:
        return [[*start, ", ".join(one.changes), "", ""]]
    return [[*start, *_said(trouble)] for trouble in one.troubles]


def _said(trouble: Trouble) -> tuple[str, str, str]:
    return trouble.column, trouble.value, trouble.advice


def _written(rows: Iterable[Sequence[str]]) -> str:
    """With a BOM and semicolons: what French spreadsheets open as it is."""
    lines = StringIO()
    csv.writer(lines, delimiter=";").writerows([_harmless(cell) for cell in row] for row in rows)
    return BOM + lines.getvalue()


def _harmless(cell: str) -> str:
    """A spreadsheet runs what begins like a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
