"""A few shapes and colours, the same in every drawing."""

from collections.abc import Callable

from PIL import ImageDraw

W, H = 1600, 1200
INK, CREAM, WOOD, TEAL, RED, SUN, GREEN = "#1b2b2c", "#fbf3e2", "#c98f4e", "#2f7d80", "#c8553d", "#f3b73b", "#5f9652"
GREY, SKY, ROSE, SAND = "#8b9a98", "#cfe6ea", "#f1d5cd", "#ecdcbd"
Draw = ImageDraw.ImageDraw
Drawing = tuple[str, str, Callable[[Draw], None]]
"""The colours of the ground and of the wall behind, then what stands there."""


def disc(
    draw: Draw, x: float, y: float, radius: float, fill: str | None, line: str | None = None, wide: int = 0
) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill, outline=line, width=wide)


def wheel(draw: Draw, x: float, y: float, radius: float) -> None:
    disc(draw, x, y, radius, None, INK, 22)
    disc(draw, x, y, 18, INK)


def box(draw: Draw, x: float, y: float, wide: float, tall: float, fill: str, corner: int = 16) -> None:
    draw.rounded_rectangle((x, y, x + wide, y + tall), corner, fill=fill)
