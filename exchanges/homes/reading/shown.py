"""A home in the words of its page: the same for its readers, its author's preview and the moderator's desk. Nothing of
who holds the lease, and nothing of when it is free."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

import msgspec

from app.dates import since
from exchanges.homes.cards import SETTING_ICON, sleeps_in_words
from exchanges.homes.sheet import ACCESS, AMENITY, HOME_KIND, ROOM, SETTING, Sheet, beds_in_words
from listings.content import Content
from listings.photos.files import Size, photo_url
from places.communes import Place, commune
from places.departments import department, region
from places.distance import nearness
from places.map import Locator, locator


class Picture(msgspec.Struct, frozen=True):
    """`room` is what it shows, in words; empty when its author did not say."""

    large: str
    thumb: str
    room: str
    alt: str


class HomeShown(msgspec.Struct, frozen=True, kw_only=True):
    """What the macros of templates/exchanges/homes/_sheet.html print. `settings` are (icon, words), `rules` (label,
    words)."""

    kind_text: str
    title: str
    body: str
    sleeps_text: str
    bedrooms_text: str
    beds_text: str
    settings: list[tuple[str, str]]
    amenities: list[str]
    access: list[str]
    rules: list[tuple[str, str]]
    house_rules: str
    week_room: bool
    pictures: list[Picture]
    place_name: str
    department_text: str
    region_text: str
    band_text: str
    since_text: str
    locator: Locator

    @classmethod
    def of(
        cls, content: Content, sheet: Sheet, *, near: Place | None = None, published_at: datetime | None = None
    ) -> Self:
        """Distances are said from `near`; without it, none."""
        there = commune(content.commune or "")
        where = department(there.department) if there else None
        around = region(there.region) if there else None
        return cls(
            kind_text=HOME_KIND[sheet.home_kind],
            title=content.title or "Logement sans titre",
            body=content.body,
            sleeps_text=sleeps_in_words(sheet.sleeps),
            bedrooms_text=_bedrooms(sheet.bedrooms),
            beds_text=beds_in_words(sheet.beds),
            settings=[(SETTING_ICON[one], SETTING[one]) for one in sheet.settings],
            amenities=[_capital(AMENITY[one]) for one in sheet.amenities],
            access=[_capital(ACCESS[one]) for one in sheet.access],
            rules=[
                ("Animaux", "bienvenus" if sheet.pets_welcome else "sans animaux"),
                ("Tabac", "on peut fumer à l’intérieur" if sheet.smoking else "on ne fume pas à l’intérieur"),
            ],
            house_rules=sheet.house_rules,
            week_room=sheet.week_room,
            pictures=list(_pictures(content, sheet)),
            place_name=there.name if there else "",
            department_text=where.label if where else "",
            region_text=around.name if around and where and around.name != where.name else "",
            band_text=nearness(near, there) if near and there else "",
            since_text=f"publié {since(published_at)}" if published_at else "",
            locator=locator(where.code if where else ""),
        )


def _bedrooms(number: int) -> str:
    if number == 0:
        return "pièce unique"
    return f"{number} chambre{'s' if number > 1 else ''}"


def _pictures(content: Content, sheet: Sheet) -> Iterable[Picture]:
    for number, photo in enumerate(content.photos, 1):
        room = ROOM[sheet.rooms[str(photo)]] if str(photo) in sheet.rooms else ""
        alt = f"Photo {number} du logement" + (f"\u00a0: {room.lower()}" if room else "")
        yield Picture(photo_url(photo), photo_url(photo, Size.thumb), room, alt)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
