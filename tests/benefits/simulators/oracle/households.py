"""Households drawn by lot, always the same ones: children around every age of the law, incomes around every ceiling."""

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from benefits.simulators.ages import month_of
from benefits.simulators.situation import Child, OtherParent, Situation, Territory, Work

MONTHS = tuple(
    date(year, month, 1)
    for year, month in ((2025, 3), (2025, 6), (2025, 11), (2026, 2), (2026, 3), (2026, 4), (2026, 11))
)
EACH_MONTH = 90
AGES_THAT_MATTER = (0, 3, 6, 11, 14, 15, 16, 18, 20, 21)
BMAF_IN_JANUARY = {2023: Decimal("414.81"), 2024: Decimal("445.93")}
"""In force on 1 January of the year of the incomes: twelve times it is what each of a couple must have earned."""
LOW = (12_000, 22_000, 28_956, 31_066, 35_638, 37_118, 41_055, 42_320, 49_002, 49_054, 54_724)
HIGH = (66_652, 79_980, 86_644, 93_276, 106_604, 113_268, 120_000)
"""Ceilings of 2026, of the families they are for; those of 2025 are a little lower."""
KEPT = Decimal("0.9")
"""Of a salary, once the tax office has taken off 10 %: its least and most deductions are avoided, and salaries are such
that nothing is left to round."""


class Household(NamedTuple):
    """`salaries` are taxable, of the year two years before `month`, one for each parent, in euros."""

    month: date
    salaries: tuple[Decimal, ...]
    children: tuple[Child, ...]
    index: int
    pension: Decimal

    @property
    def alone(self) -> bool:
        return len(self.salaries) == 1

    @property
    def situation(self) -> Situation:
        """The same household, as our simulators are told of it."""
        each = [salary * KEPT for salary in self.salaries]
        least = 12 * BMAF_IN_JANUARY[self.month.year - 2]
        return Situation(
            work=Work.state,
            territory=Territory.mainland,
            alone=self.alone,
            children=self.children,
            shared_custody=any(child.shared for child in self.children),
            resources=sum(each, Decimal(0)),
            both_earned=len(each) == 2 and all(one >= least for one in each),
            index=self.index,
            full_time=True,
        )


def _born(lot: random.Random, month: date) -> date:
    """Half of them near a birthday that changes something: in the months before and after it."""
    if lot.random() < 0.5:
        years = lot.choice(AGES_THAT_MATTER)
        return month - relativedelta(years=years) + timedelta(days=lot.randint(-70, 40))
    return month - timedelta(days=lot.randint(0, 21 * 365))


def _child(lot: random.Random, month: date, pension: Decimal) -> Child:
    born = min(_born(lot, month), month - timedelta(days=40))
    return Child(
        born=born,
        shared=lot.random() < 0.15,
        earns=born < month - relativedelta(years=16) and lot.random() < 0.1,
        other_parent=OtherParent.pays if pension else OtherParent.pays_nothing,
        support_paid=pension,
    )


def _salaries(lot: random.Random, alone: bool) -> tuple[Decimal, ...]:
    aim = lot.choice(lot.choice((LOW, HIGH))) + lot.choice((-4000, -900, -250, -30, 30, 250, 700, 900, 1500, 4000))
    whole = Decimal(max(aim, 14_000)) / KEPT
    shares = [Decimal(1)] if alone else lot.choice(([Decimal(1), Decimal(0)], [Decimal("0.6"), Decimal("0.4")]))
    parts = [whole * share for share in shares]
    return tuple(part // 120 * 120 for part in parts)


def _household(lot: random.Random, month: date) -> Household:
    alone = lot.random() < 0.4
    pension = Decimal(lot.choice((0, 0, 60, 150)))
    children = tuple(_child(lot, month, pension) for _ in range(lot.choice((0, 1, 1, 2, 2, 2, 3, 3, 4, 5))))
    return Household(month_of(month), _salaries(lot, alone), children, lot.randint(366, 830), pension)


def households() -> list[Household]:
    lot = random.Random("la famille de tout le monde")
    return [_household(lot, month) for month in MONTHS for _ in range(EACH_MONTH)]
