"""Supplément familial de traitement ou de solde: a fixed part and a share of the pay, from the first child.

Code général de la fonction publique, articles L. 712-8 and L. 712-9; décret n° 85-1148 du 24 octobre 1985, articles 10
to 12.
"""

from decimal import Decimal

from benefits.kinds import Audience
from benefits.simulators.contract import Amount, Estimate, NextAction, Per, Reference, Simulator
from benefits.simulators.household import counting, dependent, first_month, so_many, to_come
from benefits.simulators.money import in_euros, in_percent, to_the_cent
from benefits.simulators.situation import Work
from benefits.simulators.working import Working, asking, simulating

WHO = Reference("Code général de la fonction publique, articles L. 712-8 et L. 712-9")
HOW = Reference("Décret n° 85-1148 du 24 octobre 1985, articles 10, 10 bis et 12")
APPLY = NextAction(
    "Voir les conditions et la démarche", "https://www.service-public.gouv.fr/particuliers/vosdroits/F32513"
)
PUBLIC = {Work.military, Work.defence_civilian, Work.state, Work.territorial, Work.hospital}


def monthly_pay(index: Decimal, point: Decimal) -> Decimal:
    """Gross, in euros a month, of an `indice majoré`; `point` is the yearly value of one."""
    return index * point / 12


def _parts(children: int, figures: dict[str, Decimal]) -> tuple[Decimal, Decimal]:
    """The fixed part in euros a month, and the share of the pay."""
    if children == 1:
        return figures["fixed_one"], Decimal(0)
    fixed = figures["fixed_two"] + figures["fixed_further"] * (children - 2)
    share = figures["share_two"] if children == 2 else figures["share_three"]
    return fixed, share + figures["share_further"] * max(children - 3, 0)


@simulating("sft", APPLY)
def estimate(working: Working) -> Estimate:
    working.needs("work")
    if working.said.work not in PUBLIC:
        return working.unlikely("Il est réservé aux agents publics et aux militaires en activité.")
    children = counting(working)
    working.needs("child.earns", of=children)
    count = len(dependent(working, children))
    if not count and (later := to_come(working)):
        return working.unknown(f"Il commence le mois qui suit la naissance\u202f: {first_month(later)}.")
    if not count:
        return working.unlikely("Il est versé à partir d’un enfant à charge de moins de 20 ans.")
    if count > 1:
        working.needs("index", "full_time")
    return _worked_out(working, count)


def _worked_out(working: Working, count: int) -> Estimate:
    figures = working.figures("sft")
    fixed, share = _parts(count, figures)
    working.step(f"{so_many(count, 'enfant').capitalize()} à charge\u202f: part fixe de {in_euros(fixed)}.", HOW)
    amount, label = fixed, "brut"
    if count > 1:
        amount, label = _with_share(working, fixed, share, figures)
    working.step("Si l’autre parent est aussi agent public, un seul des deux le reçoit, au choix.", WHO)
    return working.likely("Il est versé avec la paie, sans condition de ressources.", Amount(amount, Per.month, label))


def _with_share(working: Working, fixed: Decimal, share: Decimal, figures: dict[str, Decimal]) -> tuple[Decimal, str]:
    """Who works part-time has at least what the lowest index brings: the rest depends on their hours, not asked."""
    index, floor, cap = Decimal(working.said.index or 0), figures["floor"], figures["cap"]
    kept = min(max(index, floor), cap) if working.said.full_time else floor
    pay = monthly_pay(kept, figures["point"])
    working.step(
        f"Part proportionnelle\u202f: {in_percent(share)} du traitement de l’indice {kept} "
        f"({in_euros(to_the_cent(pay))}). Un indice plus bas que {floor} compte pour {floor}, un indice plus haut que "
        f"{cap} pour {cap}.",
        HOW,
    )
    amount = to_the_cent(fixed + share * pay)
    working.step(
        f"{in_euros(fixed)} et {in_euros(to_the_cent(share * pay))}\u202f: {in_euros(amount)} bruts par mois.", HOW
    )
    if not working.said.full_time:
        working.step("Sur un emploi à temps non complet, sans ce minimum, il est réduit comme la paie.", HOW)
    return amount, "brut" if working.said.full_time else "brut (au moins, à temps partiel)"


SIMULATOR = Simulator(
    id="sft",
    title="Supplément familial de traitement ou de solde",
    lead="Chaque mois avec la paie des agents publics et des militaires, dès le premier enfant.",
    sheet="sft",
    audiences=(Audience.state, Audience.armed_forces, Audience.defence_civilians, Audience.territorial),
    asks=asking(estimate),
    estimate=estimate,
)
