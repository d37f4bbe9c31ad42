"""What the companion server answered, in the shape and words of the other simulators."""

from datetime import date
from decimal import Decimal

from babel.dates import format_date

from app.dates import on_day
from benefits.catalogue.leading import COMPANION, SIMULATOR
from benefits.companion.asking import Figures
from benefits.companion.household import FIELDS, QUESTIONS, Household
from benefits.simulators.contract import Amount, Estimate, NextAction, Per, Reference, Step, Verdict
from benefits.simulators.money import in_euros
from benefits.simulators.pages.results import Result, result_of
from benefits.simulators.pages.sent import CHILDREN
from benefits.simulators.pages.showing import Block
from benefits.simulators.pages.words import value_in_words

PATH = SIMULATOR.format(COMPANION)
OPENFISCA = Reference("OpenFisca-France, logiciel libre (AGPL-3.0)", "https://openfisca.org")
OFFICIAL = NextAction("Vérifier sur le simulateur officiel", "https://www.mesdroitssociaux.gouv.fr")


def questions_of() -> list[Block]:
    """In their groups."""
    groups = dict.fromkeys(field.group for field in FIELDS)
    return [Block(group, tuple(field for field in FIELDS if field.group == group)) for group in groups]


def results(household: Household, figures: Figures, on: date) -> list[Result]:
    """The activity bonus, then the housing aid."""
    bonus = _estimate("ppa", household, figures.activity_bonus, figures.version, on)
    aid = _estimate("aide_logement", household, figures.housing_aid, figures.version, on)
    return [
        result_of("Prime d’activité", PATH, "prime-activite", bonus),
        result_of("Aide au logement", PATH, "aides-logement", aid),
    ]


def answers_in_words(household: Household) -> list[tuple[str, str]]:
    said = [(one.label, name) for name, one in QUESTIONS.items() if name != CHILDREN]
    answers = [
        (label, value_in_words(QUESTIONS[name], getattr(household, name)))
        for label, name in said
        if _told(household, name)
    ]
    children = ", ".join(f"né le {on_day(born)}" for born in household.children) or "Aucun"
    return [*answers, (QUESTIONS[CHILDREN].label, children), ("Votre commune", household.commune.label)]


def _told(household: Household, name: str) -> bool:
    return getattr(household, name) is not None


def _estimate(what: str, household: Household, euros: Decimal, version: str, on: date) -> Estimate:
    month = format_date(on, "MMMM y", locale="fr")
    is_due = euros > 0
    return Estimate(
        simulator=what,
        verdict=Verdict.likely if is_due else Verdict.unlikely,
        because=f"D’après vos réponses, pour {month}." if is_due else f"Le calcul ne donne rien pour {month}.",
        amounts=(Amount(euros, Per.month),) if is_due else (),
        steps=(Step(_how(household), None), Step(f"Calculé par OpenFisca-France {version}".rstrip() + ".", OPENFISCA)),
        next=(OFFICIAL,),
    )


def _how(household: Household) -> str:
    """What was taken for granted."""
    pays = [household.pay, household.partner_pay or Decimal(0)] if household.couple else [household.pay]
    said = " et ".join(in_euros(pay) for pay in pays)
    return (
        f"Salaire net de {said} par mois, supposé le même depuis un an, sans autre revenu ni épargne ; "
        "les prestations familiales sont ajoutées par le calcul."
    )
