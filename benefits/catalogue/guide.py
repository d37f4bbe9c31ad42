"""What a guide to something that happens in a life says, and how its file is written.

One file per event, `benefits/catalogue/guides/<event>.md`, named for the event's value (`mutation.md`): facts in TOML
between two lines of `+++`, each step as a `[[step]]` in the order people meet them, with
`links = [{ kind = "sheet", id = "aip" }, { kind = "ads", id = "childcare/offer", label = "Qui peut garder" }]`; then,
where there is something more to say, a few words in Markdown, read under the lead.
"""

import enum
from datetime import date
from typing import Annotated

import msgspec

from benefits.catalogue.sheet import Line


class Leads(enum.StrEnum):
    """Where a link of a step leads, and what its `id` is there.

    `sheet` and `simulator`: the id of one. `ads`: a category, or a category and a kind (`childcare/request` for those
    who look for help, `childcare/offer` for those who propose it). `homes`: nothing. `contacts`: a topic, or nothing.
    `page`: a path of this site (`/mutation`) or an https address.
    """

    sheet = "sheet"
    simulator = "simulator"
    ads = "ads"
    homes = "homes"
    contacts = "contacts"
    page = "page"


class StepLink(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`label` says what one finds there; a sheet's or a simulator's own title where it is empty."""

    kind: Leads
    id: str = ""
    label: str = ""


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`when` is a moment as people would say it ("dans les cinq jours"); `text` is Markdown without headings."""

    title: Line
    text: Annotated[str, msgspec.Meta(min_length=20)]
    when: str = ""
    links: tuple[StepLink, ...] = ()


class GuideFacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"steps": "step"}):
    """The TOML of a guide. `words` are what people type to find it, `covers` the needs for which it comes first.
    `lead` is one or two sentences. `checked_on` is when its steps were last compared with the law."""

    title: Line
    lead: Annotated[str, msgspec.Meta(min_length=20, max_length=300)]
    checked_on: date
    steps: Annotated[tuple[Step, ...], msgspec.Meta(min_length=1)]
    words: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
