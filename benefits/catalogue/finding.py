"""The search within rights, for anyone: the same engine, so that slips, accents and other names are understood."""

from typing import NamedTuple

from markupsafe import Markup

from app.french import typeset
from benefits.catalogue.documents import all_rights
from listings.reading.cards import marked
from search.contract import DocumentType, Query
from search.documents.guides import LISTENING
from search.finding import find
from search.pages.pinning import Line, pinned_guide, pinned_right

SHOWN = 20


class FoundRight(NamedTuple):
    title: Markup
    path: str
    excerpt: Markup


class FoundRights(NamedTuple):
    """`pin` answers the need that was typed."""

    pin: Line | None
    rights: tuple[FoundRight, ...]


async def find_rights(words: str) -> FoundRights:
    """1 query. Whom to call in distress comes before any right, the other pages of the site after."""
    answer = await find(Query(words=words, type=DocumentType.benefit, size=SHOWN, facets=()))
    known = all_rights()
    found = [(hit, known[hit.id]) for hit in answer.hits if hit.id in known]
    guide = pinned_guide(words)
    pin = guide if guide and guide.path == LISTENING.path else pinned_right(words) or guide
    return FoundRights(
        pin,
        tuple(
            FoundRight(typeset(marked(hit.title)), one.path, typeset(marked(hit.excerpt)))  # type: ignore[arg-type]
            for hit, one in found
            if pin is None or one.path != pin.path
        ),
    )
