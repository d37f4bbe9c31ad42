"""A picture somebody sent, drawn again from its pixels: no metadata, no place, no hidden content survives."""

import asyncio
import io
from functools import partial
from typing import IO

import msgspec
from PIL import Image, ImageCms, ImageOps
from PIL.JpegImagePlugin import JpegImageFile

from app.refusals import Refused
from listings.photos.files import Size
from listings.photos.fingerprints import fingerprint_of

HEAVIEST = 15 * 1024 * 1024
LONGEST_SIDE = {Size.thumb: 400, Size.large: 1600}
QUALITY = {Size.thumb: 74, Size.large: 80}
READS = ("JPEG", "PNG", "WEBP")
AT_ONCE = 2

# An ordinary JPEG is decoded at a fraction of its size, all else whole: 24 megapixels take 100 MB for a moment.
MOST_PIXELS = 24_000_000
MOST_PIXELS_OF_JPEG = 80_000_000
LONGEST_ALLOWED = 20_000

# Thirty bytes can ask a decoder to pass over the whole picture once more; a photo has ten or so such scans.
SCAN = b"\xff\xda"
MOST_SCANS = 100
TOO_LARGE = "Cette image est trop grande. Choisissez une photo ordinaire."
NO_PHOTO = "Ce fichier n’est pas une photo JPEG, PNG ou WebP."

_turns = asyncio.Semaphore(AT_ONCE)


class NotAPicture(Refused):
    """What was sent cannot become a photo; the text says why."""

    status = 422


class Picture(msgspec.Struct, frozen=True):
    """`width` and `height` are pixels of the large size; `sizes` are WebP files, `fingerprint` is as
    listings/photos/fingerprints.py makes it."""

    width: int
    height: int
    sizes: dict[Size, bytes]
    fingerprint: int


async def reencoded(sent: IO[bytes]) -> Picture:
    """Raises NotAPicture. At most two run at once in a process, each in a thread."""
    async with _turns:
        return await asyncio.to_thread(partial(_reencode, sent))


def _reencode(sent: IO[bytes]) -> Picture:
    try:
        return _drawn_again(sent)
    except NotAPicture:
        raise
    except Exception as broken:  # decoders fail in more ways than they document when a file is made to break them
        raise NotAPicture("Cette photo est abîmée ou incomplète. Essayez-en une autre.") from broken


def _drawn_again(sent: IO[bytes]) -> Picture:
    content = sent.read(HEAVIEST + 1)
    if len(content) > HEAVIEST:
        raise NotAPicture("Cette photo dépasse 15 Mo. Choisissez-en une plus légère.")
    with _opened(content) as image:
        _check_size(image)
        image.draft("RGB", (LONGEST_SIDE[Size.large],) * 2)
        image.load()
        large = _flat(_in_srgb(ImageOps.exif_transpose(image)))
    large.thumbnail((LONGEST_SIDE[Size.large],) * 2, Image.Resampling.LANCZOS)
    small = large.copy()
    small.thumbnail((LONGEST_SIDE[Size.thumb],) * 2, Image.Resampling.LANCZOS)
    sizes = {Size.large: _webp(large, Size.large), Size.thumb: _webp(small, Size.thumb)}
    return Picture(*large.size, sizes, fingerprint_of(small))


def _opened(content: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(content), formats=READS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotAPicture(TOO_LARGE) from None
    except Exception as unknown:
        raise NotAPicture(NO_PHOTO) from unknown
    if isinstance(image, JpegImageFile) and content.count(SCAN) > MOST_SCANS:
        raise NotAPicture(NO_PHOTO)
    return image


def _check_size(image: Image.Image) -> None:
    """Asked of the header, before a pixel is decoded: a few kilobytes may declare gigabytes."""
    width, height = image.size
    is_ordinary = isinstance(image, JpegImageFile) and not image.info.get("progressive")
    if width * height > (MOST_PIXELS_OF_JPEG if is_ordinary else MOST_PIXELS) or max(width, height) > LONGEST_ALLOWED:
        raise NotAPicture(TOO_LARGE)
    if min(width, height) < 16:
        raise NotAPicture("Cette image est trop petite pour être vue.")


def _in_srgb(image: Image.Image) -> Image.Image:
    """Colours stay true once the profile is dropped; telephones often use a wider one."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA"):
        return image
    try:
        done = ImageCms.profileToProfile(image, io.BytesIO(profile), ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return done or image


def _flat(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    paper.alpha_composite(layer)
    return paper.convert("RGB")


def _webp(image: Image.Image, size: Size) -> bytes:
    """A new image of the same pixels is saved: what Pillow keeps beside them (`info`) would be written too."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    written = io.BytesIO()
    bare.save(written, "WEBP", quality=QUALITY[size], method=4)
    return written.getvalue()
