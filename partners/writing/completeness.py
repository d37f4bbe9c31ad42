"""What a local offer still lacks before others can read it: field → message."""

from datetime import date
from typing import Any

from app.forms import Errors
from listings.content import Content
from places.communes import commune
from places.zones import today_in

SHORT_TITLE, SHORT_BODY = 5, 20
ENDED = "Cette date est passée. Choisissez-en une à venir, ou laissez vide."
_NEEDED = {
    "offer_kind": "Dites si c’est l’offre d’un partenaire ou un équipement public.",
    "partner": "Donnez le nom du partenaire ou de l’équipement.",
    "conditions": "Dites les conditions : ce qui est accordé, et à quoi il faut penser.",
    "how": "Dites comment en profiter : qui appeler, que montrer, où aller.",
    "readers": "Dites qui peut la lire.",
    "agreement": "Dites où l’accord est écrit : convention, courriel, délibération, et son numéro s’il en a un.",
    "agreed_on": "Indiquez la date de l’accord.",
}


def missing(content: Content) -> Errors:
    """Empty when the offer can be sent; its departments are compared with a territory elsewhere."""
    errors = _words(content)
    errors |= {name: said for name, said in _NEEDED.items() if not content.details.get(name)}
    if not content.commune:
        errors["commune"] = "Indiquez la commune où elle se trouve : son nom ou son code postal."
    return errors | _dates(content)


def _words(content: Content) -> Errors:
    errors = Errors()
    if len(content.title) < SHORT_TITLE:
        errors["title"] = "Donnez un titre d’au moins 5 caractères : ce qu’on lira d’abord."
    if len(content.body) < SHORT_BODY:
        errors["body"] = "Dites ce que c’est, en une ou deux phrases (20 caractères au moins)."
    return errors


def _dates(content: Content) -> Errors:
    """A draft may have waited until its days were over; so may an agreement be dated of tomorrow."""
    errors, ends = Errors(), content.wanted_by
    place = commune(content.commune or "")
    day = today_in(place.department if place else None)
    starts, agreed = _day(content.details.get("starts_on")), _day(content.details.get("agreed_on"))
    if ends and ends < day:
        errors["ends_on"] = ENDED
    elif ends and starts and ends < starts:
        errors["ends_on"] = "Elle finirait avant de commencer : vérifiez les deux dates."
    if agreed and agreed > day:
        errors["agreed_on"] = "Un accord ne peut pas être daté de demain."
    return errors


def _day(kept: Any) -> date | None:
    return date.fromisoformat(kept) if isinstance(kept, str) and kept else kept or None
