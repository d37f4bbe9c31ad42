"""Interministerial allowance for the parents of a disabled child under 20: a fixed sum each month."""

from benefits.kinds import Audience
from benefits.simulators.contract import Amount, Estimate, NextAction, Per, Simulator
from benefits.simulators.household import counting, so_many
from benefits.simulators.money import in_euros
from benefits.simulators.situation import Disability
from benefits.simulators.state import CIRCULAR, NOT_RAISED, OF_THE_STATE, ONLY_STATE, WITHIN_BUDGET
from benefits.simulators.working import Working, asking, simulating

APPLY = NextAction("Demander à votre service d’action sociale\u202f: trouver le contact", "/contacts")
AEEH = NextAction(
    "Demander d’abord l’AEEH à la MDPH", "https://www.service-public.gouv.fr/particuliers/vosdroits/F14809"
)


@simulating("aeh", APPLY, AEEH)
def estimate(working: Working) -> Estimate:
    working.needs("work")
    if working.said.work not in OF_THE_STATE:
        return working.unlikely(ONLY_STATE)
    children = counting(working)
    if not children:
        return working.unlikely("Elle est versée pour un enfant de moins de 20 ans.")
    working.needs("disabled_child")
    if not working.said.disabled_child:
        return working.unlikely("Elle est réservée aux parents d’un enfant en situation de handicap.")
    working.needs("child.disability", "child.aeeh", of=children)
    helped = [child for child in children if child.disability is Disability.from_50 and child.aeeh]
    if not helped:
        return working.unlikely("Il faut un taux d’incapacité d’au moins 50\u202f% et recevoir l’AEEH.")
    figures = working.figures("pim")
    working.step(NOT_RAISED, CIRCULAR)
    working.step(
        f"{in_euros(figures['disabled_child'])} par mois et par enfant, sans condition de ressources.", CIRCULAR
    )
    working.step("Rien n’est dû pour les jours d’internat entièrement pris en charge.", CIRCULAR)
    total = figures["disabled_child"] * len(helped)
    return working.likely(f"Pour {so_many(len(helped), 'enfant')}. {WITHIN_BUDGET}", Amount(total, Per.month))


SIMULATOR = Simulator(
    id="aeh",
    title="Allocation aux parents d’enfants handicapés",
    lead="Chaque mois, pour un enfant de moins de 20 ans d’un agent de l’État, en plus de l’AEEH.",
    sheet="aeh",
    audiences=(Audience.state, Audience.armed_forces, Audience.defence_civilians, Audience.retired),
    asks=asking(estimate),
    estimate=estimate,
)
