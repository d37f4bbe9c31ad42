"""The children who count, as the family benefits see them."""

from babel.dates import format_date
from dateutil.relativedelta import relativedelta

from benefits.simulators.ages import counts_until, due_from
from benefits.simulators.contract import Reference
from benefits.simulators.questions import ADULT_AGE
from benefits.simulators.situation import Child
from benefits.simulators.working import Working

DEPENDENT = Reference(
    "Code de la sécurité sociale, articles L. 512-3 et R. 512-2",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006750602",
)


def children_of(working: Working) -> tuple[Child, ...]:
    """Those who were said, each with a date of birth. Raises Missing."""
    working.needs("children")
    children = working.said.children or ()
    working.needs("child.born", of=children)
    return children


def counting(working: Working, years: int = ADULT_AGE) -> list[Child]:
    """Those who are younger than `years` for the month asked about, whatever they earn. Raises Missing."""
    return [child for child in children_of(working) if child.born and counts_until(child.born, years, working.on)]


def to_come(working: Working) -> list[Child]:
    """Those who are expected, or were born too late to count for the month asked about. Raises Missing."""
    return [child for child in children_of(working) if child.born and not due_from(child.born, working.on)]


def first_month(children: list[Child]) -> str:
    """`avril 2027`: from when the first of these, who have a date of birth, counts."""
    born = min(child.born for child in children if child.born)
    return format_date(born + relativedelta(months=1), "MMMM y", locale="fr")


def dependent(working: Working, children: list[Child]) -> list[Child]:
    """Of these, those who do not earn too much to be at somebody's charge. Raises Missing."""
    working.needs("child.earns", of=children)
    return [child for child in children if not child.earns]


def shared(working: Working, children: list[Child]) -> list[Child]:
    """Of these, those who live in turn with each parent. Raises Missing."""
    working.needs("shared_custody")
    if not working.said.shared_custody:
        return []
    working.needs("child.shared", of=children)
    return [child for child in children if child.shared]


def so_many(count: int, singular: str, plural: str = "") -> str:
    """`un enfant`, `3 enfants`."""
    return f"un {singular}" if count == 1 else f"{count} {plural or singular + 's'}"
