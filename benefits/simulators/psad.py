"""Prestation de soutien en cas d'absence prolongée du domicile: who may have it. Its amount was read nowhere."""

from benefits.kinds import Audience
from benefits.simulators.contract import Estimate, NextAction, Reference, Simulator
from benefits.simulators.situation import Absence
from benefits.simulators.state import OF_DEFENCE
from benefits.simulators.working import Working, asking, simulating

RULES = Reference(
    "Ministère des Armées, prestation de soutien, 31 janvier 2022",
    "https://archives.defense.gouv.fr/familles/actualites-depart-en-mission/la-prestation-de-soutien-en-cas-d-absence-prolongee-du-domicile-psad.html",
)
APPLY = NextAction("Demander le montant et le dossier au service social\u202f: trouver le contact", "/contacts")
LEAST_DAYS = {Absence.mission: 8, Absence.hospital: 3}


@simulating("psad", APPLY)
def estimate(working: Working) -> Estimate:
    working.needs("work")
    if working.said.work not in OF_DEFENCE:
        return working.unlikely("Elle est réservée aux familles du personnel de la défense en activité.")
    working.needs("absence")
    absence = working.said.absence or Absence.none
    if absence is Absence.none:
        return working.unlikely("Elle soutient la famille quand quelqu’un est absent plusieurs jours de suite.")
    working.needs("absence_days", "alone")
    if working.said.alone:
        working.needs("children")
        if not working.said.children:
            return working.unlikely("Elle soutient le conjoint resté seul, ou les enfants.")
    least = LEAST_DAYS[absence]
    what = "en mission" if absence is Absence.mission else "à l’hôpital"
    working.step(
        f"Il faut au moins {least} jours de suite {what}\u202f: vous en dites {working.said.absence_days}.", RULES
    )
    if (working.said.absence_days or 0) < least:
        return working.unlikely("L’absence est trop courte.")
    working.step(
        "Elle rembourse des services à la maison ou de garde. Un stage de formation n’y donne pas droit.", RULES
    )
    return working.likely("Vous remplissez les conditions publiées\u202f; le montant, lui, ne l’est pas.")


SIMULATOR = Simulator(
    id="psad",
    title="Soutien en cas d’absence prolongée",
    lead="Pour la famille d’une personne de la défense en mission ou hospitalisée.",
    sheet="psad",
    audiences=(Audience.armed_forces, Audience.defence_civilians),
    asks=asking(estimate),
    estimate=estimate,
)
