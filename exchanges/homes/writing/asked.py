"""What the sheet of a home asks, part by part, in the order of its steps."""

import enum


class Part(enum.StrEnum):
    """A step of the sheet, as addresses name it."""

    home = "logement"
    beds = "couchages"
    rules = "regles"
    photos = "photos"
    occupancy = "statut"


PART = {
    Part.home: "Le logement",
    Part.beds: "Couchages et équipements",
    Part.rules: "Accès et règles",
    Part.photos: "Photos",
    Part.occupancy: "Statut et commune",
}
PREVIEW = "Relecture"

ASKED: dict[Part, frozenset[str]] = {
    Part.home: frozenset({"home_kind", "settings", "title", "body"}),
    Part.beds: frozenset({"sleeps", "bedrooms", "double", "single", "sofa", "amenities"}),
    Part.rules: frozenset({"access", "pets_welcome", "smoking", "house_rules", "week_room"}),
    Part.photos: frozenset({"rooms"}),
    Part.occupancy: frozenset({"occupancy", "commune"}),
}
EVERY = frozenset().union(*ASKED.values(), {"agreement"})
"""All of them in one form, once the home is online. The agreement has a screen of its own before that."""

MOST_SLEEP = 20
LONGEST_RULES = 1_000

LABELS = {
    "home_kind": "Type de logement",
    "settings": "Autour",
    "title": "Titre",
    "body": "Description",
    "sleeps": "Couchages",
    "bedrooms": "Chambres",
    "double": "Lits doubles",
    "single": "Lits simples",
    "sofa": "Canapés-lits",
    "amenities": "Équipements",
    "access": "Accès",
    "house_rules": "Règles de la maison",
    "photos": "Photos",
    "occupancy": "Votre statut",
    "agreement": "Accord de votre administration",
    "commune": "Commune",
}
"""Of each field that may be wrong, in the order of the form."""


def next_part(part: Part) -> Part | None:
    """None after the last: the sheet is read over."""
    following = list(Part)[list(Part).index(part) + 1 :]
    return following[0] if following else None


def part_of(field: str) -> Part:
    """Where a field is filled in."""
    return next((part for part, fields in ASKED.items() if field in fields), Part.occupancy)
