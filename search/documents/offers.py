"""From local offers to what can be found: nothing of who wrote one, for it speaks for a body.

Without an author in the index no block between members hides it, and no member is found by what they propose.
"""

from typing import Any

import msgspec

from benefits.kinds import RUBRIC, Rubric
from listings.content import Content
from partners.kinds import OFFER_KIND, Readers
from partners.sheet import OfferSheet, names_of
from search.contract import Document, DocumentType
from search.documents.rows import of_listing

PUBLIC = "public"
"""The trait of those that visitors may find."""
PATH = "/offres/{}"


def valid_in(department: str) -> str:
    """The trait of what is valid in this department, by its code."""
    return f"in_{department.lower()}"


def of_rubric(rubric: Rubric) -> str:
    return f"rubric_{rubric.name}"


def traits_of(sheet: OfferSheet) -> tuple[str, ...]:
    return (
        *([PUBLIC] if sheet.readers is Readers.everyone else []),
        *([of_rubric(sheet.rubric)] if sheet.rubric else []),
        *map(valid_in, sheet.departments),
    )


def offer_document(row: Any, content: Content, place: str) -> Document:
    """`row` is that of the listing, `place` the names of its commune and department. Raises `msgspec.ValidationError`
    for a sheet that cannot be read."""
    sheet = msgspec.convert(content.details, OfferSheet, strict=False)
    return Document(
        **of_listing(row),
        type=DocumentType.offer,
        kind=sheet.offer_kind.value,
        words=" · ".join(filter(None, (*_words(sheet), place))),
        traits=traits_of(sheet),
        path=PATH.format(row["id"]),
    )


def _words(sheet: OfferSheet) -> list[str]:
    return [
        OFFER_KIND[sheet.offer_kind],
        sheet.partner,
        sheet.conditions,
        sheet.for_whom,
        RUBRIC[sheet.rubric] if sheet.rubric else "",
        *names_of(sheet.departments),
    ]
