"""What the form of each category asks."""

from listings.kinds import Category

EVERY = frozenset({"title", "body", "commune"})
HELP = EVERY | {"kind", "schedule", "wanted_by"}

ASKED: dict[Category, frozenset[str]] = {
    Category.childcare: HELP | {"children", "ages", "home"},
    Category.school_run: HELP | {"school", "seats"},
    Category.pet_care: HELP | {"species", "home"},
    Category.classifieds: EVERY | {"deal", "price", "condition", "quantity", "wanted_by"},
    Category.helping_hand: HELP | {"task", "quantity"},
    Category.rides: HELP | {"to", "seats"},
    Category.tips: EVERY | {"summary"},
}
DETAILS = ("children", "ages", "home", "school", "seats", "species", "condition", "task", "to", "summary")
PLACES = ("commune", "school", "to")

MOST_SLOTS = 12

_SLOT = {"on": "Date {}", "starts": "Date {}, début", "ends": "Date {}, fin"}
LABELS = {
    "kind": "Demande ou offre",
    "deal": "Donner, prêter, vendre, chercher",
    "price": "Prix",
    "title": "Titre",
    "body": "Description",
    "summary": "En une ligne",
    "children": "Nombre d’enfants",
    "ages": "Âges",
    "species": "Animal",
    "home": "Lieu de la garde",
    "task": "Coup de main",
    "school": "Commune de l’école",
    "to": "Commune d’arrivée",
    "seats": "Places",
    "condition": "État",
    "quantity": "Nombre",
    "when": "Moment",
    **{f"{part}-{n}": words.format(n) for n in range(1, MOST_SLOTS + 1) for part, words in _SLOT.items()},
    "days": "Jours",
    "starts": "De",
    "ends": "À",
    "since": "À partir du",
    "until": "Jusqu’au",
    "except": "Pauses",
    "wanted_by": "Réponse souhaitée avant le",
    "commune": "Commune",
    "photos": "Photos",
}
"""Of each field, in the order of the form, as the list of what is to be corrected names it."""
