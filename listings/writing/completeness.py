"""What an ad still lacks before it can be read by others: field → message."""

from datetime import date, timedelta

from app.forms import Errors
from exchanges.homes.writing import completeness as sheet
from listings.content import Content
from listings.kinds import Category, Deal
from listings.schedules.schedule import Schedule
from partners.writing import completeness as offer
from places.communes import commune
from places.zones import today_in

AHEAD = timedelta(days=366)
PRICE_CAP = {Category.classifieds: 5_000_00}
"""The most a second-hand thing may be sold for, in euro cents, by category. A category that is not here has no price:
help is given, and what is given, lent or sought costs nothing (the database refuses a price there too)."""

SHORT_TITLE, SHORT_BODY = 5, 20
PAST = "Cette date est passée. Choisissez-en une à venir."
FAR = "Choisissez une date dans l’année qui vient."


def missing(content: Content) -> Errors:
    """Empty when the ad can be sent. Asked again at every sending: a date kept in a draft may have passed."""
    if content.category is Category.home:
        return sheet.missing(content)
    if content.category is Category.local_offer:
        return offer.missing(content)
    return {**_words(content), **_shape(content), **_particulars(content), **_dates(content), **_price(content)}


def _words(content: Content) -> Errors:
    errors = Errors()
    if len(content.title) < SHORT_TITLE:
        errors["title"] = "Donnez un titre d’au moins 5 caractères : ce que les autres liront d’abord."
    if len(content.body) < SHORT_BODY:
        errors["body"] = "Décrivez votre annonce en une ou deux phrases (20 caractères au moins)."
    return errors


def _shape(content: Content) -> Errors:
    errors = Errors()
    if content.category is Category.classifieds and not content.deal:
        errors["deal"] = "Dites si vous donnez, prêtez, vendez ou cherchez."
    elif content.category not in (Category.classifieds, Category.tips) and not content.kind:
        errors["kind"] = "Dites si vous cherchez de l’aide ou si vous en proposez."
    if not content.commune:
        errors["commune"] = "Indiquez une commune : son nom ou son code postal."
    return errors


def _particulars(content: Content) -> Errors:
    errors = Errors()
    if content.category is Category.pet_care and not content.details.get("species"):
        errors["species"] = "Cochez au moins un animal."
    if content.category is Category.childcare and not content.details.get("ages"):
        errors["ages"] = "Cochez au moins un âge."
    if content.category is Category.childcare and not content.details.get("children"):
        errors["children"] = "Indiquez le nombre d’enfants."
    if content.category in (Category.childcare, Category.pet_care) and not content.details.get("home"):
        errors["home"] = "Dites où se fait la garde."
    if content.category is Category.school_run and not content.details.get("school"):
        errors["school"] = "Indiquez la commune de l’école."
    if content.category is Category.rides and not content.details.get("to"):
        errors["to"] = "Indiquez la commune d’arrivée."
    return errors


def _dates(content: Content) -> Errors:
    errors = Errors()
    first = first_day(content.commune)
    if content.wanted_by and (wrong := wrong_day(content.wanted_by, first)):
        errors["wanted_by"] = wrong
    return {**errors, **(_schedule(content.schedule, first) if content.schedule else {})}


def _schedule(schedule: Schedule, first: date) -> Errors:
    errors = Errors()
    for number, slot in enumerate(schedule.slots, start=1):
        if wrong := wrong_day(slot.on, first):
            errors[f"on-{number}"] = wrong
    if schedule.weekly and schedule.weekly.until and (wrong := wrong_day(schedule.weekly.until, first)):
        errors["until"] = wrong
    return errors


def first_day(commune_code: str | None) -> date:
    """Today where the ad is: at noon in Paris it is still the day before in Papeete."""
    place = commune(commune_code) if commune_code else None
    return today_in(place.department if place else None)


def wrong_day(day: date, first: date) -> str | None:
    """A message for a day before `first` or more than a year after it."""
    if day < first:
        return PAST
    return FAR if day > first + AHEAD else None


def _price(content: Content) -> Errors:
    if content.deal is not Deal.sell:
        return {}
    if content.price_cents is None:
        return {"price": "Indiquez un prix, ou choisissez « À donner »."}
    cap = PRICE_CAP.get(content.category, 0)
    return {"price": f"Ici, on vend d’occasion : {cap // 100_000} 000 € au plus."} if content.price_cents > cap else {}
