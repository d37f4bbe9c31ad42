"""What the page of an ad's form needs, whether it is shown for the first time or again with its messages."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.dates import DAYS
from app.forms import Errors
from listings.content import Content
from listings.details import AGE_BAND, CONDITION, SPECIES, TASK, Home
from listings.kinds import Category, Deal, Kind
from listings.photos.files import Size, photo_url
from listings.photos.photographing import MOST
from listings.schedules.holidays import school_calendar
from listings.writing.asked import ASKED, LABELS, MOST_SLOTS, PLACES
from listings.writing.completeness import AHEAD, first_day
from listings.writing.written import typed_again
from listings.writing.written_places import choices
from places.school_zones import MAINLAND_ZONES, school_zone

FIRST_ROWS, MORE_ROWS = 3, 3

KIND = [(Kind.request.value, "Je cherche de l’aide"), (Kind.offer.value, "Je propose mon aide")]
DEALS = {Deal.give: "Je donne", Deal.lend: "Je prête", Deal.sell: "Je vends d’occasion", Deal.seek: "Je cherche"}
AT_HOME = {
    Category.childcare: {
        Home.theirs: "chez la famille",
        Home.mine: "chez la personne qui garde",
        Home.either: "chez l’un ou l’autre",
    },
    Category.pet_care: {
        Home.theirs: "au domicile de l’animal",
        Home.mine: "chez la personne qui garde",
        Home.either: "chez l’un ou l’autre",
    },
}
TITLE_HINT = {
    Category.childcare: "Par exemple : Garde de deux enfants le mercredi après-midi",
    Category.school_run: "Par exemple : Trajet d’école partagé, le matin",
    Category.pet_care: "Par exemple : Nourrir un chat pendant une semaine",
    Category.classifieds: "Par exemple : Poussette pliante, bon état",
    Category.helping_hand: "Par exemple : Deux personnes pour porter un canapé",
    Category.rides: "Par exemple : Covoiturage vers Quimper le vendredi soir",
    Category.tips: "Par exemple : Une adresse pour faire réparer un vélo",
}
BODY_HINT = (
    "Dites ce qu’il faut pour vous aider, pas pourquoi. Ni nom, ni adresse, ni téléphone :"
    " vous les donnerez en message privé si vous le souhaitez."
)


def form_context(
    content: Content, sent: Mapping[str, Any] | None = None, errors: Errors | None = None, more_rows: bool = False
) -> dict[str, Any]:
    """`sent` is what was typed, when the form is shown again; otherwise the content fills it."""
    typed = typed_again(content) if sent is None else sent
    return {
        "content": content,
        "category": content.category.value,
        "asked": ASKED[content.category],
        "sent": typed,
        "errors": {name: errors[name] for name in LABELS if name in errors} if errors else {},
        "labels_of_fields": LABELS,
        "options": {**_options(content.category), "except": _pauses(content)},
        "title_hint": TITLE_HINT[content.category],
        "body_hint": BODY_HINT,
        "rows": range(1, _rows(typed, more_rows) + 1),
        "most_rows": MOST_SLOTS,
        "place_choices": {
            name: choices(str(typed.get(name) or "")) if name in (errors or {}) else [] for name in PLACES
        },
        "photos": shown_photos(content.photos),
        "room": MOST - len(content.photos),
        "first_day": first_day(content.commune).isoformat(),
        "last_day": (first_day(content.commune) + AHEAD).isoformat(),
    }


def shown_photos(photos: Sequence[UUID]) -> list[dict[str, str]]:
    return [{"id": str(photo), "url": photo_url(photo, Size.thumb)} for photo in photos]


def _rows(typed: Mapping[str, Any], more: bool) -> int:
    filled = max((n for n in range(1, MOST_SLOTS + 1) if typed.get(f"on-{n}")), default=0)
    before = str(typed.get("rows") or "")
    shown = int(before) if before in {str(n) for n in range(MOST_SLOTS + 1)} else FIRST_ROWS
    return min(MOST_SLOTS, max(FIRST_ROWS, filled + 1, shown) + (MORE_ROWS if more else 0))


def _options(category: Category) -> dict[str, list[tuple[str, str]]]:
    return {
        "kind": KIND,
        "deal": _pairs(DEALS),
        "ages": _pairs(AGE_BAND),
        "home": _pairs(AT_HOME.get(category, {})),
        "species": _pairs(SPECIES),
        "condition": _pairs(CONDITION),
        "task": _pairs(TASK),
        "when": [("none", "À convenir ensemble"), ("dates", "À certaines dates"), ("weekly", "Chaque semaine")],
        "days": list(zip("0123456", DAYS, strict=True)),
    }


def _pauses(content: Content) -> list[tuple[str, ...]]:
    return [
        ("school", "Pas pendant les vacances scolaires", _whose_holidays(content)),
        ("public", "Pas les jours fériés"),
    ]


def _whose_holidays(content: Content) -> str:
    """`zone B, celle de Brest`, or whose they will be."""
    place = content.calendar_place
    zone = school_zone(place.department) if place else None
    if content.category is Category.school_run and not content.details.get("school"):
        return "celles de la commune de l’école"
    if place is None or zone is None:
        return "celles de la commune de l’annonce"
    calendar = school_calendar(zone)
    if calendar is None or calendar.until < first_day(place.code):
        return f"{zone.words} : pas encore connu, convenez ensemble des dates"
    return f"{zone.words}, celle de {place.name}" if zone in MAINLAND_ZONES else zone.words


def _pairs(words: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(value.value, text[0].upper() + text[1:]) for value, text in words.items()]
