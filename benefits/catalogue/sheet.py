"""What a sheet of the catalogue says, and how its file is written.

One file per benefit, `benefits/catalogue/sheets/<id>.md`: facts in TOML between two lines of `+++`, then what people
read in Markdown, under the headings of `HEADINGS` in this order (`## Pour qui`). The id stands in the address: it never
changes. What is said in euros stands under `Combien` and in `amount.words`, nowhere else: it goes with its date.
"""

from datetime import date
from typing import Annotated

import msgspec

from benefits.kinds import AmountKind, Audience, Event, Rubric
from contacts.kinds import ContactKind, Topic
from listings.kinds import Category, Kind

Line = Annotated[str, msgspec.Meta(min_length=2, max_length=240)]
HEADINGS = ("À quoi ça sert", "Pour qui", "Combien", "Comment demander")
"""`Combien` may be left out where the amount is `link`."""


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where something was read, and when."""

    what: Line
    on: date
    url: str = ""


class Link(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    label: Line
    url: str


class Amount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`fixed` says its figure in `words`; `scale` and `formula` may, and name the `scale` of a simulator
    (benefits/simulators/scales) where there is one; `link` gives no figure anywhere on the sheet."""

    kind: AmountKind
    words: str = ""
    scale: str = ""


class Applying(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where to ask, in words; `url` opens the form or the service's own page; `deadline` as people would say it."""

    where: Line
    url: str = ""
    deadline: str = ""


class Neighbours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which ads of members help meanwhile: the list of this category and kind."""

    category: Category
    kind: Kind | None = None


class Facts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The TOML of a sheet. `provider` pays or decides. A figure needs two `sources`, the scale's own counting.
    `summary` is one sentence, of at most 200 characters. `words` are what people type to find it; `covers` the needs,
    in words, for which a search shows it above everything else. `checked_on` is when somebody last compared it with its
    sources: after 400 days its figures are no longer shown. `simulator` is the id of one, or the
    companion's."""

    title: Line
    rubrics: Annotated[tuple[Rubric, ...], msgspec.Meta(min_length=1)]
    audiences: Annotated[tuple[Audience, ...], msgspec.Meta(min_length=1)]
    provider: Line
    summary: Annotated[str, msgspec.Meta(min_length=20, max_length=200)]
    amount: Amount
    apply: Applying
    contact: ContactKind
    topic: Topic
    checked_on: date
    papers: tuple[Line, ...] = ()
    links: tuple[Link, ...] = ()
    sources: tuple[Source, ...] = ()
    events: tuple[Event, ...] = ()
    simulator: str = ""
    neighbours: Neighbours | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    words: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
