"""Interministerial help with children's holidays: so much a day for each child, by kind of stay and age."""

from decimal import Decimal
from typing import NamedTuple

from benefits.kinds import Audience
from benefits.simulators.ages import age_on
from benefits.simulators.contract import Amount, Estimate, NextAction, Per, Simulator
from benefits.simulators.household import children_of, so_many
from benefits.simulators.money import in_euros
from benefits.simulators.situation import Child, Stay
from benefits.simulators.state import CIRCULAR, NOT_RAISED, OF_THE_STATE, ONLY_STATE, WITHIN_BUDGET
from benefits.simulators.working import Working, asking, simulating

APPLY = NextAction("Demander à votre service d’action sociale\u202f: trouver le contact", "/contacts")
TEEN, ADULT, WHOLE_TRIP = 13, 18, 21


class Rule(NamedTuple):
    """`rate` names the scale's; `by_age`: one before 13 and one from it. `capped`: at so many days a year."""

    rate: str
    by_age: bool = False
    capped: bool = True


RULES = {
    Stay.camp: Rule("camp", by_age=True),
    Stay.day_centre: Rule("day_centre", capped=False),
    Stay.half_days: Rule("half_days", capped=False),
    Stay.full_board: Rule("full_board"),
    Stay.gite: Rule("gite"),
    Stay.school_trip: Rule("school_trip_day", capped=False),
    Stay.language: Rule("language", by_age=True, capped=False),
    Stay.specialised: Rule("specialised"),
}


def _rate(rule: Rule, child: Child, working: Working, figures: dict[str, Decimal]) -> Decimal:
    if not rule.by_age:
        return figures[rule.rate]
    young = age_on(child.born or working.on, working.on) < TEEN
    return figures[f"{rule.rate}_under_13" if young else f"{rule.rate}_from_13"]


def _may_go(child: Child, stay: Stay, working: Working) -> bool:
    """At a specialised centre a young adult goes too; there, who is disabled is asked by the service itself."""
    age = age_on(child.born or working.on, working.on)
    return age >= 0 and (age < ADULT or stay is Stay.specialised)


@simulating("sejours-enfants", APPLY)
def estimate(working: Working) -> Estimate:
    working.needs("work")
    if working.said.work not in OF_THE_STATE:
        return working.unlikely(ONLY_STATE)
    children = children_of(working)
    if not children:
        return working.unlikely("Elle est versée pour un enfant à charge.")
    working.needs("stay")
    stay = working.said.stay or Stay.none
    if stay is Stay.none:
        return working.unlikely("Aucun séjour prévu\u202f: revenez quand vous y penserez.")
    going = [child for child in children if _may_go(child, stay, working)]
    if not going:
        return working.unlikely("Les séjours aidés sont ceux des enfants de moins de 18 ans.")
    working.needs("stay_days")
    return _worked_out(working, RULES[stay], going)


def _for_whom(going: list[Child]) -> str:
    return "pour ce séjour" if len(going) == 1 else f"si vos {len(going)} enfants y vont"


def _worked_out(working: Working, rule: Rule, going: list[Child]) -> Estimate:
    figures, days = working.figures("pim"), working.said.stay_days or 0
    paid = min(days, int(figures["most_days"])) if rule.capped else days
    unit = "demi-journée" if rule.rate == "half_days" else "jour"
    working.step(NOT_RAISED, CIRCULAR)
    if paid < days:
        working.step(f"Au plus {paid} jours par an et par enfant.", CIRCULAR)
    if rule.rate == "school_trip_day" and days >= WHOLE_TRIP:
        total = figures["school_trip_whole"] * len(going)
        working.step(
            f"Forfait à partir de 21 jours\u202f: {in_euros(figures['school_trip_whole'])} par enfant.", CIRCULAR
        )
    else:
        rates = sorted({_rate(rule, child, working, figures) for child in going})
        total = sum((_rate(rule, child, working, figures) * paid for child in going), Decimal(0))
        said = " ou ".join(in_euros(rate) for rate in rates)
        by_age = ", selon l’âge (avant ou à partir de 13 ans)" if len(rates) > 1 else ""
        working.step(f"{said} par {unit} et par enfant{by_age}, pendant {so_many(paid, unit)}.", CIRCULAR)
    working.step(
        f"Pour {so_many(len(going), 'enfant')}\u202f: {in_euros(total)}, sans dépasser ce que vous payez.", CIRCULAR
    )
    return working.likely(
        f"{WITHIN_BUDGET} Certaines fixent aussi un plafond de ressources.", Amount(total, Per.once, _for_whom(going))
    )


SIMULATOR = Simulator(
    id="sejours-enfants",
    title="Aide aux séjours d’enfants",
    lead="Colonie, centre de loisirs, gîte, classe découverte\u202f: tant par jour, pour les agents de l’État.",
    sheet="sejours-enfants",
    audiences=(Audience.state, Audience.armed_forces, Audience.defence_civilians, Audience.retired),
    asks=asking(estimate),
    estimate=estimate,
)
