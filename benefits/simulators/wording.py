"""How questions are written: under which heading, and each kind in one line."""

from decimal import Decimal

from benefits.simulators.contract import Kind, Question

YOU, HOUSEHOLD, CHILDREN = "Vous", "Votre foyer", "Vos enfants"
MONEY, WORK, CARE = "Vos ressources", "Votre travail", "La garde de vos enfants"
HOLIDAYS, HOME, ABSENCE, LOAN = "Les vacances", "Votre logement", "Les absences", "Votre prêt"
GROUPS = (YOU, HOUSEHOLD, CHILDREN, MONEY, WORK, CARE, HOLIDAYS, HOME, ABSENCE, LOAN)
MOST_MONEY = Decimal(1_000_000)
"""In euros: beyond it, somebody mistyped."""


def yes_no(name: str, label: str, group: str, hint: str = "") -> Question:
    return Question(name=name, label=label, kind=Kind.yes_no, group=group, hint=hint)


def choice(name: str, label: str, group: str, options: dict[str, str], hint: str = "") -> Question:
    return Question(name=name, label=label, kind=Kind.choice, group=group, hint=hint, options=tuple(options.items()))


def number(name: str, label: str, group: str, least: int, most: int, unit: str = "", hint: str = "") -> Question:
    kind, bounds = Kind.number, (Decimal(least), Decimal(most))
    return Question(
        name=name, label=label, kind=kind, group=group, hint=hint, unit=unit, least=bounds[0], most=bounds[1]
    )


def money(name: str, label: str, group: str, hint: str = "", most: Decimal = MOST_MONEY, unit: str = "€") -> Question:
    kind = Kind.money
    return Question(name=name, label=label, kind=kind, group=group, hint=hint, least=Decimal(0), most=most, unit=unit)
