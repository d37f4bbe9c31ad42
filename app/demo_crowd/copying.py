"""Rows in PostgreSQL's COPY text format, which any process can write for the one that loads."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def lines(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> bytes:
    return "".join(["\t".join([_written(row[name]) for name in columns]) + "\n" for row in rows]).encode()


def _written(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, str):
        return value.translate(_ESCAPED)
    if isinstance(value, (list, tuple)):
        return ("{" + ",".join([_member(one) for one in value]) + "}").translate(_ESCAPED)
    return str(value)


def _member(value: object) -> str:
    """Of an array: quoted, as words may hold commas or braces."""
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
