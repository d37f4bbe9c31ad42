"""Pictures drawn with a few shapes: the demo's photos, of nobody and of no real place."""

import io

from PIL import Image, ImageDraw

from app.demo_community.drawings.homes import HOMES
from app.demo_community.drawings.shapes import H, W
from app.demo_community.drawings.things import THINGS

DRAWINGS = THINGS | HOMES


def photo_of(thing: str) -> bytes:
    """A JPEG of 1,200 × 900 pixels. Raises KeyError for a thing nobody drew."""
    ground, wall, drawn = DRAWINGS[thing]
    image = Image.new("RGB", (W, H), wall)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 880, W, H), fill=ground)
    drawn(draw)
    written = io.BytesIO()
    image.resize((1200, 900), Image.Resampling.LANCZOS).save(written, "JPEG", quality=88)
    return written.getvalue()
