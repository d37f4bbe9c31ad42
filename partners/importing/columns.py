"""The columns of a file of offers: what each is called, and what it holds. Fields are those of the form."""

from collections.abc import Mapping
from typing import Any

from app.csv_reading import Column
from benefits.kinds import RUBRIC
from partners.kinds import OFFER_KIND, OfferKind, Readers

READERS_WORDS = {Readers.everyone: "tous", Readers.members: "membres"}
_KINDS = ", ".join(OFFER_KIND.values())

COLUMNS = (
    Column("référence", "reference", "La vôtre : elle reconnaît la ligne d’un import à l’autre.", "P-1", True),
    Column("genre", "offer_kind", f"{_KINDS}.", OFFER_KIND[OfferKind.offer], True),
    Column("titre", "title", "Ce qu’on lit d’abord, 100 caractères au plus.", "Piscine : tarif réduit", True),
    Column("partenaire", "partner", "Son nom, ou celui de l’équipement.", "Piscine municipale", True),
    Column("description", "body", "Ce que c’est, en deux phrases.", "L’entrée à un prix convenu.", True),
    Column("conditions", "conditions", "Le tarif, les jours, les limites.", "Une entrée par jour.", True),
    Column("pour qui", "for_whom", "Vide : pour tout le monde.", "Les agents et leurs enfants"),
    Column("comment", "how", "Que montrer, où aller, qui appeler.", "Montrez votre carte.", True),
    Column("site", "url", "L’adresse d’une page.", "https://www.exemple.fr"),
    Column("commune", "commune", "Son nom avec le département, ou son code postal.", "Brest (29)", True),
    Column("départements", "departments", "Leurs numéros ; celui de la commune est ajouté.", "29, 22"),
    Column("rubrique", "rubric", f"Vide, ou : {', '.join(RUBRIC.values())}.", "Vacances et loisirs"),
    Column("du", "starts_on", "Une date, ou vide.", "01/01/2027"),
    Column("au", "ends_on", "Une date, ou vide : un an.", "31/12/2027"),
    Column("lisible par", "readers", "tous ou membres.", "tous", True),
    Column("accord", "agreement", "Où il est écrit. Lu par les modérateurs seulement.", "Convention 2026-12", True),
    Column("date de l’accord", "agreed_on", "Une date.", "15/01/2026", True),
)
NAMES = {column.field: column.name for column in COLUMNS}
WORDS: dict[str, Mapping[Any, str]] = {"offer_kind": OFFER_KIND, "rubric": RUBRIC, "readers": READERS_WORDS}
"""Of the fields that are chosen: what a file says for each value."""
