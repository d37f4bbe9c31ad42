"""Allocations familiales: from the second child, whatever the income; how much depends on it.

Code de la sécurité sociale, articles L. 521-1 to L. 521-3 and D. 521-1 to D. 521-3.
"""

from decimal import Decimal
from typing import NamedTuple

from benefits.kinds import Audience
from benefits.simulators.af_family import REFORM, Family, family_of, just_turned_20, with_supplement
from benefits.simulators.ages import month_of
from benefits.simulators.contract import Amount, Estimate, NextAction, Per, Reference, Simulator
from benefits.simulators.household import DEPENDENT, counting, first_month, so_many, to_come
from benefits.simulators.money import in_euros, in_percent, net_of_crds, to_the_cent
from benefits.simulators.situation import Territory
from benefits.simulators.working import Working, asking, simulating

BASE = Reference(
    "Code de la sécurité sociale, articles L. 521-1 et D. 521-1",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000030680318",
)
OLDER = Reference(
    "Décret n° 2026-138 du 27 février 2026", "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000053594174"
)
OLD_AGE = Reference("Code de la sécurité sociale, articles L. 521-3 et R. 521-1")
FLAT = Reference(
    "Code de la sécurité sociale, articles L. 521-1 et D. 521-2",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000030680324",
)
SHARED = Reference("Code de la sécurité sociale, articles L. 521-2 et R. 521-3")
CRDS = Reference("Ordonnance n° 96-50 du 24 janvier 1996, article 14")
APPLY = NextAction(
    "Voir les conditions et faire la demande", "https://www.service-public.gouv.fr/particuliers/vosdroits/F13213"
)
HALF, QUARTER = Decimal("0.5"), Decimal("0.25")


class Band(NamedTuple):
    """The share that is paid, and by how much a month the resources exceed the ceiling below, in euros."""

    share: Decimal
    above: Decimal


def _band(resources: Decimal, size: int, scale: dict[str, Decimal]) -> Band:
    first = scale["first_ceiling"] + scale["per_child"] * size
    second = scale["second_ceiling"] + scale["per_child"] * size
    if resources <= first:
        return Band(Decimal(1), Decimal(0))
    return Band(HALF, (resources - first) / 12) if resources <= second else Band(QUARTER, (resources - second) / 12)


def _smoothed(amount: Decimal, band: Band) -> Decimal:
    """Who is just above a ceiling loses no more than what they have above it."""
    return amount + (max(Decimal(0), amount - band.above) if band.above else Decimal(0))


def _base(working: Working, family: Family, scale: dict[str, Decimal], bmaf: Decimal) -> Decimal:
    count = len(family.children)
    if count < 2:
        return Decimal(0)
    rate = scale["second_child"] + scale["further_child"] * (count - 2)
    full = bmaf * rate
    working.step(
        f"Pour {count} enfants\u202f: {in_percent(rate)} de la base mensuelle ({in_euros(bmaf)}), soit "
        f"{in_euros(to_the_cent(full))} par mois.",
        BASE,
    )
    if not family.in_two_homes:
        return full
    part = 1 - Decimal(len(family.in_two_homes)) / (2 * count)
    working.step(
        f"{so_many(len(family.in_two_homes), 'enfant').capitalize()} en résidence alternée compte pour moitié dans ce "
        f"montant, partagé avec l’autre parent\u202f: {in_euros(to_the_cent(full * part))}.",
        SHARED,
    )
    return full * part


def _for_age(working: Working, family: Family, scale: dict[str, Decimal], bmaf: Decimal) -> Decimal:
    older = with_supplement(family.children, working.on) if len(family.children) > 1 else []
    if not older:
        return Decimal(0)
    parts = sum((HALF if child in family.in_two_homes else Decimal(1) for child in older), Decimal(0))
    supplement = bmaf * scale["age_supplement"] * parts
    working.step(
        f"Majoration pour âge, pour {so_many(len(older), 'enfant')}\u202f: {in_percent(scale['age_supplement'])} de la "
        f"base mensuelle par enfant, soit {in_euros(to_the_cent(supplement))}. Elle commence à 14 ans pour un enfant "
        "né avant mars 2012, à 18 ans pour les autres."
        if month_of(working.on) >= REFORM
        else f"Majoration à partir de 14 ans, pour {so_many(len(older), 'enfant')}\u202f: "
        f"{in_percent(scale['age_supplement'])} de la base mensuelle par enfant, soit "
        f"{in_euros(to_the_cent(supplement))}.",
        OLDER if month_of(working.on) >= REFORM else OLD_AGE,
    )
    return supplement


def _flat(working: Working, family: Family, scale: dict[str, Decimal], bmaf: Decimal) -> Decimal:
    if not family.just_20 or family.size < 3:
        return Decimal(0)
    flat = bmaf * scale["flat_at_20"] * len(family.just_20)
    working.step(
        f"Forfait pour {so_many(len(family.just_20), 'enfant')} dans l’année de ses 20 ans, quand la famille en a "
        f"trois ou plus\u202f: {in_percent(scale['flat_at_20'])} de la base mensuelle, soit "
        f"{in_euros(to_the_cent(flat))}.",
        FLAT,
    )
    return flat


def _say_band(working: Working, band: Band, size: int, scale: dict[str, Decimal]) -> None:
    year = working.on.year - 2
    first, second = (scale[name] + scale["per_child"] * size for name in ("first_ceiling", "second_ceiling"))
    resources = in_euros(working.said.resources or Decimal(0))
    if band.share == 1:
        where = f"au plus {in_euros(first)}\u202f: montant entier"
    elif band.share == HALF:
        where = f"entre {in_euros(first)} et {in_euros(second)}\u202f: la moitié"
    else:
        where = f"plus de {in_euros(second)}\u202f: le quart"
    working.step(f"Ressources de {year}\u202f: {resources}, {where}.", BASE)


@simulating("af", APPLY)
def estimate(working: Working) -> Estimate:
    children, maybe_20 = counting(working), just_turned_20(working)
    if not children and not maybe_20:
        return working.unlikely("Les allocations familiales demandent deux enfants à charge de moins de 20 ans.")
    working.needs("territory")
    if working.said.territory is Territory.overseas:
        return working.unknown("Outre-mer, les allocations commencent au premier enfant, avec un barème à part.")
    later = to_come(working)
    if len(children) < 2 <= len(children) + len(later):
        return working.unknown(
            f"Elles commencent au deuxième enfant, le mois qui suit la naissance\u202f: {first_month(later)}."
        )
    if len(children) < 2 and len(children) + len(maybe_20) < 3:
        return working.unlikely("En métropole, les allocations familiales commencent au deuxième enfant à charge.")
    family = family_of(working, children, maybe_20)
    if len(family.children) < 2 and family.size < 3:
        return working.unlikely("Un enfant qui gagne plus de 55\u202f% du Smic ne compte plus\u202f: il en faut deux.")
    return _worked_out(working, family)


def _worked_out(working: Working, family: Family) -> Estimate:
    scale, bmaf, resources = working.figures("af"), working.bmaf(), working.said.resources or Decimal(0)
    working.step(f"{so_many(len(family.children), 'enfant').capitalize()} à charge de moins de 20 ans.", DEPENDENT)
    allowance = _base(working, family, scale, bmaf) + _for_age(working, family, scale, bmaf)
    flat = _flat(working, family, scale, bmaf)
    band, flat_band = _band(resources, len(family.children), scale), _band(resources, family.size, scale)
    _say_band(working, band, len(family.children), scale)
    if flat and flat_band.share != band.share:
        working.step(
            "Pour le forfait, le plafond tient compte d’un enfant de plus\u202f: il est versé plus largement.", FLAT
        )
    gross = _smoothed(allowance * band.share, band) + _smoothed(flat * flat_band.share, flat_band)
    if gross > allowance * band.share + flat * flat_band.share:
        working.step("Vous dépassez de peu ce plafond\u202f: un complément adoucit la baisse.", BASE)
    net = net_of_crds(gross, scale["crds"])
    working.step(f"{in_euros(to_the_cent(gross))}, moins la CRDS de 0,5\u202f%\u202f: {in_euros(net)} par mois.", CRDS)
    return working.likely(
        f"Avec {so_many(family.size, 'enfant')}, vous y avez droit quel que soit votre revenu, qui change le montant.",
        Amount(net, Per.month),
    )


SIMULATOR = Simulator(
    id="af",
    title="Allocations familiales",
    lead="Dès le deuxième enfant, chaque mois, selon vos ressources.",
    sheet="af",
    audiences=(Audience.everyone,),
    asks=asking(estimate),
    estimate=estimate,
)
