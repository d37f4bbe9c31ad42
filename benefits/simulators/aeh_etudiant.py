"""Interministerial allowance for a disabled young adult of 20 to 27 who studies: a share of the monthly base."""

from benefits.kinds import Audience
from benefits.simulators.ages import counts_until, due_from
from benefits.simulators.contract import Amount, Estimate, NextAction, Per, Simulator
from benefits.simulators.household import children_of, so_many
from benefits.simulators.money import in_euros, in_percent, to_the_cent
from benefits.simulators.questions import ADULT_AGE, LAST_AGE
from benefits.simulators.situation import Child, Disability
from benefits.simulators.state import CIRCULAR, OF_THE_STATE, ONLY_STATE, WITHIN_BUDGET
from benefits.simulators.working import Working, asking, simulating

APPLY = NextAction("Demander à votre service d’action sociale\u202f: trouver le contact", "/contacts")


def _young_adult(child: Child, working: Working) -> bool:
    born = child.born or working.on
    return (
        due_from(born, working.on)
        and not counts_until(born, ADULT_AGE, working.on)
        and counts_until(born, LAST_AGE, working.on)
    )


@simulating("aeh-etudiant", APPLY)
def estimate(working: Working) -> Estimate:
    working.needs("work")
    if working.said.work not in OF_THE_STATE:
        return working.unlikely(ONLY_STATE)
    adults = [child for child in children_of(working) if _young_adult(child, working)]
    if not adults:
        return working.unlikely("Elle est versée pour un jeune de 20 à 27 ans, que vous comptez parmi vos enfants.")
    working.needs("disabled_child")
    if not working.said.disabled_child:
        return working.unlikely("Elle est réservée aux jeunes malades ou en situation de handicap.")
    working.needs("child.studies", "child.aah", "child.disability", of=adults)
    return _worked_out(working, [child for child in adults if child.studies and not child.aah])


def _worked_out(working: Working, students: list[Child]) -> Estimate:
    if not students:
        return working.unlikely("Il faut étudier ou être en apprentissage, et ne pas recevoir l’AAH.")
    helped = [child for child in students if child.disability is Disability.from_50]
    if not helped:
        return working.unknown(
            "Sans taux d’au moins 50\u202f%, une maladie chronique peut suffire\u202f: un médecin agréé le dit."
        )
    share, bmaf = working.figures("pim")["student_share"], working.bmaf()
    amount = to_the_cent(bmaf * share)
    working.step(
        f"{in_percent(share)} de la base mensuelle des allocations familiales ({in_euros(bmaf)})\u202f: "
        f"{in_euros(amount)} par mois et par jeune.",
        CIRCULAR,
    )
    return working.likely(
        f"Pour {so_many(len(helped), 'jeune')}. {WITHIN_BUDGET}", Amount(amount * len(helped), Per.month)
    )


SIMULATOR = Simulator(
    id="aeh-etudiant",
    title="Allocation pour un jeune adulte handicapé qui étudie",
    lead="Chaque mois, de 20 à 27 ans, pour les agents de l’État.",
    sheet="aeh-etudiant",
    audiences=(Audience.state, Audience.armed_forces, Audience.defence_civilians, Audience.retired),
    asks=asking(estimate),
    estimate=estimate,
)
