"""What the pages of the sheet's form need, whether shown for the first time or again with their messages."""

from collections.abc import Mapping
from typing import Any

from app.forms import Errors
from exchanges.homes.legal import REMINDER
from exchanges.homes.sheet import ACCESS, AMENITY, HOME_KIND, ROOM, SETTING, Occupancy
from exchanges.homes.writing.asked import ASKED, LABELS, LONGEST_RULES, MOST_SLEEP, PART, PREVIEW, Part
from exchanges.homes.writing.completeness import missing_in
from exchanges.homes.writing.written import typed_again
from listings.content import Content
from listings.photos.files import Size, photo_url
from listings.photos.photographing import AT_A_TIME, most_photos
from listings.writing.written_places import choices

HERE = "/moi/logement"
WHOSE = {
    Occupancy.owner: "J’en suis propriétaire",
    Occupancy.tenant: "J’en suis locataire",
    Occupancy.social_tenant: "C’est un logement social",
    Occupancy.service_housing: "C’est un logement de fonction ou de service",
}


def form_context(
    content: Content, sent: Mapping[str, Any] | None = None, errors: Errors | None = None
) -> dict[str, Any]:
    """`sent` is what was typed, when the form is shown again; otherwise the content fills it."""
    typed = typed_again(content) if sent is None else sent
    wrong = {name: errors[name] for name in LABELS if name in errors} if errors else {}
    room = most_photos(content.category) - len(content.photos)
    return {
        "content": content,
        "sent": typed,
        "errors": wrong,
        "labels_of_fields": LABELS,
        "options": _options(),
        "reminders": [(one.value, reminder) for one, reminder in REMINDER.items()],
        "place_choices": choices(str(typed.get("commune") or "")) if "commune" in wrong else [],
        "photos": [{"id": str(photo), "url": photo_url(photo, Size.thumb)} for photo in content.photos],
        "room": min(room, AT_A_TIME),
        "most_sleep": MOST_SLEEP,
        "longest_rules": LONGEST_RULES,
    }


def steps_of(content: Content, current: Part | str) -> list[tuple[int, str, str, bool, bool]]:
    """Number, name, address, whether it is done and whether it is the `current` one; the last is the PREVIEW of all."""
    steps = [
        (number, PART[part], f"{HERE}/etape/{part}", _is_done(content, part), part == current)
        for number, part in enumerate(Part, 1)
    ]
    return [*steps, (len(steps) + 1, PREVIEW, f"{HERE}/apercu", False, current == PREVIEW)]


def _is_done(content: Content, part: Part) -> bool:
    """Nothing is missing, and something is said where nothing needs be."""
    said = {**content.details, "photos": content.photos}
    return not missing_in(content, part) and any(said.get(name) for name in (*ASKED[part], part.value))


def _options() -> dict[str, list[tuple[str, str]]]:
    return {
        "home_kind": _pairs(HOME_KIND),
        "settings": _pairs(SETTING),
        "amenities": _pairs(AMENITY),
        "access": _pairs(ACCESS),
        "rooms": _pairs(ROOM),
        "occupancy": _pairs(WHOSE),
    }


def _pairs(words: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(value.value, text[0].upper() + text[1:]) for value, text in words.items()]
