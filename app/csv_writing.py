"""Files that French spreadsheets open as they are: a BOM, semicolons, and no cell that runs."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from litestar import Response

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def spreadsheet(rows: Iterable[Sequence[str]]) -> str:
    lines = StringIO()
    csv.writer(lines, delimiter=";").writerows([harmless(cell) for cell in row] for row in rows)
    return BOM + lines.getvalue()


def harmless(cell: str) -> str:
    """A spreadsheet runs what begins like a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def download(text: str, name: str) -> Response[str]:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(text, media_type="text/csv", headers=headers)
