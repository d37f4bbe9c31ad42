"""A spreadsheet's file taken apart: UTF-8 or the Windows letters of French, commas, semicolons or tabs."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import islice
from typing import NamedTuple

from litestar import Request
from litestar.datastructures import UploadFile

from places.folding import fold

MOST_LINES = 5_000
MOST_BYTES = 2 * 1024 * 1024
SEPARATORS = ";,\t"
NO_FILE = "Choisissez le fichier à importer."


class NotAFile(ValueError):
    """Nothing of it can be read; the text says what to do."""


class Column(NamedTuple):
    """`name` stands in the first line of the file; `field` is what the code calls it."""

    name: str
    field: str
    about: str
    example: str
    is_needed: bool = False


class Line(NamedTuple):
    """A thing as it stands in the file. `number` counts as a spreadsheet does, the columns' names being line 1."""

    number: int
    typed: dict[str, str]


async def file_sent(request: Request) -> bytes:
    """What its field `file` brought. Raises NotAFile."""
    file = (await request.form()).get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise NotAFile(NO_FILE)
    return await file.read()


def text_of(sent: bytes) -> str:
    """Its text, line ends and all. Raises NotAFile."""
    if len(sent) > MOST_BYTES:
        raise NotAFile("Ce fichier dépasse 2 Mo. Coupez-le en plusieurs.")
    if b"\x00" in sent:
        raise NotAFile("Ce fichier n’est pas du texte. Dans votre tableur, enregistrez-le au format CSV.")
    try:
        text = sent.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = sent.decode("cp1252", "replace")
    if not text.strip():
        raise NotAFile("Ce fichier est vide.")
    return text


def lines_of(text: str, columns: Sequence[Column], most: int = MOST_LINES) -> list[Line]:
    """Those that hold something. Raises NotAFile."""
    rows = ((number, row) for number, row in _rows(text) if any(cell.strip() for cell in row))
    by_name = {fold(one.name): one.field for one in columns} | {one.field: one.field for one in columns}
    _, header = next(rows, (1, []))
    fields = [by_name.get(fold(name), "") for name in header]
    _check(header, fields, columns)
    found = [
        Line(number, {field: cell.strip() for field, cell in zip(fields, row, strict=False) if field})
        for number, row in islice(rows, most)
    ]
    if not found:
        raise NotAFile("Ce fichier n’a pas d’autre ligne que les noms des colonnes.")
    if more := sum(1 for _ in rows):
        raise NotAFile(f"Ce fichier a {len(found) + more} lignes ; {most} au plus. Coupez-le en plusieurs.")
    return found


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Numbered as a spreadsheet does: a cell may hold several lines of the file."""
    first = text.strip().splitlines()[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(SEPARATORS, key=first.count))
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            yield number, row
    except csv.Error:
        number += 1
        raise NotAFile(
            f"La ligne {number} n’est pas du CSV. Enregistrez à nouveau le fichier dans votre tableur."
        ) from None


def _check(header: list[str], fields: list[str], columns: Sequence[Column]) -> None:
    missing = [column.name for column in columns if column.is_needed and column.field not in fields]
    if missing:
        raise NotAFile(f"Il manque, sur la première ligne : {', '.join(missing)}. Partez du modèle.")
    unknown = [name.strip()[:40] for name, field in zip(header, fields, strict=True) if name.strip() and not field]
    if unknown:
        raise NotAFile(f"Colonne inconnue : {', '.join(unknown[:5])}. Retirez-la, ou partez du modèle.")
    if twice := [field for field, times in Counter(fields).items() if field and times > 1]:
        raise NotAFile(f"Deux colonnes portent le même nom : {twice[0]}.")
