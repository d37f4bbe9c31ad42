"""Complément de libre choix du mode de garde, for parents who employ somebody: the rule of September 2025.

Code de la sécurité sociale, articles L. 531-5, L. 531-6 and D. 531-18 (décret n° 2025-515 du 30 mai 2025): the monthly
cost of care, times one less the monthly income times an effort rate over a reference cost of an hour. Already net of
CRDS, by the text itself.
"""

from decimal import Decimal

from benefits.kinds import Audience
from benefits.simulators.contract import Amount, Estimate, NextAction, Per, Reference, Simulator
from benefits.simulators.household import counting, dependent, so_many, to_come
from benefits.simulators.money import in_euros, in_percent, to_the_cent
from benefits.simulators.scales import Unscaled
from benefits.simulators.situation import Care
from benefits.simulators.working import Working, asking, simulating

FORMULA = Reference(
    "Code de la sécurité sociale, article D. 531-18",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000051721668",
)
WHO = Reference("Code de la sécurité sociale, articles L. 531-5 et L. 531-6")
OFFICIAL = NextAction(
    "Faire le calcul officiel sur le site de l’Urssaf",
    "https://www.urssaf.fr/accueil/outils-documentation/simulateurs/calculer-reste-a-charge-cmg-pe.html",
)
UNTIL, UNTIL_ALONE = 6, 12
FEWEST_WITH_A_RATE = {Care.childminder: (1, 2, 3, 4, 8), Care.at_home: (1, 2, 3)}
"""The rates fall with the number of children, in these steps; at home, those for four and more were not verified."""
RATE_AT_HOME_UP_TO = 3
LOW_INCOME = 900
"""In euros a month: under it the floor of the incomes matters, which is not known of every period."""


def effort_rate(figures: dict[str, Decimal], care: Care, children: int, disabled: bool) -> Decimal:
    """The share of the monthly income for one hour; with a disabled child, the next lower one. Raises Unscaled."""
    steps = FEWEST_WITH_A_RATE[care]
    if care is Care.at_home and children + disabled > RATE_AT_HOME_UP_TO:
        raise Unscaled("Pour une garde chez vous, nous n’avons vérifié le taux que jusqu’à trois enfants.")
    at = max(place for place, fewest in enumerate(steps) if fewest <= children)
    name = "childminder" if care is Care.childminder else "home"
    return figures[f"{name}_{steps[min(at + disabled, len(steps) - 1)]}"]


def monthly_income(figures: dict[str, Decimal], resources: Decimal) -> Decimal:
    """What counts of a year's resources, in whole euros a month, between a floor and a cap. Raises Unscaled."""
    income = (resources / 12).quantize(Decimal(1))
    if income < LOW_INCOME and "income_floor" not in figures:
        raise Unscaled("Nous n’avons pas vérifié le revenu plancher de cette période.")
    return min(max(income, figures.get("income_floor", income)), figures["income_cap"])


def _kept_cost(working: Working, figures: dict[str, Decimal], care: Care) -> Decimal:
    """The cost that counts, in euros a month: up to so much an hour. Raises Unscaled."""
    hours, cost = working.said.care_hours or Decimal(1), working.said.care_cost or Decimal(0)
    cap = figures["childminder_cap" if care is Care.childminder else "home_cap"]
    if cost > cap * hours and care is Care.at_home:
        raise Unscaled(f"Au-delà de {in_euros(cap)} l’heure chez vous, nous n’avons pas vérifié le plafond.")
    kept = min(cost, cap * hours)
    working.step(
        f"{hours.normalize():f} heures pour {in_euros(cost)}, soit {in_euros(to_the_cent(cost / hours))} l’heure"
        + (f"\u202f: on en retient {in_euros(cap)}." if kept < cost else "."),
        FORMULA,
    )
    return kept


@simulating("cmg", OFFICIAL)
def estimate(working: Working) -> Estimate:
    if not counting(working, UNTIL_ALONE) and to_come(working):
        return working.unknown("Il se calcule une fois l’enfant gardé\u202f: choisissez plus bas une autre date.")
    if not counting(working, UNTIL_ALONE):
        return working.unlikely("Il aide à faire garder un enfant de moins de 6 ans, 12 ans si vous êtes seul.")
    if not counting(working, UNTIL):
        working.needs("alone")
        if not working.said.alone:
            return working.unlikely("Pour un couple, il s’arrête aux 6 ans de l’enfant.")
    working.needs("care")
    care = working.said.care
    if care is Care.none:
        return working.unlikely("Il rembourse une partie de ce que vous payez à la personne qui garde l’enfant.")
    if care is Care.other:
        return working.unknown("Pour une crèche, une micro-crèche ou une association, le calcul est autre.")
    family = counting(working)
    working.needs("care_hours", "care_cost", "resources", "child.earns", "disabled_child", of=family)
    if working.said.disabled_child:
        working.needs("child.aeeh", of=family)
    return _worked_out(working, care or Care.none)


def _worked_out(working: Working, care: Care) -> Estimate:
    figures, family = working.figures("cmg"), dependent(working, counting(working))
    disabled = bool(working.said.disabled_child) and any(child.aeeh for child in family)
    rate = effort_rate(figures, care, len(family), disabled)
    income = monthly_income(figures, working.said.resources or Decimal(0))
    reference = figures["childminder_cost" if care is Care.childminder else "home_cost"]
    kept = _kept_cost(working, figures, care)
    working.step(
        f"Taux d’effort avec {so_many(len(family), 'enfant')} à charge"
        + (", dont un reçoit l’AEEH" if disabled else "")
        + f"\u202f: {in_percent(rate)} par heure. Revenu retenu\u202f: {in_euros(income)} par mois, le douzième de "
        f"{working.on.year - 2}.",
        FORMULA,
    )
    amount = to_the_cent(max(Decimal(0), kept * (1 - income * rate / reference)))
    working.step(
        f"{in_euros(kept)} × (1 − {in_euros(income)} × {in_percent(rate)} ÷ {in_euros(reference)}), "
        f"{in_euros(reference)} étant le coût de référence d’une heure\u202f: {in_euros(amount)}.",
        FORMULA,
    )
    if not amount:
        return working.unlikely(
            "À ce niveau de revenu, il ne reste rien sur le salaire\u202f: voyez pour les cotisations."
        )
    left = in_euros(to_the_cent((working.said.care_cost or Decimal(0)) - amount))
    working.step(f"Il vous reste {left} par mois, avant crédit d’impôt. Les cotisations sont aidées à part.", WHO)
    return working.likely(
        "Si chaque parent travaille ou étudie, et que vous déclarez la garde à Pajemploi.",
        Amount(amount, Per.month, "par enfant gardé" if care is Care.childminder else "pour la garde chez vous"),
    )


SIMULATOR = Simulator(
    id="cmg",
    title="Complément de mode de garde",
    lead="Ce que la Caf rembourse quand vous payez une assistante maternelle ou une garde à la maison.",
    sheet="cmg",
    audiences=(Audience.everyone,),
    asks=asking(estimate),
    estimate=estimate,
)
