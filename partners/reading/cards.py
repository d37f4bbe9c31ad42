"""A local offer in one glance: what it is, of whom, where. The same for every reader of one place."""

import logging
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Self
from uuid import UUID

import msgspec
from jinja2 import Environment

from app import database
from app.dates import in_words, since, today
from app.kept import Kept
from listings.reading.cards import EXCERPT, TITLE, Rendered
from partners.kinds import OFFER_ICON, OFFER_KIND, Readers
from partners.sheet import OfferSheet
from places.communes import Place, commune
from places.distance import nearness

log = logging.getLogger(__name__)
_cards = Kept[tuple[UUID, int, str, date], Rendered](1000)


class OfferCard(msgspec.Struct, frozen=True):
    """What the macro `offer_card` of templates/partners/_card.html shows."""

    url: str
    title: str
    excerpt: str
    kind_text: str
    kind_icon: str
    partner: str
    place_text: str
    band_text: str
    until_text: str
    since_text: str
    is_for_members: bool

    @classmethod
    def of(cls, row: Mapping[str, Any], band_text: str) -> Self:
        """Raises `msgspec.ValidationError` for a sheet that cannot be read."""
        sheet, there = msgspec.json.decode(row["details"], type=OfferSheet, strict=False), commune(row["commune"])
        return cls(
            url=f"/offres/{row['id']}",
            title=TITLE,
            excerpt=EXCERPT,
            kind_text=OFFER_KIND[sheet.offer_kind],
            kind_icon=OFFER_ICON[sheet.offer_kind],
            partner=sheet.partner,
            place_text=there.label if there else "",
            band_text=band_text,
            until_text=f"jusqu’au {in_words(row['wanted_by'])}" if row["wanted_by"] else "",
            since_text=f"publiée {since(row['published_at'])}",
            is_for_members=sheet.readers is not Readers.everyone,
        )


async def rendered(jinja: Environment, keys: Sequence[Any], near: Place | None) -> dict[UUID, Rendered]:
    """The card of each row of `keys` (`id`, `version`, `commune`) as an item of a list; distances are said from `near`.
    One query, and only for what is not kept. One whose sheet cannot be read has no card, and keeps no other from its
    own."""
    day = today()
    wanted = {row["id"]: (row["id"], row["version"], _band(near, row["commune"]), day) for row in keys}
    ready = {id: card for id, key in wanted.items() if (card := _cards.get(key))}
    if missing := [id for id in wanted if id not in ready]:
        render = jinja.get_template("partners/_card.html").module.offer_card  # type: ignore[attr-defined]
        for row in await database.rows(_ROWS, missing):
            try:
                shown = OfferCard.of(row, wanted[row["id"]][2])
            except msgspec.ValidationError:
                log.exception("offers: the sheet of %s cannot be read", row["id"])
                continue
            ready[row["id"]] = _cards.put(wanted[row["id"]], Rendered.of(f"<li>{render(shown)}</li>", row["title"]))
    return ready


_ROWS = "SELECT id, title, details, commune, wanted_by, published_at FROM listing WHERE id = ANY($1)"


def _band(near: Place | None, there: str) -> str:
    theirs = commune(there)
    return nearness(near, theirs) if near and theirs else ""
