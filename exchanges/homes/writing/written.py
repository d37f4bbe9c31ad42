"""From what was typed in the sheet of a home to its content. What does not fit is told by field, the rest is kept."""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from litestar.datastructures import FormMultiDict

from app.forms import Errors, Form
from exchanges.homes.sheet import Access, Amenity, Beds, HomeKind, Occupancy, Room
from exchanges.homes.writing.asked import ASKED, EVERY, LONGEST_RULES, MOST_SLEEP, Part
from exchanges.kinds import Setting
from listings.content import Content
from listings.writing.written_places import read_place
from places.communes import commune

BEDS = Beds.__struct_fields__
TICKED = ("pets_welcome", "smoking", "week_room", "agreement")
_CHOSEN = ("home_kind", "settings", "amenities", "access", "occupancy")
_TYPED = ("sleeps", "bedrooms", "house_rules")
_NUMBER = "Indiquez un nombre entre {} et {}."
Few = Annotated[int, msgspec.Meta(ge=0, le=MOST_SLEEP // 2)]


class Written(Form):
    home_kind: HomeKind | None = None
    settings: list[Setting] = []
    title: Annotated[str, msgspec.Meta(max_length=100)] = ""
    body: Annotated[str, msgspec.Meta(max_length=4000)] = ""
    sleeps: Annotated[int, msgspec.Meta(ge=1, le=MOST_SLEEP)] | None = None
    bedrooms: Few | None = None
    double: Few | None = None
    single: Few | None = None
    sofa: Few | None = None
    amenities: list[Amenity] = []
    access: list[Access] = []
    pets_welcome: bool = False
    smoking: bool = False
    house_rules: Annotated[str, msgspec.Meta(max_length=LONGEST_RULES)] = ""
    week_room: bool = False
    occupancy: Occupancy | None = None
    agreement: bool = False

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {
            "title": "Écrivez un titre d’au plus 100 caractères.",
            "body": "Écrivez au plus 4\u202f000 caractères.",
            "house_rules": "Écrivez au plus 1\u202f000 caractères.",
            "sleeps": _NUMBER.format(1, MOST_SLEEP),
            **dict.fromkeys(("bedrooms", *BEDS), _NUMBER.format(0, MOST_SLEEP // 2)),
            **dict.fromkeys(_CHOSEN, "Choisissez une des réponses proposées."),
        }


def read(sent: FormMultiDict, current: Content, asked: frozenset[str] = EVERY) -> tuple[Content, Errors]:
    """The content with what fits of the fields `asked`; one that does not fit keeps its value of before and gets a
    message."""
    form, errors = _read_fields(sent, asked)
    content = _merged(current, form, asked - set(errors))
    if "commune" in asked:
        place, problem = read_place(sent, "commune")
        if problem:
            errors["commune"] = problem
        else:
            content = msgspec.structs.replace(content, commune=place and place.code)
    return (_with_rooms(content, sent) if "rooms" in asked else content), errors


def _read_fields(sent: FormMultiDict, asked: frozenset[str]) -> tuple[Written, Errors]:
    given = [(name, typed) for name, typed in sent.multi_items() if name in asked]
    form, errors = Written.read(FormMultiDict(given))
    if form is None:
        form, _ = Written.read(FormMultiDict([(name, typed) for name, typed in given if name not in errors]))
    return form or Written(), errors


def _merged(current: Content, form: Written, fitting: frozenset[str]) -> Content:
    said = {name: getattr(form, name) for name in ("title", "body") if name in fitting}
    details: dict[str, Any] = {
        name: msgspec.to_builtins(getattr(form, name)) for name in (*_CHOSEN, *_TYPED, *TICKED) if name in fitting
    }
    beds = {name: getattr(form, name) or 0 for name in BEDS if name in fitting}
    if beds:
        kept = {**current.details.get("beds", {}), **beds}
        details["beds"] = {name: number for name, number in kept.items() if number}
    if details.get("occupancy", Occupancy.service_housing) != Occupancy.service_housing:
        details["agreement"] = False
    return msgspec.structs.replace(current, **said, details=_told({**current.details, **details}))


def _told(details: dict[str, Any]) -> dict[str, Any]:
    """What was said, without what is the same as nothing; no bedroom is something."""
    return {name: value for name, value in details.items() if value or (name == "bedrooms" and value is not None)}


def _with_rooms(content: Content, sent: FormMultiDict) -> Content:
    """What each photo shows; nothing of photos that are gone."""
    before: Mapping[str, str] = content.details.get("rooms", {})
    rooms = {str(photo): sent.get(f"room-{photo}", before.get(str(photo), "")) for photo in content.photos}
    known = {photo: room for photo, room in rooms.items() if room in set(Room)}
    return msgspec.structs.replace(content, details=_told({**content.details, "rooms": known}))


def typed_again(content: Content) -> dict[str, Any]:
    """What the form would hold had somebody typed this content."""
    place = commune(content.commune) if content.commune else None
    beds = content.details.get("beds", {})
    return {
        **{name: value for name, value in content.details.items() if name not in ("beds", "rooms")},
        **{name: beds.get(name, "") for name in BEDS},
        **{f"room-{photo}": room for photo, room in content.details.get("rooms", {}).items()},
        "title": content.title,
        "body": content.body,
        "commune": place.label if place else "",
    }


def asked_in(part: Part, content: Content) -> Content:
    """What one step asks of it: another window may write another step meanwhile."""
    fields = ASKED[part]
    said = {name: getattr(content, name) for name in ("title", "body", "commune") if name in fields}
    held = fields | ({"beds"} if fields & set(BEDS) else set())
    details = {name: value for name, value in content.details.items() if name in held}
    return Content(category=content.category, details=details, **said)


def agreed(content: Content) -> Content:
    """The same, of somebody who has the written agreement of who lodges them."""
    return msgspec.structs.replace(content, details={**content.details, "agreement": True})
