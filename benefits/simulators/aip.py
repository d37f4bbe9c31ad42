"""Aide à l'installation des personnels de l'État: what a new civil agent pays to enter a rented home, up to a sum."""

from decimal import Decimal

from dateutil.relativedelta import relativedelta

from benefits.kinds import Audience
from benefits.simulators.contract import Amount, Estimate, NextAction, Per, Reference, Simulator
from benefits.simulators.money import in_euros
from benefits.simulators.situation import NewPost, Work
from benefits.simulators.working import Working, asking, simulating

RULES = Reference(
    "Circulaire du 11 août 2023, aide à l’installation des personnels de l’État", "https://www.aip-fonctionpublique.fr/"
)
APPLY = NextAction("Faire la demande en ligne", "https://www.aip-fonctionpublique.fr/")
CIVIL = {Work.state, Work.defence_civilian}


@simulating("aip", APPLY)
def estimate(working: Working) -> Estimate:
    working.needs("work")
    if working.said.work not in CIVIL:
        return working.unlikely("Elle est réservée aux agents civils de l’État en activité.")
    working.needs("new_post")
    if working.said.new_post is NewPost.none:
        return working.unlikely("Elle aide à s’installer après un recrutement.")
    if working.said.new_post is NewPost.transferred:
        return working.unknown(
            "Après une mutation, elle n’est due que dans un quartier prioritaire\u202f: demandez-le."
        )
    working.needs("reference_income", "alone", "tense_zone", "moved_on")
    if not working.said.alone:
        working.needs("both_earned")
    return _worked_out(working)


def _worked_out(working: Working) -> Estimate:
    figures, income = working.figures("aip"), working.said.reference_income or Decimal(0)
    two = not working.said.alone and bool(working.said.both_earned)
    ceiling = figures["two_incomes" if two else "one_income"]
    working.step(
        f"Revenu fiscal de référence de {working.on.year - 2}\u202f: {in_euros(income)}. Plafond avec "
        f"{'deux revenus' if two else 'un revenu'}\u202f: {in_euros(ceiling)}.",
        RULES,
    )
    if income > ceiling:
        return working.unlikely("Votre revenu fiscal de référence dépasse le plafond.")
    months = int(figures["months_after_lease"])
    if working.said.moved_on and working.on > working.said.moved_on + relativedelta(months=months):
        return working.unlikely(f"La demande se fait dans les {months} mois qui suivent la signature du bail.")
    amount = figures["tense" if working.said.tense_zone else "other"]
    working.step(
        "Elle rembourse le premier loyer, le dépôt de garantie, les frais d’agence et de déménagement, jusqu’à "
        f"{in_euros(amount)}.",
        RULES,
    )
    working.step(
        f"À demander dans les {months} mois du bail et les {int(figures['months_after_post'])} mois de l’affectation.",
        RULES,
    )
    return working.likely("Une seule fois, pour un logement loué, sur factures.", Amount(amount, Per.once, "au plus"))


SIMULATOR = Simulator(
    id="aip",
    title="Aide à l’installation des personnels de l’État",
    lead="Pour louer un logement quand on entre au service de l’État.",
    sheet="aip",
    audiences=(Audience.state, Audience.defence_civilians),
    asks=asking(estimate),
    estimate=estimate,
)
