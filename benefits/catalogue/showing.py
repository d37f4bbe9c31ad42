"""What stands on the page of a sheet, of a rubric, of a guide and on the first page of rights."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup

from app.settings import settings
from benefits.catalogue.leading import Lead, contacts_address, lead, simulator_address
from benefits.catalogue.reading import HOW_MUCH, Guide, Section, Sheet, guides, of_rubric, sheets
from benefits.kinds import AUDIENCE, EVENT, RUBRIC, RUBRIC_ICON, Audience, Event, Rubric
from benefits.simulators.all import SIMULATORS
from contacts.kinds import ContactKind
from listings.kinds import Category

COLOUR = {
    Rubric.mission: Category.rides,
    Rubric.children: Category.childcare,
    Rubric.housing: Category.home,
    Rubric.wounded: Category.pet_care,
    Rubric.finances: Category.tips,
    Rubric.mobility: Category.school_run,
    Rubric.holidays: Category.helping_hand,
    Rubric.illness: Category.classifieds,
}
"""The class of each rubric's colour: those of the categories, by what they have in common."""
EVENT_ICON = {
    Event.move: "truck",
    Event.birth: "baby",
    Event.separation: "users",
    Event.injury: "heart-pulse",
    Event.bereavement: "flower-2",
    Event.retirement: "sun",
}


WHO_KNOWS = {
    ContactKind.correspondent: "Le correspondant de votre organisme connaît cette aide et vous aide à la demander.",
    ContactKind.delegation: "La délégation de votre département connaît cette aide et vous aide à la demander.",
    ContactKind.social_worker: "L’assistante sociale connaît cette aide et la demande avec vous, en toute discrétion.",
    ContactKind.agency: "Cet organisme répond à vos questions. Un contact près de chez vous peut aussi vous orienter.",
}


class Tile(NamedTuple):
    title: str
    path: str
    icon: str
    colour: str
    benefits: int


class Entry(NamedTuple):
    """A sheet in a list."""

    title: str
    path: str
    summary: str
    provider: str
    has_simulator: bool


class Shown(NamedTuple):
    """`html` is None where the figures it would say are too old."""

    heading: str
    html: Markup | None


def rubric_path(rubric: Rubric) -> str:
    return f"/droits/rubriques/{rubric}"


@lru_cache(1)
def first_page() -> dict[str, Any]:
    return {
        "rubrics": tuple(map(_tile, Rubric)),
        "events": tuple((EVENT[event], one.path, EVENT_ICON[event]) for event, one in guides().items()),
        "benefits": len(sheets()),
        "simulators": len(SIMULATORS),
    }


def rubric_page(rubric: Rubric) -> dict[str, Any]:
    """Each sheet once, under the first audience it names."""
    groups = {
        audience: [one for one in of_rubric(rubric) if one.facts.audiences[0] is audience] for audience in Audience
    }
    return {
        "rubric": _tile(rubric),
        "groups": tuple((first, AUDIENCE[first], tuple(map(entry, some))) for first, some in groups.items() if some),
        "others": tuple(_tile(one) for one in Rubric if one is not rubric),
    }


def sheet_page(shown: Sheet, day: date) -> dict[str, Any]:
    facts = shown.facts
    return {
        "sheet": shown,
        "facts": facts,
        "sections": tuple(_sections(shown, day)),
        "shows_figures": shown.shows_figures(day),
        "rubrics": tuple(map(_tile, facts.rubrics)),
        "audiences": tuple(AUDIENCE[one] for one in facts.audiences),
        "contact": (WHO_KNOWS[facts.contact], contacts_address(facts.topic)),
        "simulator": simulator_address(facts.simulator),
        "events": tuple((EVENT[event], guides()[event].path) for event in facts.events if event in guides()),
        "sources": facts.sources if shown.shows_figures(day) else (),
        "address": settings().site_url + shown.path,
    }


def event_page(guide: Guide) -> dict[str, Any]:
    """The steps, then the sheets of this event that no step leads to, not even by their simulator."""
    steps = tuple((step, text, tuple(_leads(step.links))) for step, text in guide.steps)
    told = {lead.path for _, _, leads in steps for lead in leads}
    also = [
        one
        for one in sheets().values()
        if guide.event in one.facts.events and not {one.path, simulator_address(one.facts.simulator)} & told
    ]
    return {
        "guide": guide,
        "facts": guide.facts,
        "address": settings().site_url + guide.path,
        "icon_name": EVENT_ICON[guide.event],
        "steps": steps,
        "also": tuple(map(entry, also)),
        "others": tuple(
            (EVENT[event], one.path, EVENT_ICON[event]) for event, one in guides().items() if one is not guide
        ),
    }


def entry(one: Sheet) -> Entry:
    facts = one.facts
    return Entry(facts.title, one.path, facts.summary, facts.provider, facts.simulator in SIMULATORS)


def _sections(shown: Sheet, day: date) -> Iterable[Shown]:
    is_good = shown.shows_figures(day)
    for one in shown.sections:
        yield Shown(one.heading, one.html if is_good or not _is_dated(one) else None)


def _is_dated(section: Section) -> bool:
    return section.has_figure or section.heading == HOW_MUCH


def _tile(rubric: Rubric) -> Tile:
    return Tile(RUBRIC[rubric], rubric_path(rubric), RUBRIC_ICON[rubric], COLOUR[rubric], len(of_rubric(rubric)))


def _leads(links: Iterable[Any]) -> Iterable[Lead]:
    return filter(None, map(lead, links))
