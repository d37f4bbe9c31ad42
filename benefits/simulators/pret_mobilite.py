"""Prêt à la mobilité of the defence ministry's social action: what moving costs, lent without interest."""

from benefits.kinds import Audience
from benefits.simulators.contract import Amount, Estimate, NextAction, Per, Reference, Simulator
from benefits.simulators.money import in_euros
from benefits.simulators.situation import NewPost
from benefits.simulators.state import OF_DEFENCE
from benefits.simulators.working import Working, asking, simulating

RULES = Reference(
    "Ministère des Armées, prêt à la mobilité",
    "https://rh-terre.defense.gouv.fr/actualites/item/582-vous-etes-mute-pensez-au-pret-a-la-mobilite",
)
APPLY = NextAction("En parler à votre service social\u202f: trouver le contact", "/contacts")


@simulating("pret-mobilite", APPLY)
def estimate(working: Working) -> Estimate:
    working.needs("work")
    if working.said.work not in OF_DEFENCE:
        return working.unlikely("Il est réservé aux militaires et aux agents civils de la défense en activité.")
    working.needs("new_post")
    if working.said.new_post is NewPost.none:
        return working.unlikely("Il accompagne une affectation, une mutation ou un détachement.")
    working.needs("paris_region")
    most = working.figures("pret-mobilite")["paris_region" if working.said.paris_region else "elsewhere"]
    where = "en Île-de-France" if working.said.paris_region else "hors d’Île-de-France"
    working.step(f"Jusqu’à {in_euros(most)} {where}.", RULES)
    working.step("Il couvre le dépôt de garantie, les frais d’agence et le déménagement, sur justificatifs.", RULES)
    working.step("Un célibataire géographique logé en chambre de passage ou conventionnée n’y a pas droit.", RULES)
    return working.likely(
        "C’est un prêt\u202f: il se rembourse, sans intérêt.", Amount(most, Per.once, "prêtés au plus")
    )


SIMULATOR = Simulator(
    id="pret-mobilite",
    title="Prêt à la mobilité",
    lead="Sans intérêt, pour s’installer après une mutation, au ministère des Armées.",
    sheet="pret-mobilite",
    audiences=(Audience.armed_forces, Audience.defence_civilians),
    asks=asking(estimate),
    estimate=estimate,
)
