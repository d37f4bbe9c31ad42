"""Where the links of sheets and guides lead. One that leads nowhere any more is not shown; the check names it."""

from typing import NamedTuple

from benefits.catalogue.guide import Leads, StepLink
from benefits.catalogue.reading import sheets
from benefits.simulators.all import SIMULATORS
from contacts.kinds import Topic
from listings.kinds import CATEGORY, Category, Kind
from listings.reading.filters import Filters

SIMULATOR = "/droits/simulateurs/{}"
COMPANION = "prime-activite-et-logement"
"""The page of what only OpenFisca computes (benefits/companion/), named as a simulator is."""
ICON = {
    Leads.sheet: "file-text",
    Leads.simulator: "calculator",
    Leads.ads: "hand-helping",
    Leads.homes: "repeat",
    Leads.contacts: "messages-square",
    Leads.page: "arrow-right",
}
FOR_MEMBERS = (Leads.ads, Leads.homes)


class Lead(NamedTuple):
    label: str
    path: str
    icon: str
    for_members: bool = False


def lead(link: StepLink) -> Lead | None:
    """None where what it names does not exist."""
    try:
        label, path = _NAMED[link.kind](link.id)
    except (LookupError, ValueError):
        return None
    return Lead(link.label or label, path, ICON[link.kind], link.kind in FOR_MEMBERS)


def ads_address(category: Category, kind: Kind | None) -> str:
    """The list of these ads."""
    return "/logements" if category is Category.home else Filters(categorie=category, type=kind).address()


def contacts_address(topic: Topic | None) -> str:
    """Whom to ask about this."""
    return f"/contacts?sujet={topic}" if topic else "/contacts"


def simulator_address(id: str) -> str | None:
    """None where there is none of this name."""
    return SIMULATOR.format(id) if id == COMPANION or id in SIMULATORS else None


def _sheet(id: str) -> tuple[str, str]:
    found = sheets()[id]
    return found.facts.title, found.path


def _simulator(id: str) -> tuple[str, str]:
    return SIMULATORS[id].title, SIMULATOR.format(id)


def _ads(id: str) -> tuple[str, str]:
    category, _, kind = id.partition("/")
    return CATEGORY[Category(category)], ads_address(Category(category), Kind(kind) if kind else None)


def _homes(_: str) -> tuple[str, str]:
    return CATEGORY[Category.home], "/logements"


def _contacts(id: str) -> tuple[str, str]:
    return "À qui demander", contacts_address(Topic(id) if id else None)


def _page(id: str) -> tuple[str, str]:
    if not id.startswith(("/", "https://")) or id.startswith("//"):
        raise ValueError(id)
    return id.removeprefix("https://"), id


_NAMED = {
    Leads.sheet: _sheet,
    Leads.simulator: _simulator,
    Leads.ads: _ads,
    Leads.homes: _homes,
    Leads.contacts: _contacts,
    Leads.page: _page,
}
