"""What a loan costs: its monthly payment and what it adds up to. No entitlement, a help to compare offers."""

from decimal import ROUND_UP, Decimal

from benefits.kinds import Audience
from benefits.simulators.contract import Amount, Estimate, NextAction, Per, Reference, Simulator
from benefits.simulators.money import CENT, in_euros, in_percent
from benefits.simulators.working import Working, asking, simulating

RATE = Reference("Code de la consommation, articles L. 314-1 et R. 314-3 (taux annuel effectif global)")
ADVICE = NextAction("Parler de votre budget à un travailleur social", "/service-social")


def payment(amount: Decimal, rate: Decimal, months: int) -> Decimal:
    """Constant, at the end of each month, in euros; `rate` in percent a year, a twelfth of it a month. Rounded up, so
    that the last payment is never more than the others."""
    monthly = rate / 1200
    exact = amount * monthly / (1 - (1 + monthly) ** -months) if monthly else amount / months
    return exact.quantize(CENT, ROUND_UP)


@simulating("mensualites", ADVICE)
def estimate(working: Working) -> Estimate:
    working.needs("loan_amount", "loan_rate", "loan_months")
    amount, rate = working.said.loan_amount or Decimal(0), working.said.loan_rate or Decimal(0)
    months = working.said.loan_months or 1
    monthly = payment(amount, rate, months)
    cost = max(Decimal(0), monthly * months - amount)
    working.step(f"{in_euros(amount)} sur {months} mois, à {in_percent(rate / 100)} par an.")
    working.step(f"Chaque mois\u202f: {in_euros(monthly)}. En tout\u202f: {in_euros(monthly * months)}.")
    working.step(f"Le crédit coûte {in_euros(cost)}, sans l’assurance ni les frais de dossier.", RATE)
    return working.likely(
        f"Vous rembourseriez {in_euros(monthly)} par mois pendant {months} mois.",
        Amount(monthly, Per.month),
        Amount(cost, Per.total, "le coût du crédit"),
    )


SIMULATOR = Simulator(
    id="mensualites",
    title="Mensualité d’un prêt",
    lead="Combien par mois, et combien en tout.",
    sheet="pret-personnel-igesa",
    audiences=(Audience.everyone,),
    asks=asking(estimate),
    estimate=estimate,
    in_questionnaire=False,
)
