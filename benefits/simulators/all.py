"""Every simulator, in the order in which the questionnaire runs them."""

from benefits.simulators import (
    aeh,
    aeh_etudiant,
    af,
    aip,
    ars,
    asf,
    cmg,
    mensualites,
    paje_base,
    pret_mobilite,
    psad,
    sejours_enfants,
    sft,
)
from benefits.simulators.contract import Simulator

_ALL = (af, ars, paje_base, cmg, asf, sft, sejours_enfants, aeh, aeh_etudiant, aip, pret_mobilite, psad, mensualites)
SIMULATORS: dict[str, Simulator] = {one.SIMULATOR.id: one.SIMULATOR for one in _ALL}
