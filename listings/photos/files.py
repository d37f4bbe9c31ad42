"""Where the files of photos are: two sizes each, named by the photo's id, never by anything a person typed."""

import contextlib
import enum
import os
import tempfile
from pathlib import Path
from uuid import UUID

from app.settings import settings


class Size(str, enum.Enum):  # noqa: UP042 - like the other words of an ad
    """The longest side in pixels: thumb 400, large 1600."""

    thumb = "thumb"
    large = "large"


def photo_file(photo: UUID, size: Size) -> Path:
    return settings().photo_dir / photo.hex[:2] / f"{photo}-{size.value}.webp"


def photo_url(photo: UUID, size: Size = Size.large) -> str:
    return f"/photos/{photo}/{size.value}"


def keep(photo: UUID, sizes: dict[Size, bytes]) -> None:
    """Writes each file whole or not at all."""
    for size, content in sizes.items():
        file = photo_file(photo, size)
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=file.parent, suffix=".part")
        try:
            with open(handle, "wb") as writing:
                writing.write(content)
            os.replace(unfinished, file)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise


def forget(photo: UUID) -> None:
    """Running it again changes nothing."""
    for size in Size:
        with contextlib.suppress(FileNotFoundError):
            photo_file(photo, size).unlink()
