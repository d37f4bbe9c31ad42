"""Who the interministerial benefits of the State are for: civil agents, soldiers, and who is retired from either."""

from benefits.simulators.contract import Reference
from benefits.simulators.situation import Work

OF_THE_STATE = {Work.military, Work.defence_civilian, Work.state, Work.state_retired}
OF_DEFENCE = {Work.military, Work.defence_civilian}
CIRCULAR = Reference(
    "Circulaire du 4 janvier 2024, prestations interministérielles d’action sociale",
    "https://www.srias-corse.fr/actualites/pim-daction-sociale-2024-les-aides-aux-vacances-les-aides-aux-enfants-handicapes-et-laide-a-la-restauration-27",
)
NOT_RAISED = (
    "Taux de la circulaire du 4 janvier 2024, non relevés en 2025\u202f; nous n’en avons pas trouvé de plus récents."
)
WITHIN_BUDGET = "C’est une aide facultative, dans la limite du budget de votre administration."
ONLY_STATE = "Elle est réservée aux agents et retraités de l’État, militaires compris."
