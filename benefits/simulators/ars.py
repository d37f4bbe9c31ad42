"""Allocation de rentrée scolaire: once a year, for each child at school, under a ceiling.

Code de la sécurité sociale, articles L. 543-1, R. 543-2 to R. 543-6-1 and D. 543-1.
"""

from datetime import date
from decimal import Decimal

from benefits.kinds import Audience
from benefits.simulators.ages import birthday, counts_until
from benefits.simulators.contract import Amount, Estimate, NextAction, Per, Reference, Simulator
from benefits.simulators.household import children_of, dependent, so_many
from benefits.simulators.money import in_euros, in_percent, net_of_crds, to_the_cent
from benefits.simulators.questions import ADULT_AGE
from benefits.simulators.situation import Child
from benefits.simulators.working import Working, asking, simulating

AGES = Reference("Code de la sécurité sociale, article R. 543-2")
RATES = Reference(
    "Code de la sécurité sociale, article D. 543-1",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000026087214",
)
CEILING = Reference("Code de la sécurité sociale, articles R. 543-5, R. 543-6-1 et D. 543-2")
APPLY = NextAction(
    "Voir les conditions et la démarche", "https://www.service-public.gouv.fr/particuliers/vosdroits/F1878"
)
BANDS = (("primary", "6 à 10 ans"), ("middle", "11 à 14 ans"), ("high", "15 à 18 ans"))


def rate_of(born: date, year: int) -> str:
    """The name of the rate a child has at the start of the school `year`, or none: at school age and not yet 18."""
    reached = year - born.year
    if reached < 6 or birthday(born, 18) <= date(year, 9, 15):
        return ""
    return "high" if reached >= 15 else "middle" if reached >= 11 else "primary"


def _six_in_january(child: Child, year: int) -> bool:
    return bool(child.born) and date(year + 1, 1, 1) <= birthday(child.born or date.max, 6) < date(year + 1, 2, 1)


def _gross(working: Working, pupils: list[Child], figures: dict[str, Decimal], bmaf: Decimal) -> Decimal:
    total = Decimal(0)
    for name, ages in BANDS:
        count = sum(rate_of(child.born, working.on.year) == name for child in pupils if child.born)
        if not count:
            continue
        share = bmaf * figures[name] * count
        total += share
        working.step(
            f"{so_many(count, 'enfant').capitalize()} de {ages}\u202f: {in_percent(figures[name])} de la base "
            f"mensuelle ({in_euros(bmaf)}) chacun, soit {in_euros(to_the_cent(share))}.",
            RATES,
        )
    return total


@simulating("ars", APPLY)
def estimate(working: Working) -> Estimate:
    year = working.on.year
    children = children_of(working)
    pupils = [child for child in children if child.born and rate_of(child.born, year)]
    if not pupils:
        if any(_six_in_january(child, year) for child in children):
            working.step(
                "Un enfant qui aura 6 ans en janvier y donne droit s’il est déjà au CP, sur certificat.",
                AGES,
            )
        return working.unlikely(f"Elle est versée pour un enfant de 6 à 18 ans à la rentrée {year}.")
    in_summer = [child for child in children if child.born and counts_until(child.born, ADULT_AGE, date(year, 8, 1))]
    working.needs("child.earns", "resources", of=in_summer)
    pupils = [child for child in pupils if not child.earns]
    if not pupils:
        return working.unlikely("Un enfant qui gagne plus de 55\u202f% du Smic n’y donne plus droit.")
    return _worked_out(working, pupils, len(dependent(working, in_summer)))


def _worked_out(working: Working, pupils: list[Child], family: int) -> Estimate:
    start = date(working.on.year, 9, 1)
    figures, bmaf, resources = working.figures("ars", start), working.bmaf(start), working.said.resources or Decimal(0)
    gross = _gross(working, pupils, figures, bmaf)
    ceiling = figures["ceiling"] * (1 + figures["per_child"] * family)
    working.step(
        f"Plafond avec {so_many(family, 'enfant')} à charge\u202f: {in_euros(to_the_cent(ceiling))}. "
        f"Vos ressources de {start.year - 2}\u202f: {in_euros(resources)}.",
        CEILING,
    )
    if resources > ceiling:
        gross = max(Decimal(0), gross - (resources - ceiling))
        if gross < figures["least"]:
            return working.unlikely("Vos ressources dépassent le plafond.")
        working.step(
            f"Vous le dépassez de peu\u202f: elle est diminuée d’autant, {in_euros(to_the_cent(gross))}.",
            CEILING,
        )
    net = net_of_crds(gross, figures["crds"])
    working.step(f"{in_euros(to_the_cent(gross))}, moins la CRDS de 0,5\u202f%\u202f: {in_euros(net)}.")
    return working.likely(
        f"Pour la rentrée {start.year}, versée fin août\u202f; à partir de 16 ans, il faut déclarer la scolarité.",
        Amount(net, Per.once, f"rentrée {start.year}"),
    )


SIMULATOR = Simulator(
    id="ars",
    title="Allocation de rentrée scolaire",
    lead="Une fois par an, pour chaque enfant de 6 à 18 ans, sous un plafond de ressources.",
    sheet="ars",
    audiences=(Audience.everyone,),
    asks=asking(estimate),
    estimate=estimate,
)
