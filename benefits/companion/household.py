"""What the companion server is told of a household: never who they are, nor for whom they work."""

import enum
from datetime import date
from decimal import Decimal
from typing import NamedTuple, get_type_hints

import msgspec
from litestar.datastructures import FormMultiDict

from app.forms import MISSING, Errors
from benefits.simulators.contract import Kind, Question
from benefits.simulators.pages.asking import Field
from benefits.simulators.pages.parsing import read_answers, understand
from benefits.simulators.pages.sent import CHILDREN, Sent, typed_in
from benefits.simulators.questions import QUESTIONS as OF_SIMULATORS
from benefits.simulators.wording import HOME, HOUSEHOLD, MONEY, money
from places.communes import Place
from places.finding import resolve

NOWHERE = "Écrivez le nom ou le code postal de votre commune."
OVERSEAS = "Outre-mer, les barèmes diffèrent : utilisez le simulateur officiel."


class Housing(enum.StrEnum):
    """Values are those of OpenFisca-France’s `statut_occupation_logement`."""

    social = "locataire_hlm"
    unfurnished = "locataire_vide"
    furnished = "locataire_meuble"
    hostel = "locataire_foyer"
    owner = "proprietaire"
    free = "loge_gratuitement"


class Household(msgspec.Struct, frozen=True, kw_only=True):
    """Pay and rent are in euros a month."""

    born: date
    couple: bool
    pay: Decimal
    housing: Housing
    children: tuple[date, ...]
    commune: Place
    partner_born: date | None = None
    partner_pay: Decimal | None = None
    rent: Decimal = Decimal(0)


class Asked(NamedTuple):
    """What was typed, what could be read of it, what is wrong."""

    sent: Sent
    typed: dict[str, str]
    household: Household | None
    errors: Errors


MOST = Decimal(20_000)
"""Euros a month."""
_ALL = (
    Question(name="born", label="Votre date de naissance", kind=Kind.day, group=HOUSEHOLD),
    Question(name="couple", label="Vivez-vous en couple ?", kind=Kind.yes_no, group=HOUSEHOLD),
    Question(
        name="partner_born",
        label="Date de naissance de votre conjoint",
        kind=Kind.day,
        group=HOUSEHOLD,
        hint="Si vous vivez en couple.",
    ),
    OF_SIMULATORS[CHILDREN],
    money(
        "pay",
        "Votre salaire net",
        MONEY,
        "En moyenne sur les trois derniers mois, avant impôt. 0 si vous n’en avez pas.",
        MOST,
        "€ par mois",
    ),
    money("partner_pay", "Le salaire net de votre conjoint", MONEY, "Si vous vivez en couple.", MOST, "€ par mois"),
    Question(
        name="housing",
        label="Votre logement",
        kind=Kind.choice,
        group=HOME,
        options=(
            (Housing.social, "loué, en HLM"),
            (Housing.unfurnished, "loué vide"),
            (Housing.furnished, "loué meublé"),
            (Housing.hostel, "en foyer ou en résidence"),
            (Housing.owner, "à vous"),
            (Housing.free, "prêté gratuitement"),
        ),
    ),
    money("rent", "Votre loyer", HOME, "Sans les charges. Laissez vide si vous n’en payez pas.", MOST, "€ par mois"),
)
QUESTIONS = {one.name: one for one in _ALL}
FIELDS = tuple(Field(name, one) for name, one in QUESTIONS.items())
_HINTS = get_type_hints(Household)


def asked(form: FormMultiDict) -> Asked:
    sent, errors = Sent.read(form), Errors()
    match sent.do.partition(":"):
        case ("ajouter", _, _):
            sent.add_child()
        case ("retirer", _, row) if row.isdecimal():
            sent.remove_child(int(row) - 1)
        case _:
            sent.without_blank_children()
    typed = {name: words for name in QUESTIONS if name != CHILDREN and (words := typed_in(form, name))}
    read = read_answers(typed, "", QUESTIONS, _HINTS, errors)
    children = understand(Sent(children=sent.children or []))
    errors |= children.errors
    typed["commune"] = typed_in(form, "commune")
    place = _place(typed["commune"], errors)
    for name in _required(read):
        if name not in read:
            errors.setdefault(name, MISSING)
    if errors or place is None:
        return Asked(sent, typed, None, errors)
    births = tuple(child.born for child in children.situation.children or () if child.born)
    return Asked(sent, typed, Household(**read, children=births, commune=place), errors)


def _required(read: dict[str, object]) -> tuple[str, ...]:
    of_two = ("partner_born", "partner_pay") if read.get("couple") else ()
    return ("born", "couple", *of_two, "pay", "housing")


def _place(typed: str, errors: Errors) -> Place | None:
    place = resolve(typed) if typed else None
    if place is None:
        errors["commune"] = NOWHERE
    elif place.department.startswith(("97", "98")):
        errors["commune"] = OVERSEAS
        return None
    return place
