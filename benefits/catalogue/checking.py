"""What is wrong with the catalogue as it stands: for the command line and for administrators, in the same words."""

import enum
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import NamedTuple

from benefits.catalogue import prose
from benefits.catalogue.contradicting import contradictions
from benefits.catalogue.guide import Leads
from benefits.catalogue.leading import SIMULATOR, lead, simulator_address
from benefits.catalogue.reading import GOOD_FOR, HOW_MUCH, Guide, Sheet, guides, sheets
from benefits.kinds import EVENT, AmountKind, Audience, Event
from benefits.simulators.all import SIMULATORS
from benefits.simulators.scales import scales

FIGURE_NEEDS = 2
"""Sources, that of the scale counting as one."""


class Fault(enum.StrEnum):
    stale = "stale"
    ended = "ended"
    unsourced = "unsourced"
    misplaced = "misplaced"
    unknown = "unknown"
    contradictory = "contradictory"
    unlinked = "unlinked"


FAULT = {
    Fault.stale: "À revérifier",
    Fault.ended: "Hors de sa période",
    Fault.unsourced: "Sources manquantes",
    Fault.misplaced: "Montant mal placé",
    Fault.unknown: "Renvoi inconnu",
    Fault.contradictory: "Contradiction",
    Fault.unlinked: "Isolée",
}
BENIGN = (Fault.unlinked,)
"""To be looked at, without anything being wrong."""


class Finding(NamedTuple):
    """`where` is the page it is about, `title` its name."""

    fault: Fault
    title: str
    where: str
    what: str


def findings(day: date) -> list[Finding]:
    """The gravest first: in the order of `Fault`, then by title."""
    found = chain(
        chain.from_iterable(_of_sheet(one, day) for one in sheets().values()),
        chain.from_iterable(_of_guide(one, day) for one in guides().values()),
        _of_simulators(),
        _missing_guides(),
    )
    return sorted(found, key=lambda one: (list(Fault).index(one.fault), one.title))


def _of_sheet(one: Sheet, day: date) -> Iterator[Finding]:
    checks = (_fresh(one, day), _sourced(one), _placed(one), _known(one), _agreeing(one, day), _linked(one))
    for fault, what in chain.from_iterable(checks):
        yield Finding(fault, one.facts.title, one.path, what)


Said = Iterator[tuple[Fault, str]]


def _fresh(one: Sheet, day: date) -> Said:
    facts = one.facts
    if day - facts.checked_on > GOOD_FOR:
        yield Fault.stale, f"Vérifiée le {facts.checked_on:%d/%m/%Y} : ses montants ne sont plus montrés."
    if (facts.valid_from and day < facts.valid_from) or (facts.valid_to and facts.valid_to < day):
        yield Fault.ended, "Ses montants ne valent pas aujourd’hui et ne sont pas montrés."


def _sourced(one: Sheet) -> Said:
    facts = one.facts
    if not says_a_figure(one):
        return
    given = len(facts.sources) + (facts.amount.scale in scales())
    if facts.amount.kind is not AmountKind.link and given < FIGURE_NEEDS:
        yield (
            Fault.unsourced,
            f"Un montant demande {FIGURE_NEEDS} sources, celle du barème comprise : il y en a {given}.",
        )
    if facts.amount.kind is AmountKind.link:
        yield Fault.contradictory, "Elle ne devrait donner qu’un lien, et dit pourtant un montant."


def says_a_figure(one: Sheet) -> bool:
    return prose.has_figure(one.facts.amount.words) or any(part.has_figure for part in one.sections)


def _placed(one: Sheet) -> Said:
    for part in one.sections:
        if part.has_figure and part.heading != HOW_MUCH:
            yield Fault.misplaced, f"Un montant se lit sous « {part.heading} » et non sous « {HOW_MUCH} »."
    facts = one.facts
    if any(map(prose.has_figure, (facts.title, facts.summary, *facts.papers, facts.apply.where))):
        yield Fault.misplaced, "Un montant se lit dans ses faits, ailleurs que dans « amount »."


def _known(one: Sheet) -> Said:
    facts = one.facts
    if facts.amount.scale and facts.amount.scale not in scales():
        yield Fault.unknown, f"Le barème « {facts.amount.scale} » n’existe pas."
    if facts.simulator and simulator_address(facts.simulator) is None:
        yield Fault.unknown, f"Le simulateur « {facts.simulator} » n’existe pas."
    for address in _addresses(one):
        if address.startswith("/droits/prestations/") and address.rsplit("/", 1)[1] not in sheets():
            yield Fault.unknown, f"Elle renvoie à {address}, qui n’existe pas."
        elif not address.startswith(("/", "https://", "http://", "tel:", "mailto:", "#")):
            yield Fault.unknown, f"« {address} » n’est pas une adresse."


def _addresses(one: Sheet) -> Iterable[str]:
    facts = one.facts
    fixed = [facts.apply.url, *(link.url for link in facts.links), *(source.url for source in facts.sources)]
    return filter(None, [*fixed, *(address for part in one.sections for address in part.links)])


def _agreeing(one: Sheet, day: date) -> Said:
    for what in contradictions(one, day):
        yield Fault.contradictory, what
    simulator = SIMULATORS.get(one.facts.simulator)
    if simulator and simulator.sheet not in ("", one.id) and simulator.sheet not in sheets():
        yield Fault.unknown, f"Son simulateur renvoie à « {simulator.sheet} », qui n’existe pas."
    if simulator and not {Audience.everyone, *one.facts.audiences} & set(simulator.audiences):
        yield Fault.contradictory, "Son simulateur s’adresse à d’autres personnes qu’elle."


def _linked(one: Sheet) -> Said:
    if (
        not one.facts.events
        and one.id not in _told_by_guides()
        and one.id not in {s.sheet for s in SIMULATORS.values()}
    ):
        yield Fault.unlinked, "Aucun guide et aucun simulateur n’y mène."


def _told_by_guides() -> set[str]:
    links = (link for guide in guides().values() for step in guide.facts.steps for link in step.links)
    return {link.id for link in links if link.kind is Leads.sheet}


def _of_guide(one: Guide, day: date) -> Iterator[Finding]:
    if day - one.facts.checked_on > GOOD_FOR:
        yield Finding(Fault.stale, one.facts.title, one.path, f"Vérifié le {one.facts.checked_on:%d/%m/%Y}.")
    for step in one.facts.steps:
        if prose.has_figure(step.text):
            yield Finding(Fault.misplaced, one.facts.title, one.path, f"« {step.title} » dit un montant.")
        for link in step.links:
            if lead(link) is None:
                what = f"« {step.title} » renvoie à {link.kind} « {link.id} », qui n’existe pas."
                yield Finding(Fault.unknown, one.facts.title, one.path, what)


def _of_simulators() -> Iterator[Finding]:
    for one in SIMULATORS.values():
        if one.sheet and one.sheet not in sheets():
            what = f"Il renvoie à la fiche « {one.sheet} », qui n’existe pas."
            yield Finding(Fault.unknown, one.title, SIMULATOR.format(one.id), what)
        elif one.sheet and sheets()[one.sheet].facts.simulator != one.id:
            what = "La fiche à laquelle il renvoie ne le propose pas."
            yield Finding(Fault.contradictory, one.title, SIMULATOR.format(one.id), what)


def _missing_guides() -> Iterator[Finding]:
    for event in Event:
        if event not in guides():
            yield Finding(Fault.unknown, EVENT[event], "/droits", f"« {event} » n’a pas de guide.")
