"""Who counts for family allowances: in them, in two homes at once, with a supplement for age, for a year after 20.

Code de la sécurité sociale, articles L. 521-1 to L. 521-3 and R. 521-1; décret n° 2026-138 du 27 février 2026.
"""

from datetime import date
from typing import NamedTuple

from benefits.simulators.ages import birthday, counts_until, due_from, month_of
from benefits.simulators.household import children_of, dependent, shared
from benefits.simulators.questions import ADULT_AGE
from benefits.simulators.situation import Child
from benefits.simulators.working import Working

REFORM, OF_14_BEFORE = date(2026, 3, 1), date(2012, 3, 1)
"""From March 2026 the supplement begins at 18, but for who was 14 before: born before March 2012."""


class Family(NamedTuple):
    """Who counts: for the allowance, in two homes at once, and for a year after 20."""

    children: list[Child]
    in_two_homes: list[Child]
    just_20: list[Child]

    @property
    def size(self) -> int:
        return len(self.children) + len(self.just_20)


def supplement_age(born: date, on: date) -> int:
    """From which birthday a child adds the supplement for age."""
    return 14 if month_of(on) < REFORM or born < OF_14_BEFORE else 18


def _adds_supplement(child: Child, on: date) -> bool:
    born = child.born or on
    return due_from(birthday(born, supplement_age(born, on)), on)


def with_supplement(children: list[Child], on: date) -> list[Child]:
    """With two children the elder adds nothing; with three or more, all do."""
    by_age = sorted(children, key=lambda child: child.born or on)
    return [child for child in (by_age[1:] if len(by_age) == 2 else by_age) if _adds_supplement(child, on)]


def family_of(working: Working, children: list[Child], maybe_20: list[Child]) -> Family:
    """Raises Missing with all that is still to be said at once."""
    working.needs("child.earns", "shared_custody", "resources", of=[*children, *maybe_20])
    dependents = dependent(working, children)
    return Family(dependents, shared(working, dependents), dependent(working, maybe_20))


def just_turned_20(working: Working) -> list[Child]:
    """Who turned 20 less than a year ago; worth asking about only where three children may count."""
    every = children_of(working)
    return [
        child
        for child in every
        if child.born
        and not counts_until(child.born, ADULT_AGE, working.on)
        and counts_until(child.born, ADULT_AGE + 1, working.on)
    ]
