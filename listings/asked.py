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
    Category.tips: EVERY,
}
DETAILS = ("children", "ages", "home", "school", "seats", "species", "condition", "task", "to")
PLACES = ("commune", "school", "to")

MOST_SLOTS = 12

LABELS = {
    "kind": "Demande ou offre",
    "deal": "Donner, prêter, vendre, chercher",
    "title": "Titre",
    "body": "Votre annonce",
    "children": "Combien d’enfants ?",
    "ages": "Quels âges ?",
    "home": "Où ?",
    "school": "Commune de l’école",
    "seats": "Places",
    "species": "Quel animal ?",
    "condition": "État",
    "task": "Quel coup de main ?",
    "to": "Commune d’arrivée",
    "quantity": "Combien ?",
    "price": "Prix",
    "commune": "Commune",
    "wanted_by": "Réponse souhaitée avant le",
    "when": "Quand ?",
    "days": "Jours",
    "starts": "De",
    "ends": "À",
    "since": "À partir du",
    "until": "Jusqu’au",
    "photos": "Photos",
    **{f"on-{n}": f"Date {n}" for n in range(1, MOST_SLOTS + 1)},
    **{f"starts-{n}": f"Date {n}, de" for n in range(1, MOST_SLOTS + 1)},
    **{f"ends-{n}": f"Date {n}, à" for n in range(1, MOST_SLOTS + 1)},
}
"""Of each field of the form, as the list of what is to be corrected names it."""
