"""Pictures with something in them, each its own, and what happens to one on its way."""

import io
import random
from collections.abc import Callable

from PIL import Image, ImageDraw


def drawing(number: int, width: int = 800, height: int = 600) -> Image.Image:
    """The same number draws the same picture."""
    drawn = random.Random(number)
    image = Image.new("RGB", (width, height), _colour(drawn))
    pen = ImageDraw.Draw(image)
    for _ in range(14):
        x, y = drawn.randrange(width), drawn.randrange(height)
        half, tall = drawn.randrange(width // 40, width // 5), drawn.randrange(height // 30, height // 4)
        shape = drawn.choice([pen.rectangle, pen.ellipse])
        shape((x - half, y - tall, x + half, y + tall), fill=_colour(drawn))
    return image


def jpeg(image: Image.Image, quality: int = 85) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality)
    return written.getvalue()


def sent_again(image: Image.Image, quality: int) -> Image.Image:
    return Image.open(io.BytesIO(jpeg(image, quality))).convert("RGB")


def cropped(image: Image.Image, part: float) -> Image.Image:
    """`part` of the width and height is gone on each side."""
    width, height = image.size
    left, top = int(width * part), int(height * part)
    return image.crop((left, top, width - left, height - top))


SAME: dict[str, Callable[[Image.Image], Image.Image]] = {
    "resized": lambda image: image.resize((400, 300)),
    "recompressed": lambda image: sent_again(image, 30),
    "small and recompressed": lambda image: sent_again(image.resize((320, 240)), 50),
    "slightly cropped": lambda image: cropped(image, 0.02),
    "a little lighter": lambda image: image.point(lambda grey: min(255, int(grey * 1.15))),
}


def _colour(drawn: random.Random) -> tuple[int, int, int]:
    return drawn.randrange(256), drawn.randrange(256), drawn.randrange(256)
