"""What the sheet of a home still lacks before others can read it: field → message."""

from typing import Any

from app.forms import Errors
from exchanges.homes.sheet import Beds, Occupancy
from exchanges.homes.writing.asked import ASKED, Part
from listings.content import Content

SHORT_TITLE, SHORT_BODY = 5, 40


def missing(content: Content) -> Errors:
    """Empty when the sheet can be sent."""
    return {**_home(content), **_beds(content.details), **_title(content)}


def missing_in(content: Content, part: Part) -> Errors:
    return {name: message for name, message in missing(content).items() if name in ASKED[part]}


def needs_agreement(content: Content) -> bool:
    """Service housing is lent to its holder alone: nothing goes on before they say who agreed."""
    return content.details.get("occupancy") == Occupancy.service_housing and not content.details.get("agreement")


def _home(content: Content) -> Errors:
    errors = Errors()
    if not content.details.get("home_kind"):
        errors["home_kind"] = "Choisissez le type de votre logement."
    if len(content.title) < SHORT_TITLE:
        errors["title"] = "Donnez un titre d’au moins 5 caractères : ce que les autres liront d’abord."
    if len(content.body) < SHORT_BODY:
        errors["body"] = "Décrivez votre logement en deux ou trois phrases (40 caractères au moins)."
    return errors


def _beds(details: dict[str, Any]) -> Errors:
    errors = Errors()
    if not details.get("sleeps"):
        errors["sleeps"] = "Indiquez combien de personnes peuvent dormir chez vous."
    if details.get("bedrooms") is None:
        errors["bedrooms"] = "Indiquez le nombre de chambres (0 pour un studio)."
    room = places_in(details.get("beds", {}))
    if not room:
        errors["double"] = "Indiquez au moins un lit."
    elif details.get("sleeps", 0) > room:
        errors["sleeps"] = (
            f"Vos lits couchent {room} personne{'s' if room > 1 else ''} : ajoutez un lit, ou baissez ce nombre."
        )
    return errors


def places_in(beds: dict[str, int]) -> int:
    """How many sleep in them: two in a double bed and on a sofa bed."""
    given = {name: number for name, number in beds.items() if name in Beds.__struct_fields__}
    return 2 * given.get("double", 0) + given.get("single", 0) + 2 * given.get("sofa", 0)


def _title(content: Content) -> Errors:
    errors = Errors()
    if not content.details.get("occupancy"):
        errors["occupancy"] = "Dites à quel titre vous habitez ce logement : les autres ne le voient pas."
    if needs_agreement(content):
        errors["agreement"] = "Confirmez l’accord écrit de votre administration, ou changez votre réponse."
    if not content.commune:
        errors["commune"] = "Indiquez une commune : son nom ou son code postal."
    return errors
