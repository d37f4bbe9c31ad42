"""Allocation de base de la Paje: each month for a child under 3, under one of two ceilings.

Code de la sécurité sociale, articles L. 531-3, R. 522-2 and D. 531-3.
"""

from collections import Counter
from decimal import Decimal

from benefits.kinds import Audience
from benefits.simulators.contract import Amount, Estimate, NextAction, Per, Reference, Simulator
from benefits.simulators.household import counting, dependent, first_month, so_many, to_come
from benefits.simulators.money import in_euros, in_percent, net_of_crds, to_the_cent
from benefits.simulators.working import Working, asking, simulating

CEILINGS = Reference(
    "Code de la sécurité sociale, articles L. 531-3 et R. 522-2",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000036393143",
)
RATES = Reference(
    "Code de la sécurité sociale, article D. 531-3",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000036852559",
)
APPLY = NextAction(
    "Voir les conditions et la démarche", "https://www.service-public.gouv.fr/particuliers/vosdroits/F2552"
)
UNTIL = 3


def ceiling(figures: dict[str, Decimal], rate: str, children: int, larger: bool) -> Decimal:
    """Of the `full` or `half` rate, in euros a year; `larger` for who is alone or when both earned."""
    steps = figures["first_two"] * min(children, 2) + figures["further"] * max(children - 2, 0)
    return figures[f"{rate}_ceiling"] * (1 + steps) + (figures[f"{rate}_larger"] if larger else 0)


def _together(working: Working) -> int:
    """How many children under 3 were born on the same day: each of them brings one allowance, others none."""
    return max(Counter(child.born for child in counting(working, UNTIL) or to_come(working)).values())


@simulating("paje-base", APPLY)
def estimate(working: Working) -> Estimate:
    later = [] if counting(working, UNTIL) else to_come(working)
    if not counting(working, UNTIL) and not later:
        return working.unlikely("Elle est versée jusqu’au mois qui précède les 3 ans de l’enfant.")
    working.needs("alone", "resources", "child.earns", of=counting(working))
    if not working.said.alone:
        working.needs("both_earned")
    return _worked_out(working, len(dependent(working, counting(working))) + len(later))


def _worked_out(working: Working, family: int) -> Estimate:
    figures, bmaf, resources = working.figures("paje"), working.bmaf(), working.said.resources or Decimal(0)
    larger = bool(working.said.alone or working.said.both_earned)
    full, half = (ceiling(figures, rate, family, larger) for rate in ("full", "half"))
    working.step(
        f"Avec {so_many(family, 'enfant')} à charge\u202f: taux plein jusqu’à {in_euros(to_the_cent(full))} de "
        f"ressources en {working.on.year - 2}, moitié jusqu’à {in_euros(to_the_cent(half))}. Les vôtres\u202f: "
        f"{in_euros(resources)}.",
        CEILINGS,
    )
    if resources > half:
        return working.unlikely("Vos ressources dépassent le plafond.")
    rate = figures["rate"] if resources <= full else figures["rate"] / 2
    count = _together(working)
    gross = bmaf * rate * count
    twins = f", pour {count} enfants nés ensemble" if count > 1 else ""
    working.step(
        f"{in_percent(rate)} de la base mensuelle ({in_euros(bmaf)}){twins}\u202f: {in_euros(to_the_cent(gross))}.",
        RATES,
    )
    net = net_of_crds(gross, figures["crds"])
    working.step(f"Moins la CRDS de 0,5\u202f%\u202f: {in_euros(net)} par mois.")
    if not counting(working, UNTIL):
        return working.unknown(
            f"Elle commence le mois qui suit la naissance\u202f: {first_month(to_come(working))}. Avec le barème et "
            f"les ressources d’aujourd’hui, ce serait {in_euros(net)} par mois."
        )
    return working.likely("Chaque mois jusqu’aux 3 ans de l’enfant.", Amount(net, Per.month))


SIMULATOR = Simulator(
    id="paje-base",
    title="Allocation de base de la Paje",
    lead="Chaque mois, pour un enfant de moins de 3 ans, sous un plafond de ressources.",
    sheet="paje-base",
    audiences=(Audience.everyone,),
    asks=asking(estimate),
    estimate=estimate,
)
