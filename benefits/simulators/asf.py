"""Allocation de soutien familial: for who raises a child alone, when the other parent pays too little or is no more.

Code de la sécurité sociale, articles L. 523-1 to L. 523-3, R. 523-7 and D. 523-3.
"""

from decimal import Decimal

from benefits.kinds import Audience
from benefits.simulators.contract import Amount, Estimate, NextAction, Per, Reference, Simulator
from benefits.simulators.household import counting, dependent, so_many
from benefits.simulators.money import in_euros, in_percent, net_of_crds, to_the_cent
from benefits.simulators.situation import Child, OtherParent
from benefits.simulators.working import Working, asking, simulating

WHO = Reference("Code de la sécurité sociale, articles L. 523-1 et L. 523-2")
RATE = Reference(
    "Code de la sécurité sociale, article R. 523-7",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000046498993",
)
LEAST = Reference(
    "Code de la sécurité sociale, article D. 523-3",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000037249831",
)
APPLY = NextAction(
    "Voir les conditions et la démarche", "https://www.service-public.gouv.fr/particuliers/vosdroits/F815"
)
AGENCY = NextAction("Faire fixer ou recouvrer une pension alimentaire", "https://www.pension-alimentaire.caf.fr/")


def _due(child: Child, full: Decimal) -> Decimal:
    if child.other_parent is OtherParent.lives_here:
        return Decimal(0)
    paid = child.support_paid or Decimal(0) if child.other_parent is OtherParent.pays else Decimal(0)
    return max(Decimal(0), full - paid)


@simulating("asf", APPLY, AGENCY)
def estimate(working: Working) -> Estimate:
    children = counting(working)
    if not children:
        return working.unlikely("Elle est versée pour un enfant à charge de moins de 20 ans.")
    working.needs("alone")
    if not working.said.alone:
        return working.unlikely("Elle est réservée à qui vit sans conjoint.")
    working.needs("child.earns", "child.other_parent", of=children)
    children = dependent(working, children)
    working.needs("child.support_paid", of=children)
    helped = [child for child in children if child.other_parent is not OtherParent.lives_here]
    if not helped:
        return working.unlikely("L’autre parent vit avec vous, ou l’enfant gagne plus de 55\u202f% du Smic.")
    return _worked_out(working, helped)


def _worked_out(working: Working, children: list[Child]) -> Estimate:
    figures, bmaf = working.figures("asf"), working.bmaf()
    full = bmaf * figures["one_parent"]
    working.step(
        f"Par enfant\u202f: {in_percent(figures['one_parent'])} de la base mensuelle ({in_euros(bmaf)}), soit "
        f"{in_euros(to_the_cent(full))}. Davantage si l’enfant n’a plus aucun de ses parents.",
        RATE,
    )
    gross = sum((_due(child, full) for child in children), Decimal(0))
    if any(child.other_parent is OtherParent.pays for child in children):
        working.step(
            f"La pension reçue est déduite, enfant par enfant\u202f: il reste {in_euros(to_the_cent(gross))}. Cela "
            "vaut pour une pension payée en entier\u202f; une pension mal payée, la Caf l’avance et la recouvre.",
            WHO,
        )
    if gross < figures["least"]:
        working.step(f"En dessous de {in_euros(figures['least'])}, rien n’est versé.", LEAST)
        return working.unlikely("La pension que vous recevez atteint ou approche le montant garanti.")
    net = net_of_crds(gross, figures["crds"])
    working.step(f"{in_euros(to_the_cent(gross))}, moins la CRDS de 0,5\u202f%\u202f: {in_euros(net)} par mois.")
    if any(child.other_parent is OtherParent.pays_nothing for child in children):
        working.step(
            "Si l’autre parent ne paie pas une pension qu’il doit, l’allocation est une avance, qu’il rembourse. Sans "
            "pension fixée, elle est versée quatre mois, le temps d’en demander une.",
            WHO,
        )
    return working.likely(
        f"Pour {so_many(len(children), 'enfant')}, sans condition de ressources.", Amount(net, Per.month)
    )


SIMULATOR = Simulator(
    id="asf",
    title="Allocation de soutien familial",
    lead="Chaque mois, si vous élevez seul un enfant que l’autre parent n’aide pas, ou trop peu.",
    sheet="asf",
    audiences=(Audience.everyone,),
    asks=asking(estimate),
    estimate=estimate,
)
