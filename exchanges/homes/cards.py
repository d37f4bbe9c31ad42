"""A home in one glance: what it is, how many sleep there, in which commune. The same for every reader of one place."""

import logging
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Self
from uuid import UUID

import msgspec

from app import database
from app.dates import since
from exchanges.homes.sheet import HOME_KIND, SETTING, Access, Sheet
from exchanges.kinds import Setting
from places.communes import Place, commune
from places.distance import nearness

log = logging.getLogger(__name__)
SETTING_ICON = {
    Setting.sea: "waves",
    Setting.mountain: "mountain",
    Setting.countryside: "trees",
    Setting.town: "building-2",
}


class HomeCard(msgspec.Struct, frozen=True):
    """What the macro `home_card` of templates/exchanges/homes/_card.html shows. `traits` are (icon, words);
    `is_mine` is for its owner's eyes alone."""

    id: str
    url: str
    title: str
    kind_text: str
    sleeps_text: str
    place_text: str
    traits: tuple[tuple[str, str], ...] = ()
    excerpt: str = ""
    band_text: str = ""
    since_text: str = ""
    photo_url: str | None = None
    is_mine: bool = False

    @classmethod
    def of(cls, row: Mapping[str, Any], near: Place | None = None, *, is_home: bool = True) -> Self:
        """From a row with the `COLUMNS`. Distances are said from `near`, where the reader lives or (not `is_home`)
        will live."""
        sheet, there = msgspec.json.decode(row["details"], type=Sheet, strict=False), commune(row["commune"])
        return cls(
            id=str(row["id"]),
            url=f"/logements/{row['id']}",
            title=row["title"],
            kind_text=HOME_KIND[sheet.home_kind],
            sleeps_text=sleeps_in_words(sheet.sleeps),
            place_text=there.label if there else "",
            traits=tuple(_traits(sheet)),
            band_text=band(near.code, there.code, is_home) if near and there else "",
            since_text=f"publié {since(row['published_at'])}" if row["published_at"] else "",
            photo_url=f"/photos/{row['photo']}/thumb" if row["photo"] else None,
        )


COLUMNS = "id, version, title, details, commune, published_at, photos[1] AS photo"


async def home_cards(homes: Iterable[UUID], near: Place | None = None) -> dict[UUID, HomeCard]:
    """The card of each of these homes. One query. Whether their reader may see them is for the caller to know."""
    rows = await database.rows(
        f"SELECT {COLUMNS} FROM listing WHERE id = ANY($1) AND category = 'home' AND status <> 'draft'", list(homes)
    )
    return {row["id"]: home for row in rows if (home := readable(row, near))}


def readable(row: Mapping[str, Any], near: Place | None, *, is_home: bool = True) -> HomeCard | None:
    """One whose sheet cannot be read has no card, and keeps no other from its own."""
    try:
        return HomeCard.of(row, near, is_home=is_home)
    except msgspec.ValidationError:
        log.exception("homes: the sheet of %s cannot be read", row["id"])
        return None


def sleeps_in_words(sleeps: int) -> str:
    return f"{sleeps} personne{'s' if sleeps > 1 else ''}"


@lru_cache(maxsize=16_384)
def band(near: str, there: str, is_home: bool) -> str:
    """How far, in bands, between two communes by their INSEE codes."""
    ours, theirs = commune(near), commune(there)
    if ours is None or theirs is None:
        return ""
    return "sur place" if not is_home and ours.commune == theirs.commune else nearness(ours, theirs)


def _traits(sheet: Sheet) -> Iterable[tuple[str, str]]:
    """What decides most often whether a home may do at all."""
    yield from ((SETTING_ICON[one], SETTING[one]) for one in sheet.settings)
    if Access.step_free in sheet.access:
        yield "accessibility", "de plain-pied"
    if sheet.pets_welcome:
        yield "paw-print", "animaux bienvenus"
    if sheet.week_room:
        yield "calendar-days", "chambre en semaine"
