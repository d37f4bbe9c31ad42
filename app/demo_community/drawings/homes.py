"""Homes, their rooms and what is near."""

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
    H,
    W,
    box,
    disc,
)


def _house(draw: Draw) -> None:
    disc(draw, 1330, 230, 100, SUN)
    box(draw, 420, 520, 760, 420, CREAM, 8)
    draw.polygon([(360, 540), (800, 220), (1240, 540)], fill=INK)
    box(draw, 960, 260, 70, 140, GREY, 6)
    for x in (500, 940):
        box(draw, x, 600, 150, 150, SKY, 8)
        for side in (x - 46, x + 156):
            box(draw, side, 600, 40, 150, TEAL, 6)
    box(draw, 740, 660, 130, 280, TEAL, 10)
    disc(draw, 845, 810, 10, SUN)
    for x, radius in ((300, 90), (1310, 120)):
        disc(draw, x, 860, radius, GREEN)
        disc(draw, x + 70, 890, radius * 0.7, "#76a86a")


def _building(draw: Draw) -> None:
    box(draw, 480, 160, 640, 780, ROSE, 10)
    box(draw, 460, 130, 680, 60, "#a05530", 8)
    for y in (240, 420, 600):
        for x in (540, 730, 920):
            box(draw, x, y, 130, 130, SKY, 6)
            draw.rectangle((x - 14, y + 104, x + 144, y + 134), fill=INK)
    box(draw, 720, 770, 160, 170, TEAL, 8)
    for x in (260, 1320):
        draw.rectangle((x - 12, 620, x + 12, 940), fill=WOOD)
        disc(draw, x, 560, 130, GREEN)


def _kitchen(draw: Draw) -> None:
    for x in (280, 540, 1080):
        box(draw, x, 180, 240, 250, TEAL, 10)
        disc(draw, x + 210, 400, 12, SUN)
    box(draw, 240, 640, 1120, 44, WOOD, 8)
    for x in (260, 540, 820, 1100):
        box(draw, x, 690, 250, 290, CREAM, 8)
        draw.rectangle((x + 90, 720, x + 160, 734), fill=INK)
    draw.polygon([(800, 300), (1040, 300), (980, 180), (860, 180)], fill=GREY)
    box(draw, 850, 560, 150, 80, RED, 18)
    draw.line([(830, 585), (1020, 585)], fill=INK, width=18)
    for x, colour in ((380, SUN), (440, RED), (500, GREEN)):
        disc(draw, x, 605, 34, colour)


def _bedroom(draw: Draw) -> None:
    box(draw, 360, 420, 880, 300, WOOD, 40)
    box(draw, 320, 640, 960, 300, CREAM, 40)
    for x in (420, 830):
        box(draw, x, 580, 350, 130, "#ffffff", 50)
    box(draw, 320, 740, 960, 210, TEAL, 40)
    draw.rectangle((320, 770, 1280, 800), fill=SUN)
    box(draw, 640, 130, 320, 210, SKY, 8)
    draw.line([(800, 130), (800, 340)], fill=WOOD, width=14)
    box(draw, 1330, 700, 170, 240, WOOD, 10)
    draw.polygon([(1360, 620), (1470, 620), (1440, 500), (1390, 500)], fill=SUN)
    box(draw, 1405, 620, 20, 80, INK, 4)


def _sea(draw: Draw) -> None:
    disc(draw, 1200, 330, 140, SUN)
    draw.rectangle((0, 560, W, 880), fill=TEAL)
    for y in (640, 720, 800):
        for x in range((y // 8) % 120, W, 260):
            draw.arc((x, y, x + 130, y + 40), 180, 360, fill=SKY, width=10)
    draw.polygon([(560, 700), (900, 700), (840, 780), (620, 780)], fill=RED)
    draw.polygon([(720, 690), (720, 330), (920, 660)], fill=CREAM)
    draw.polygon([(700, 690), (700, 420), (570, 660)], fill=CREAM)
    draw.polygon([(180, 880), (240, 380), (330, 380), (390, 880)], fill=CREAM)
    draw.rectangle((215, 560, 355, 660), fill=RED)
    box(draw, 225, 300, 120, 90, INK, 12)


def _mountain(draw: Draw) -> None:
    draw.polygon([(-100, 900), (520, 230), (1060, 900)], fill=GREY)
    draw.polygon([(400, 360), (520, 230), (625, 360), (560, 400), (510, 350), (450, 410)], fill=CREAM)
    draw.polygon([(620, 900), (1180, 330), (1760, 900)], fill="#738683")
    draw.polygon([(1080, 432), (1180, 330), (1284, 432), (1210, 470), (1160, 430)], fill=CREAM)
    draw.rectangle((0, 880, W, 1010), fill=TEAL)
    for x in (180, 300, 1240, 1370, 1490):
        draw.polygon([(x - 80, 900), (x, 640), (x + 80, 900)], fill=GREEN)
    draw.rectangle((0, 1010, W, H), fill="#bcd3a4")


HOMES: dict[str, Drawing] = {
    "house": ("#bcd3a4", SKY, _house),
    "building": ("#d9d2c4", SKY, _building),
    "kitchen": (SAND, "#f2e6da", _kitchen),
    "bedroom": ("#d8c3a5", "#e3ebe6", _bedroom),
    "sea": (SAND, SKY, _sea),
    "mountain": ("#bcd3a4", SKY, _mountain),
}
