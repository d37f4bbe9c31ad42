"""What our simulators and OpenFisca say of the same households, and where the two may not be compared."""

import json
import subprocess
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from benefits.simulators.af_family import supplement_age
from benefits.simulators.ages import age_on, birthday, month_of
from benefits.simulators.all import SIMULATORS
from benefits.simulators.contract import Verdict
from benefits.simulators.scales import scales
from tests.benefits.simulators.oracle.households import Household, households

ROOT = Path(__file__).parents[4]
PYTHON = ROOT / ".venv/openfisca/bin/python"
SCRIPT = Path(__file__).with_name("in_openfisca.py")
CENT = Decimal("0.01")
WITHOUT_CRDS = Decimal("0.995")
VARIABLES = {"af": "af", "ars": "ars", "asf": "asf", "paje_base": "paje-base", "sft": "sft"}
"""OpenFisca's name, and ours."""


class Compared(NamedTuple):
    """Amounts in euros; `apart` says why the two may not be compared, or nothing."""

    variable: str
    household: Household
    ours: Decimal
    theirs: Decimal
    apart: str

    @property
    def difference(self) -> Decimal:
        return abs(self.ours - self.theirs)


def _births(household: Household) -> list[date]:
    return [child.born for child in household.children if child.born]


def _turns(household: Household, years: int, month: date) -> bool:
    """Whether a child becomes that old in the month, after its first day."""
    days = [birthday(born, years) for born in _births(household)]
    return any(month_of(day) == month and day.day > 1 for day in days)


def _ends_in_the_month(years: int) -> Callable[[Household], bool]:
    return lambda household: _turns(household, years, household.month)


def _on_the_first(household: Household) -> bool:
    """Law, article L. 552-1: due from the month after; OpenFisca counts an age reached on the first of the month."""
    ages = [(born, years) for born in _births(household) for years in (0, supplement_age(born, household.month))]
    return any(birthday(born, years) == household.month for born, years in ages)


def _same_age(household: Household) -> bool:
    """OpenFisca's own comment: its supplement for age does not see twins, nor the younger of two of the same age."""
    ages = [age_on(born, household.month) for born in _births(household)]
    return len(ages) != len(set(ages))


def _just_20(household: Household) -> bool:
    return any(age_on(born, household.month) == 20 for born in _births(household))


def _flat_and_above(household: Household) -> bool:
    """OpenFisca counts the child of 20 for the share of the flat sum, and not for how far above the ceiling one is."""
    ceiling = scales()["af"].on(household.month).values
    below = ceiling["first_ceiling"] + ceiling["per_child"] * _helped(household)
    return _just_20(household) and (household.situation.resources or 0) > below


def _twins_under_3(household: Household) -> bool:
    births = [born for born in _births(household) if age_on(born, household.month) < 3]
    return len(births) != len(set(births))


def _december(household: Household) -> bool:
    return any(born.month == 12 and born.day > 1 for born in _births(household))


def _september_at_18(household: Household) -> bool:
    year = household.month.year
    return any(
        birthday(born, 18).replace(day=1) in (date(year, 9, 1), date(year, 10, 1)) for born in _births(household)
    )


def _changes_after_july(household: Household) -> bool:
    year = household.month.year
    window = [date(year, month, 1) for month in (7, 8, 9, 10)]
    return any(month_of(birthday(born, years)) in window for born in _births(household) for years in (0, 20))


END_20 = "20 ans dans le mois : L. 552-1 arrête le droit ce mois-là, OpenFisca le mois d’après", _ends_in_the_month(20)
END_21 = "21 ans dans le mois : même raison pour le forfait", _ends_in_the_month(21)
END_3 = "3 ans dans le mois : même raison", _ends_in_the_month(3)
FIRST = "anniversaire le 1er : L. 552-1 ouvre le droit le mois suivant, OpenFisca le jour même", _on_the_first
APART: dict[str, tuple[tuple[str, Callable[[Household], bool]], ...]] = {
    "af": (
        END_20,
        END_21,
        FIRST,
        ("forfait au-dessus du plafond : OpenFisca y prend deux plafonds à la fois", _flat_and_above),
        ("deux enfants du même âge en années : OpenFisca dit ne pas savoir qui est l’aîné", _same_age),
    ),
    "asf": (END_20, FIRST),
    "paje_base": (
        END_20,
        FIRST,
        END_3,
        ("jumeaux : une allocation chacun (L. 531-3), OpenFisca une seule", _twins_under_3),
    ),
    "ars": (
        ("né en décembre : R. 543-2 prend l’âge de l’année civile, OpenFisca celui du 1er décembre", _december),
        ("18 ans en septembre ou octobre : OpenFisca dit ne pas suivre la date du 15 septembre", _september_at_18),
        ("famille changée entre juillet et octobre : OpenFisca prend celle d’octobre", _changes_after_july),
    ),
    "sft": (
        END_20,
        FIRST,
        ("enfant de 20 ans : OpenFisca le compte encore, l’article L. 512-3 ne le compte plus", _just_20),
    ),
}


def _helped(household: Household) -> int:
    """For how many children the pension counts: OpenFisca knows it for the family, we for each child."""
    ages = [age_on(child.born, household.month) for child in household.children if child.born and not child.earns]
    return sum(0 <= age < 20 for age in ages)


def _asked(household: Household) -> dict[str, object]:
    pay = Decimal("59.0734") * household.index / 12
    return {
        "month": household.month.strftime("%Y-%m"),
        "salaries": [float(salary) for salary in household.salaries],
        "pay": float(pay),
        "pensions": float(household.pension * _helped(household)),
        "children": [
            {"born": str(child.born), "shared": bool(child.shared), "earns": bool(child.earns)}
            for child in household.children
        ],
    }


@cache
def answers() -> tuple[tuple[Household, dict[str, float]], ...]:
    """Every household with what OpenFisca says of it. Raises CalledProcessError, with its words, when it cannot."""
    every = households()
    text = json.dumps([_asked(household) for household in every])
    run = subprocess.run([PYTHON, SCRIPT], input=text, capture_output=True, text=True, timeout=240, check=True)
    return tuple(zip(every, json.loads(run.stdout), strict=True))


def _ours(variable: str, household: Household) -> Decimal:
    estimate = SIMULATORS[VARIABLES[variable]].estimate(household.situation, household.month + relativedelta(days=14))
    assert estimate.verdict is not Verdict.unknown, (variable, household, estimate)
    return sum((amount.euros for amount in estimate.amounts), Decimal(0))


def _compared(variable: str, household: Household, found: dict[str, float]) -> Compared:
    gross = Decimal(found[variable])
    theirs = (gross if variable == "sft" else gross * WITHOUT_CRDS).quantize(CENT, ROUND_HALF_UP)
    apart = next((why for why, holds in APART[variable] if holds(household)), "")
    return Compared(variable, household, _ours(variable, household), theirs, apart)


def compared(variable: str) -> list[Compared]:
    return [_compared(variable, household, found) for household, found in answers()]
