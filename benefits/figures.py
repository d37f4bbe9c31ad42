"""What was used of the rights in the last thirty days, thing by thing."""

from datetime import timedelta
from typing import NamedTuple

from app import database
from app.dates import today
from benefits.catalogue.leading import COMPANION, SIMULATOR
from benefits.catalogue.reading import guides, sheets
from benefits.kinds import EVENT, Event
from benefits.simulators.all import SIMULATORS

OVER = timedelta(days=30)

_USES = """
SELECT thing, coalesce(sum(times) FILTER (WHERE use = 'opened'), 0)::int AS opened,
    coalesce(sum(times) FILTER (WHERE use = 'simulated'), 0)::int AS simulated,
    coalesce(sum(times) FILTER (WHERE use = 'contacted'), 0)::int AS contacted
FROM benefit_use WHERE "on" > $1 GROUP BY thing ORDER BY sum(times) DESC, thing
"""


class Used(NamedTuple):
    """`path` is empty for what is no longer there."""

    title: str
    path: str
    opened: int
    simulated: int
    contacted: int


class Uses(NamedTuple):
    things: tuple[Used, ...]
    opened: int
    simulated: int
    contacted: int


async def uses_of_late() -> Uses:
    """The most used first. 1 query."""
    rows = await database.rows(_USES, today() - OVER)
    things = tuple(Used(*_named(row["thing"]), row["opened"], row["simulated"], row["contacted"]) for row in rows)
    sums = (sum(getattr(one, use) for one in things) for use in ("opened", "simulated", "contacted"))
    return Uses(things, *sums)


def _named(thing: str) -> tuple[str, str]:
    """Its title and where it is read."""
    kind, _, id = thing.partition("/")
    if kind == "prestation" and id in sheets():
        return sheets()[id].facts.title, sheets()[id].path
    if kind == "simulateur" and id in SIMULATORS:
        return SIMULATORS[id].title, SIMULATOR.format(id)
    if kind == "evenement" and id in guides():
        return EVENT[Event(id)], guides()[Event(id)].path
    return _OTHERS.get(thing, (thing, ""))


_OTHERS = {
    "contact": ("Contacts", "/contacts"),
    "service-social": ("Service social", "/service-social"),
    "simulateur/mes-droits": ("À quoi ai-je droit ?", "/droits/mes-droits"),
    f"simulateur/{COMPANION}": ("Prime d’activité et aide au logement", SIMULATOR.format(COMPANION)),
}
