"""Photos as telephones make them, and files made to do harm."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms

ORIENTATION, GPS = 0x0112, 0x8825


def photo(width: int = 1200, height: int = 900, form: str = "JPEG", colour: str = "teal", **more: Any) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(written, form, **more)
    return written.getvalue()


def photo_with_its_place() -> bytes:
    """Taken sideways in Brest, with the coordinates and the owner's name inside."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x9C9D] = "Anne".encode("utf-16-le")
    exif.get_ifd(GPS).update({1: "N", 2: (48.0, 23.0, 24.0), 3: "W", 4: (4.0, 29.0, 23.0)})
    return photo(exif=exif, comment=b"chez Anne")


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of a few hundred bytes that declares 900 megapixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(10_000)))
        + chunk(b"IEND", b"")
    )


def polyglot() -> bytes:
    """A photo that is also a page with a script, for whoever would serve it as it came."""
    return photo(comment=b"<script>alert(1)</script>") + b"<html><script>alert(2)</script></html>"


def endless_scans() -> bytes:
    """A JPEG asking for its picture to be gone over again and again."""
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x00" * 20
    whole = photo(64, 64, progressive=True)
    return whole[:-2] + scan * 500 + whole[-2:]


def unusual_photos() -> dict[str, bytes]:
    """What telephones, scanners and drawing programs also make."""
    base = Image.new("RGB", (120, 80), "teal")

    def saved(image: Image.Image, form: str, **more: Any) -> bytes:
        written = io.BytesIO()
        image.save(written, form, **more)
        return written.getvalue()

    return {
        "two-in-one": saved(base, "MPO", save_all=True, append_images=[base]),
        "progressive": saved(base, "JPEG", progressive=True),
        "grey": saved(base.convert("L"), "JPEG"),
        "print-colours": saved(base.convert("CMYK"), "JPEG"),
        "palette": saved(base.convert("P"), "PNG", transparency=0),
        "see-through": saved(Image.new("RGBA", (120, 80), (0, 128, 128, 0)), "PNG"),
        "deep-grey": saved(Image.new("I;16", (120, 80), 40_000), "PNG"),
        "two-colours": saved(base.convert("1"), "PNG"),
        "moving": saved(base, "WEBP", save_all=True, append_images=[Image.new("RGB", (120, 80), "red")]),
        "profile": saved(base, "JPEG", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()),
        "broken-profile": saved(base, "JPEG", icc_profile=b"not a profile"),
    }
