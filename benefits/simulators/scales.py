"""The dated scales of the simulators: `scales/<id>.toml`, read and checked once, at start.

A scale has periods; each says since and until when its figures hold, when somebody last compared them with their
sources, and which these are. Outside its periods, or not checked for 400 days, a scale gives no figure.
"""

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import msgspec

from app.dates import on_day
from benefits.simulators.contract import Reference, Scale

FOLDER = Path(__file__).parent / "scales"
FRESH_FOR = timedelta(days=400)


class Unscaled(Exception):
    """No figure may be given on that day; the message says why, in French, to the person who asks."""


class Wrong(Exception):
    """A scale file cannot be right: which, and why."""


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    url: str = ""


class Period(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`until` is the last day for which the figures were read, included."""

    since: date
    until: date
    checked_on: date
    sources: Annotated[tuple[Source, ...], msgspec.Meta(min_length=1)]
    values: Annotated[dict[str, Decimal], msgspec.Meta(min_length=1)]


class Dated(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One scale: its `name` in French, as people would look it up, and its periods in order."""

    name: str
    period: Annotated[tuple[Period, ...], msgspec.Meta(min_length=1)]

    def on(self, day: date) -> Period:
        """The figures in force on `day`. Raises Unscaled when none may be given."""
        found = next((period for period in self.period if period.since <= day <= period.until), None)
        if found is None:
            raise Unscaled(f"Nous n’avons pas vérifié le barème « {self.name} » pour le {on_day(day)}.")
        if day - found.checked_on > FRESH_FOR:
            checked = on_day(found.checked_on)
            raise Unscaled(f"Le barème « {self.name} » n’a pas été revérifié depuis le {checked}.")
        return found

    def quoted(self, day: date) -> Scale:
        """What a result says of the figures it used. Raises Unscaled."""
        used = self.on(day)
        sources = tuple(Reference(source.title, source.url) for source in used.sources)
        return Scale(self.name, used.since, used.checked_on, sources)


def _read(text: str) -> Dated:
    data: Any = tomllib.loads(text, parse_float=Decimal)
    return msgspec.convert(data, Dated)


def _in_order(scale: Dated) -> bool:
    periods = scale.period
    return all(one.since <= one.until for one in periods) and all(
        before.until < after.since for before, after in pairwise(periods)
    )


@cache
def scales() -> dict[str, Dated]:
    """Every scale by its id. Raises Wrong, naming the file, for one that cannot be read or whose periods overlap."""
    found = {}
    for path in sorted(FOLDER.glob("*.toml")):
        try:
            scale = _read(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
            raise Wrong(f"{path.name}: {error}") from error
        if not _in_order(scale):
            raise Wrong(f"{path.name}: periods overlap or are not in order")
        found[path.stem] = scale
    return found
