"""What is left of a picture once its details are gone, so that the same one is known again.

A difference hash of 64 bits: sizes, compressions and light crops of one picture differ in few of them, two pictures in
about half. Kept in `photo.fingerprint` as a signed number; 0 is a picture with nothing to compare (a plain wall).
"""

import asyncio
from uuid import UUID

import dhash  # type: ignore[import-untyped]
from PIL import Image, ImageStat

from app import database
from listings.photos.files import Size, photo_file

SAME = 10
"""Bits by which two fingerprints of one picture may differ; measured in tests/listings/photos/test_fingerprints.py."""
PLAIN = 4.0
"""Standard deviation of the greys (0–255) under which a picture has nothing to compare."""
SIDE = 9
NOTHING_TO_COMPARE = 0
AT_ONCE, A_NIGHT = 200, 20_000
_SIGN, _ALL = 1 << 63, (1 << 64) - 1


def fingerprint_of(image: Image.Image) -> int:
    """Between -2**63 and 2**63 - 1."""
    small = image.convert("L").resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    if ImageStat.Stat(small).stddev[0] < PLAIN:
        return NOTHING_TO_COMPARE
    row, _ = dhash.dhash_row_col(list(small.tobytes()))
    return row - (1 << 64) if row & _SIGN else row


def alike(one: int | None, other: int | None) -> bool:
    """Whether two fingerprints are of one picture."""
    if not one or not other:
        return False
    return ((one ^ other) & _ALL).bit_count() <= SAME


async def fingerprint_old_photos(most: int = A_NIGHT) -> int:
    """Photos kept before fingerprints were, about `most` of them; says how many. Running it again does no harm."""
    done = 0
    while done < most and (missing := await database.rows(_MISSING, AT_ONCE)):
        for row in missing:
            found = await asyncio.to_thread(_of_file, row["id"])
            await database.execute(_KEEP, row["id"], found)
        done += len(missing)
    return done


_MISSING = "SELECT id FROM photo WHERE fingerprint IS NULL LIMIT $1"
_KEEP = "UPDATE photo SET fingerprint = $2 WHERE id = $1 AND fingerprint IS NULL"


def _of_file(photo: UUID) -> int:
    """A file that is gone or broken has nothing to compare."""
    try:
        with Image.open(photo_file(photo, Size.thumb)) as image:
            return fingerprint_of(image)
    except OSError:
        return NOTHING_TO_COMPARE
