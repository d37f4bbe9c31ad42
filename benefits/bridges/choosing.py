"""The rights shown beside an ad: at most two, each with the reason why it may concern whoever asks for this help.

They follow from what the ad asks for, never from who wrote it: every reader of an ad sees the same.
"""

import re
from typing import NamedTuple

from benefits.catalogue.leading import SIMULATOR
from benefits.catalogue.reading import sheet
from benefits.simulators.all import SIMULATORS
from listings.content import Content
from listings.details import AgeBand, Task
from listings.kinds import Category, Deal, Kind
from search.words.forms import fold

MOST = 2


class Bridge(NamedTuple):
    title: str
    path: str
    reason: str


def bridges_for(content: Content) -> tuple[Bridge, ...]:
    """Nothing beside an offer of help, nor beside tips: it is who needs something that may be entitled to more."""
    if content.kind is Kind.offer or content.deal in (Deal.give, Deal.lend, Deal.sell):
        return ()
    return tuple(_RIGHTS.get(content.category, _none)(content)[:MOST])


def _childcare(content: Content) -> list[Bridge]:
    ages = content.details.get("ages", ())
    under_six = not ages or AgeBand.baby in ages or AgeBand.toddler in ages
    return [
        _simulator(
            "cmg", "Si vous employez la personne qui garde, la caisse d’allocations familiales en paie une part."
        ),
        *([_sheet("cesu-garde-enfant", "Pour un enfant de moins de 6 ans d’agent de l’État.")] if under_six else []),
        _simulator("sejours-enfants", "Pendant les vacances, un centre de loisirs ou un séjour peut être aidé."),
    ]


def _school_run(_: Content) -> list[Bridge]:
    return [_sheet("accueil-periscolaire", "Si l’école garde les enfants avant ou après la classe.")]


def _helping_hand(content: Content) -> list[Bridge]:
    if content.details.get("task") == Task.moving:
        return [
            _simulator("aip", "Si vous vous installez pour un poste de l’État."),
            _simulator("pret-mobilite", "Si vous êtes muté dans la communauté de défense."),
        ]
    if content.details.get("task") in (Task.errands, Task.garden):
        return [_sheet("aide-menagere", "Quand la maladie ou une naissance empêche de tout faire à la maison.")]
    if content.details.get("task") == Task.paperwork:
        return [Bridge("À quoi ai-je droit ?", "/droits/mes-droits", "Quelques questions, aucune réponse gardée.")]
    return []


def _classifieds(content: Content) -> list[Bridge]:
    said = set(re.findall(r"[a-z]+", fold(f"{content.title} {content.body}")))
    if said & {"bebe", "poussette", "berceau", "naissance", "landau", "puericulture"}:
        return [
            _sheet("prime-naissance", "Versée avant l’arrivée de l’enfant, selon les revenus."),
            _simulator("paje-base", "Jusqu’aux 3 ans de l’enfant, selon les revenus."),
        ]
    if said & {"cartable", "fournitures", "rentree", "calculatrice", "scolaire"}:
        return [_simulator("ars", "De 6 à 18 ans, versée fin août selon les revenus.")]
    return []


def _none(_: Content) -> list[Bridge]:
    return []


_RIGHTS = {
    Category.childcare: _childcare,
    Category.school_run: _school_run,
    Category.helping_hand: _helping_hand,
    Category.classifieds: _classifieds,
}


def _sheet(id: str, reason: str) -> Bridge:
    found = sheet(id)
    return Bridge(found.facts.title, found.path, reason)


def _simulator(id: str, reason: str) -> Bridge:
    return Bridge(SIMULATORS[id].title, SIMULATOR.format(id), reason)
