"""A file of the catalogue: facts in TOML between two lines of `+++`, then Markdown."""

import re
from pathlib import Path
from typing import TypeVar

import msgspec

FOLDER = Path(__file__).parent
_PARTS = re.compile(r"\A\+\+\+\n(?P<facts>.*?)^\+\+\+(?:\n(?P<text>.*))?\Z", re.DOTALL | re.MULTILINE)

T = TypeVar("T", bound=msgspec.Struct)


class BadFile(ValueError):
    """A file that cannot be read; says which, and which field."""

    def __init__(self, file: Path, what: str) -> None:
        super().__init__(f"{file.parent.name}/{file.name}: {what}")


def files(folder: str) -> list[Path]:
    return sorted((FOLDER / folder).glob("*.md"))


def read(file: Path, kind: type[T]) -> tuple[T, str]:
    """The facts and the text under them. Raises `BadFile`."""
    parts = _PARTS.match(file.read_text(encoding="utf-8").replace("\r\n", "\n"))
    if parts is None:
        raise BadFile(file, "its facts must stand between two lines of +++, the first line of the file being one")
    try:
        return msgspec.toml.decode(parts["facts"], type=kind), (parts["text"] or "").strip()
    except msgspec.ValidationError as wrong:
        raise BadFile(file, str(wrong)) from None
    except msgspec.DecodeError as wrong:
        raise BadFile(file, f"not TOML: {wrong}") from None
