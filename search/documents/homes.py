"""From homes to what can be found: what a sheet says, and nothing that tells when anybody is there.

A home has no dates, no days and no price, whatever its row holds: no filter and no order may single out an empty one.
"""

from typing import Any

import msgspec

from exchanges.homes.sheet import ACCESS, AMENITY, HOME_KIND, SETTING, Sheet
from exchanges.kinds import Need, Setting
from listings.content import Content
from search.contract import Document, DocumentType
from search.documents.rows import of_listing

PETS_WELCOME, WEEK_ROOM, NO_SMOKING = "pets_welcome", "week_room", Need.no_smoking.value
PATH = "/logements/{}"


def setting_trait(setting: Setting) -> str:
    return f"setting_{setting.value}"


def traits_of(sheet: Sheet) -> tuple[str, ...]:
    """`kind_house`, `setting_sea`, `pets_welcome`, `no_smoking`, `week_room`; access and amenities under their own
    names: `step_free`, `cot`."""
    said = [
        f"kind_{sheet.home_kind.value}",
        *map(setting_trait, sheet.settings),
        *(one.value for one in sheet.access),
        *([PETS_WELCOME] if sheet.pets_welcome else []),
        *([] if sheet.smoking else [NO_SMOKING]),
        *([WEEK_ROOM] if sheet.week_room else []),
        *(one.value for one in sheet.amenities),
    ]
    return tuple(dict.fromkeys(said))


def home_document(row: Any, content: Content, place: str) -> Document:
    """`row` is that of the listing, `place` the names of its commune and department. Raises `msgspec.ValidationError`
    for a sheet that cannot be read."""
    sheet = msgspec.convert(content.details, Sheet, strict=False)
    return Document(
        **of_listing(row),
        type=DocumentType.home,
        kind=sheet.home_kind.value,
        words=" · ".join(filter(None, (*_words(sheet), place))),
        traits=traits_of(sheet),
        sleeps=sheet.sleeps,
        author=str(row["author"]),
        has_photo=bool(row["photos"]),
        has_helped=row["families_helped"] > 0,
        helpful=row["families_helped"],
        path=PATH.format(row["id"]),
    )


def _words(sheet: Sheet) -> list[str]:
    """Only what is so: a home that says "non" to animals must not be found by "animaux"."""
    return [
        "échange",  # not “logement”: a flat would be found by “maison”, which that word means too
        HOME_KIND[sheet.home_kind],
        *(SETTING[one] for one in sheet.settings),
        *(ACCESS[one] for one in sheet.access),
        *(AMENITY[one] for one in sheet.amenities),
        *(["animaux bienvenus"] if sheet.pets_welcome else []),
        *(["chambre en semaine"] if sheet.week_room else []),
        *([sheet.house_rules] if sheet.house_rules else []),
    ]
