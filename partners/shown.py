"""A local offer in the words of its page: the same for its readers and its author's preview. Never who wrote it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self
from urllib.parse import urlsplit

import msgspec

from app.dates import in_words
from app.settings import PARIS
from benefits.kinds import RUBRIC, RUBRIC_ICON
from listings.content import Content
from partners.kinds import OFFER_ICON, OFFER_KIND, Readers
from partners.sheet import OfferSheet, names_of
from places.communes import Place, commune
from places.departments import department
from places.distance import nearness
from places.map import Locator, locator

NOBODY = "le correspondant d’un organisme"


class OfferShown(msgspec.Struct, frozen=True, kw_only=True):
    """What the macros of templates/partners/_offer.html print. `rubric` is (address, icon, words)."""

    kind_text: str
    kind_icon: str
    title: str
    body: str
    partner: str
    proposed_by: str
    conditions: str
    for_whom: str
    how: str
    url: str
    site: str
    dates_text: str
    confirmed_text: str
    place_text: str
    band_text: str
    departments: list[str]
    rubric: tuple[str, str, str] | None
    is_for_members: bool
    locator: Locator

    @classmethod
    def of(
        cls, content: Content, sheet: OfferSheet, *, near: Place | None = None, confirmed_at: datetime | None = None
    ) -> Self:
        """Distances are said from `near`; without it, none."""
        there = commune(content.commune or "")
        where = department(there.department) if there else None
        return cls(
            kind_text=OFFER_KIND[sheet.offer_kind],
            kind_icon=OFFER_ICON[sheet.offer_kind],
            title=content.title or "Offre sans titre",
            body=content.body,
            partner=sheet.partner,
            proposed_by=sheet.body or NOBODY,
            conditions=sheet.conditions,
            for_whom=sheet.for_whom,
            how=sheet.how,
            url=sheet.url,
            site=urlsplit(sheet.url).netloc,
            dates_text=dates_in_words(content, sheet),
            confirmed_text=in_words(confirmed_at.astimezone(PARIS).date()) if confirmed_at else "",
            place_text=", ".join(filter(None, (there.name if there else "", where.label if where else ""))),
            band_text=nearness(near, there) if near and there else "",
            departments=names_of(sheet.departments),
            rubric=_rubric(sheet),
            is_for_members=sheet.readers is not Readers.everyone,
            locator=locator(where.code if where else ""),
        )

    @property
    def brief(self) -> list[tuple[str, str]]:
        lines = [
            ("Dates", self.dates_text or "toute l’année"),
            ("Pour qui", self.for_whom),
            ("Proposé par", self.proposed_by),
            ("Confirmé", f"le {self.confirmed_text}" if self.confirmed_text else ""),
        ]
        return [(label, words) for label, words in lines if words]


def dates_in_words(content: Content, sheet: OfferSheet) -> str:
    """`du lundi 1 mars au mardi 30 mars`; empty for what has no end and no beginning."""
    return " ".join(_dates(content, sheet))


def _dates(content: Content, sheet: OfferSheet) -> Iterable[str]:
    if sheet.starts_on:
        yield f"{'du' if content.wanted_by else 'à partir du'} {in_words(sheet.starts_on)}"
    if content.wanted_by:
        yield f"{'au' if sheet.starts_on else 'jusqu’au'} {in_words(content.wanted_by)}"


def _rubric(sheet: OfferSheet) -> tuple[str, str, str] | None:
    if sheet.rubric is None:
        return None
    return f"/droits/rubriques/{sheet.rubric.value}", RUBRIC_ICON[sheet.rubric], RUBRIC[sheet.rubric]
