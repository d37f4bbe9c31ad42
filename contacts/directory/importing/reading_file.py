"""The file of an import as lines of contacts."""

from app.csv_reading import MOST_BYTES, MOST_LINES, Line, NotAFile, text_of
from app.csv_reading import lines_of as lines_under
from contacts.directory.importing.columns import COLUMNS

__all__ = ["MOST_BYTES", "MOST_LINES", "Line", "NotAFile", "lines_of", "text_of"]


def lines_of(text: str) -> list[Line]:
    """Those that hold something. Raises NotAFile."""
    return lines_under(text, COLUMNS)
