"""Things people give, lend, look for."""

from app.demo_community.drawings.shapes import (
    CREAM,
    GREEN,
    GREY,
    INK,
    RED,
    ROSE,
    SAND,
    SKY,
    SUN,
    TEAL,
    WOOD,
    Draw,
    Drawing,
    box,
    disc,
    wheel,
)


def _bike(draw: Draw) -> None:
    for x in (480, 1120):
        wheel(draw, x, 800, 210)
    frame = [(480, 800), (640, 480), (960, 480), (760, 800), (480, 800)]
    draw.line(frame, fill=RED, width=34, joint="curve")
    draw.line([(640, 480), (760, 800)], fill=RED, width=34)
    draw.line([(1120, 800), (950, 420), (1040, 380)], fill=RED, width=34, joint="curve")
    draw.line([(620, 420), (640, 480)], fill=INK, width=26)
    box(draw, 540, 380, 190, 44, INK, 22)
    disc(draw, 760, 800, 52, SUN)


def _pushchair(draw: Draw) -> None:
    draw.pieslice((520, 240, 1120, 840), 180, 290, fill=TEAL)
    draw.polygon([(520, 540), (1120, 540), (1010, 760), (640, 760)], fill=SUN)
    draw.line([(1120, 540), (1240, 330), (1320, 330)], fill=INK, width=26, joint="curve")
    draw.line([(660, 760), (980, 960)], fill=INK, width=24)
    draw.line([(990, 760), (680, 960)], fill=INK, width=24)
    for x in (660, 1000):
        wheel(draw, x, 970, 80)


def _dog(draw: Draw) -> None:
    draw.line([(1120, 640), (1260, 470)], fill=WOOD, width=56)
    box(draw, 560, 580, 600, 260, WOOD, 130)
    for x in (600, 720, 980, 1080):
        box(draw, x, 760, 80, 250, WOOD, 36)
    disc(draw, 540, 520, 170, WOOD)
    box(draw, 340, 520, 200, 130, CREAM, 60)
    disc(draw, 356, 560, 40, INK)
    disc(draw, 500, 480, 22, INK)
    draw.ellipse((560, 380, 680, 640), fill="#8d5d2c")
    box(draw, 560, 660, 130, 40, RED, 20)


def _cat(draw: Draw) -> None:
    draw.arc((1020, 560, 1360, 960), 250, 100, fill=GREY, width=56)
    draw.ellipse((560, 520, 1140, 1040), fill=GREY)
    draw.polygon([(600, 430), (620, 210), (760, 330)], fill=GREY)
    draw.polygon([(1000, 430), (980, 210), (840, 330)], fill=GREY)
    disc(draw, 800, 470, 220, GREY)
    for x in (720, 880):
        draw.ellipse((x - 34, 410, x + 34, 500), fill=SUN)
        draw.ellipse((x - 12, 415, x + 12, 495), fill=INK)
    draw.polygon([(775, 540), (825, 540), (800, 570)], fill=RED)
    for y in (550, 590):
        draw.line([(560, y - 20), (720, y)], fill=INK, width=6)
        draw.line([(1040, y - 20), (880, y)], fill=INK, width=6)
    draw.ellipse((680, 720, 920, 1040), fill=CREAM)


def _hen(draw: Draw) -> None:
    draw.polygon([(1040, 560), (1300, 340), (1230, 760)], fill="#a7452f")
    draw.ellipse((500, 460, 1200, 980), fill=RED)
    draw.ellipse((420, 260, 700, 640), fill=RED)
    for x, y in ((470, 250), (540, 220), (610, 250)):
        disc(draw, x, y, 54, "#8f2f24")
    draw.polygon([(425, 400), (330, 440), (430, 480)], fill=SUN)
    disc(draw, 520, 400, 22, INK)
    draw.ellipse((740, 580, 1080, 820), fill="#a7452f")
    for x in (780, 900):
        draw.line([(x, 960), (x, 1070), (x - 60, 1090)], fill=SUN, width=22)


def _table(draw: Draw) -> None:
    for x, low in ((520, 990), (780, 1060), (1050, 990)):
        box(draw, x, 640, 40, low - 640, "#9a6a35", 12)
    draw.ellipse((380, 540, 1220, 740), fill="#9a6a35")
    draw.ellipse((380, 510, 1220, 710), fill=WOOD)
    box(draw, 740, 400, 110, 170, TEAL, 30)
    for x, y, colour in ((740, 330, SUN), (800, 290, RED), (860, 340, ROSE)):
        draw.line([(795, 420), (x, y)], fill=GREEN, width=12)
        disc(draw, x, y, 46, colour)


def _boxes(draw: Draw) -> None:
    for x, y, wide, tall in ((360, 640, 440, 360), (820, 700, 400, 300), (520, 340, 380, 300)):
        box(draw, x, y, wide, tall, WOOD, 10)
        draw.rectangle((x + wide / 2 - 32, y, x + wide / 2 + 32, y + tall * 0.45), fill="#e3c08e")
        draw.line([(x, y + 8), (x + wide, y + 8)], fill="#9a6a35", width=14)


def _books(draw: Draw) -> None:
    box(draw, 260, 960, 1080, 44, "#9a6a35", 8)
    x = 320
    for wide, tall, colour in ((90, 480, RED), (70, 420, TEAL), (110, 520, SUN), (80, 450, GREEN), (95, 500, INK),
                               (70, 400, ROSE), (100, 470, TEAL), (85, 440, RED)):  # fmt: skip
        box(draw, x, 960 - tall, wide, tall, colour, 8)
        draw.rectangle((x + 14, 960 - tall + 50, x + wide - 14, 960 - tall + 66), fill=CREAM)
        x += wide + 10
    draw.polygon([(1120, 960), (1230, 560), (1310, 585), (1210, 960)], fill=WOOD)


def _surfboard(draw: Draw) -> None:
    disc(draw, 1280, 260, 120, SUN)
    box(draw, 620, 220, 360, 820, TEAL, 170)
    draw.rectangle((620, 520, 980, 580), fill=CREAM)
    draw.rectangle((620, 610, 980, 640), fill=RED)
    for x in (420, 1060):
        draw.polygon([(x, 1040), (x + 150, 1040), (x + 190, 820), (x - 40, 820)], fill=RED)
        box(draw, x + 20, 760, 110, 90, INK, 30)


def _plant(draw: Draw) -> None:
    for x, y, tilt in ((560, 420, -120), (700, 300, -60), (900, 300, 60), (1040, 420, 120)):
        draw.line([(800, 760), (x, y)], fill=GREEN, width=22)
        draw.ellipse((x - 120, y - 70, x + 120, y + 70), fill=GREEN)
        disc(draw, x + tilt / 2, y + 90, 50, RED)
    draw.polygon([(600, 760), (1000, 760), (940, 1060), (660, 1060)], fill="#b5643c")
    box(draw, 570, 720, 460, 80, "#a05530", 14)


def _sofa(draw: Draw) -> None:
    box(draw, 360, 440, 880, 380, TEAL, 70)
    box(draw, 260, 600, 220, 330, "#256669", 70)
    box(draw, 1120, 600, 220, 330, "#256669", 70)
    box(draw, 440, 700, 350, 190, "#3d9295", 40)
    box(draw, 810, 700, 350, 190, "#3d9295", 40)
    box(draw, 520, 560, 180, 170, SUN, 34)
    for x in (320, 1220):
        box(draw, x, 920, 50, 90, "#9a6a35", 10)


def _tools(draw: Draw) -> None:
    box(draw, 420, 660, 760, 340, RED, 30)
    draw.arc((620, 500, 980, 820), 180, 360, fill=INK, width=40)
    draw.rectangle((420, 770, 1180, 800), fill="#8f2f24")
    box(draw, 740, 740, 120, 100, SUN, 14)
    box(draw, 1230, 420, 50, 580, WOOD, 20)
    box(draw, 1140, 360, 240, 110, GREY, 20)
    box(draw, 300, 360, 40, 640, GREY, 18)
    box(draw, 280, 760, 80, 240, SUN, 26)


def _car(draw: Draw) -> None:
    draw.polygon([(520, 600), (660, 400), (1040, 400), (1180, 600)], fill=TEAL)
    draw.polygon([(590, 590), (690, 440), (830, 440), (830, 590)], fill=SKY)
    draw.polygon([(870, 590), (870, 440), (1010, 440), (1105, 590)], fill=SKY)
    box(draw, 320, 590, 980, 250, TEAL, 70)
    disc(draw, 1270, 690, 36, SUN)
    for x in (540, 1080):
        disc(draw, x, 850, 120, INK)
        disc(draw, x, 850, 56, GREY)


def _cake(draw: Draw) -> None:
    draw.ellipse((340, 880, 1260, 1060), fill=CREAM)
    draw.ellipse((440, 800, 1160, 980), fill=WOOD)
    draw.rectangle((440, 640, 1160, 890), fill=WOOD)
    draw.ellipse((440, 550, 1160, 730), fill=ROSE)
    for x in (470, 610, 750, 890, 1030):
        box(draw, x, 640, 90, 150, ROSE, 44)
    for x, y in ((600, 620), (740, 660), (880, 610), (1000, 650), (720, 590)):
        disc(draw, x, y, 36, RED)


THINGS: dict[str, Drawing] = {
    "bike": (SAND, SKY, _bike),
    "pushchair": (SAND, ROSE, _pushchair),
    "dog": ("#bcd3a4", SKY, _dog),
    "cat": (SAND, "#dfe7d4", _cat),
    "hen": ("#bcd3a4", SKY, _hen),
    "table": (SAND, "#e3ebe6", _table),
    "boxes": ("#d9d2c4", "#e9eef0", _boxes),
    "books": ("#d9d2c4", CREAM, _books),
    "surfboard": ("#efd9a8", SKY, _surfboard),
    "plant": (SAND, "#e3ebe6", _plant),
    "sofa": ("#d8c3a5", "#f2e6da", _sofa),
    "tools": ("#d9d2c4", "#e9eef0", _tools),
    "car": ("#b9bdb8", SKY, _car),
    "cake": (SAND, CREAM, _cake),
}
