"""Cards, the same for everyone at the same distance: rendered once, then kept.

Rendering 25 cards costs 3 ms, the whole budget of a page; a kept card costs a look-up. The key holds everything the
card shows, so that nothing needs to be forgotten when an ad changes.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, Self
from uuid import UUID

import msgspec
from jinja2 import Environment
from markupsafe import Markup, escape

from app import database
from app.dates import since, today
from app.french import typeset
from app.kept import Kept
from listings.kinds import DEAL, Deal
from listings.life.steps import state_of
from listings.schedules.schedule import Schedule
from places.communes import commune
from places.distance import nearness
from search.contract import Marked

TITLE, EXCERPT = "\ue000", "\ue001"  # private characters: where a search puts its highlighted words
_EXCERPT_LINE = re.compile(rf"\s*<p[^>]*>{EXCERPT}</p>")


class Card(msgspec.Struct, frozen=True):
    """What the `card` macro shows."""

    id: str
    url: str
    title: str
    excerpt: str
    category: str
    kind: str | None
    price_text: str
    place_text: str
    band_text: str
    when_text: str
    since_text: str
    photo_url: str | None
    photo_alt: str = ""
    state_text: str = ""
    state_tone: str = ""
    summary_text: str = ""


class Rendered(NamedTuple):
    """A card as it stands in a list, and with slots for the highlighted words of a search."""

    plain: str
    slotted: str

    @classmethod
    def of(cls, slotted: str, title: str) -> Self:
        return cls(_filled(_EXCERPT_LINE.sub("", slotted), title), slotted)


_cards = Kept[tuple[UUID, int, str, date], Rendered](4000)  # about 3 KB each


async def cards(jinja: Environment, keys: Sequence[Any], near: str, *, is_home: bool = True) -> dict[UUID, Rendered]:
    """The card of each row of `keys` (`id`, `version`, `commune`).

    `near` is the INSEE code distances are counted from, of the reader's home or of where they are moving to. One query,
    and only for what is not kept.
    """
    day = today()
    wanted = {row["id"]: (row["id"], row["version"], _band(near, row["commune"], is_home), day) for row in keys}
    ready = {id: card for id, key in wanted.items() if (card := _cards.get(key))}
    if missing := [id for id in wanted if id not in ready]:
        render = jinja.get_template("parts/ui.html").module.card  # type: ignore[attr-defined]
        for row in await database.rows(_ROWS, missing):
            slotted = f"<li>{render(_card(row, wanted[row['id']][2]))}</li>"
            ready[row["id"]] = _cards.put(wanted[row["id"]], Rendered.of(slotted, row["title"]))
    return ready


def highlighted(card: Rendered, title: Marked, excerpt: Marked) -> str:
    """The card with the words that were found, each piece escaped."""
    return _filled(card.slotted, marked(title), marked(excerpt))


def listed(cards: Iterable[str]) -> Markup:
    """Cards, one after the other, as the items of a list."""
    return Markup("".join(cards))  # noqa: S704 - rendered by the card macro


def marked(pieces: Marked) -> Markup:
    """Highlighted words, each piece escaped."""
    # A page has some hundred pieces: `Markup.join` and `format` would take a third of its time.
    return Markup("".join([f"<mark>{escape(text)}</mark>" if hit else escape(text) for text, hit in pieces]))  # noqa: S704


def _filled(slotted: str, title: Markup | str, excerpt: Markup | str = "") -> str:
    return slotted.replace(TITLE, typeset(escape(title))).replace(EXCERPT, typeset(escape(excerpt)))


_ROWS = """SELECT id, version, category, kind, deal, title, price_cents, commune, schedule, published_at, status,
    outcome, places, reserved, photos[1] AS photo, details->>'summary' AS summary FROM listing WHERE id = ANY($1)"""


def _card(row: Any, band_text: str) -> Card:
    schedule = msgspec.json.decode(row["schedule"], type=Schedule) if row["schedule"] else None
    place = commune(row["commune"])
    return Card(
        id=str(row["id"]),
        url=f"/annonces/{row['id']}",
        title=TITLE,
        excerpt=EXCERPT,
        category=row["category"],
        kind=row["kind"],
        price_text=price(row["price_cents"], row["deal"]),
        place_text=place.label if place else "",
        band_text=band_text,
        when_text=schedule.in_brief() if schedule else "",
        since_text=_since(row["published_at"]),
        photo_url=f"/photos/{row['photo']}/thumb" if row["photo"] else None,
        summary_text=row["summary"] or "",
        **_state(row),
    )


def _state(row: Any) -> dict[str, str]:
    """Said only when it changes what a reader may hope for."""
    state = state_of(row)
    return {"state_text": state.words, "state_tone": state.tone} if row["reserved"] else {}


def price(cents: int | None, deal: str | None) -> str:
    """`12,50 €`, `À donner`, or nothing."""
    if cents:
        euros, rest = divmod(cents, 100)
        return f"{euros:,}".replace(",", "\u202f") + (f",{rest:02}" if rest else "") + "\u202f€"
    return DEAL[Deal(deal)] if deal else ""


def _since(published: datetime | None) -> str:
    return f"publiée {since(published)}" if published else ""


@lru_cache(maxsize=16_384)
def _band(near: str, there: str, is_home: bool) -> str:
    ours, theirs = commune(near), commune(there)
    if ours and theirs and not is_home and ours.commune == theirs.commune:
        return "sur place"
    return nearness(ours, theirs) if ours and theirs else ""
