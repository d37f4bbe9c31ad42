"""What Meilisearch must know of our index, as code; applied where the server differs."""

from typing import Any

from search.contract import FACETS, MOST_HITS, Document
from search.meili.around import spot
from search.words.forms import ACRONYMS, clean, tokens
from search.words.forms import VERSION as WORDS_VERSION
from search.words.sounds import sound
from search.words.synonyms import synonyms

# Part of the index's name: documents of another version are never searched, but rebuilt.
VERSION = f"5-{WORDS_VERSION}"

INDEX = "entraide"

# Swapping an index into a name that does not exist yet came with 1.18.
OLDEST_SERVER = "1.18"

NO_START, NO_END = 0, 9_999_999
NO_END_SECONDS = 2**40
VALUES = 250
SHOWN = ["id", "title", "body"]
NEWEST = ("published:desc", "helpful:desc")
NARROWED = ("author", "ends", "expires", "id", "price", "sleeps", "spot", "starts")
# Order counts in the first two; in the last a word taken away must go.
EXACT = ("searchableAttributes", "rankingRules", "synonyms")


def wanted() -> dict[str, Any]:
    return {
        # Meilisearch does not stem: it compares our stems, and the words themselves where they differ,
        # so that slips and unfinished words find their way. What people read is only displayed.
        "searchableAttributes": ["title_stems", "title_words", "body_stems", "around_stems", "forms", "sounds"],
        "displayedAttributes": SHOWN,
        "filterableAttributes": sorted([*FACETS, *NARROWED]),
        "sortableAttributes": ["helpful", "published", "soonest"],
        "rankingRules": ["sort", "words", "typo", "attributeRank", "proximity", "exactness", *NEWEST],
        # Stop words are already gone from stems and queries; a stem that looks like one must stay.
        "stopWords": [],
        "synonyms": {" ".join(key): sorted(map(" ".join, others)) for key, others in sorted(synonyms().items())},
        "typoTolerance": {
            "enabled": True,
            "minWordSizeForTypos": {"oneTypo": 6, "twoTypos": 8},
            "disableOnWords": sorted(ACRONYMS),
            "disableOnAttributes": ["sounds"],
            "disableOnNumbers": True,
        },
        # Word by word costs half as much time and disk again, and no measured search is answered better for it.
        "proximityPrecision": "byAttribute",
        "faceting": {"maxValuesPerFacet": VALUES},
        "facetSearch": False,
        "pagination": {"maxTotalHits": MOST_HITS},
        "localizedAttributes": [{"attributePatterns": ["*"], "locales": ["fra"]}],
        "searchCutoffMs": 250,
    }


def differing(have: dict[str, Any]) -> dict[str, Any]:
    """The settings to send, given those the server has."""
    return {
        name: value
        for name, value in wanted().items()
        if (have.get(name) != value if name in EXACT else not _holds(have.get(name), value))
    }


def _holds(have: Any, want: Any) -> bool:
    """The server adds defaults of its own to some settings, and gives back some lists in another order."""
    if isinstance(have, dict) and isinstance(want, dict):
        return all(_holds(have.get(name), value) for name, value in want.items())
    if isinstance(have, list) and isinstance(want, list) and have != want:
        return sorted(map(str, have)) == sorted(map(str, want))
    return bool(have == want)


def record(document: Document) -> dict[str, Any]:
    """The document as the server keeps it."""
    title, body = clean(document.title), clean(document.body)
    in_title, in_body = list(tokens(title)), list(tokens(body))
    around = list(tokens(clean(f"{document.words} . {document.commune} . {document.region}")))
    beside = [*in_body, *around]
    kept: dict[str, Any] = {
        "id": document.id,
        "title": title,
        "body": body,
        "title_stems": " ".join(token.stem for token in in_title),
        "title_words": " ".join(token.word for token in in_title),
        "body_stems": " ".join(token.stem for token in in_body),
        "around_stems": " ".join(token.stem for token in around),
        "forms": " ".join(sorted({token.word for token in beside if token.word != token.stem})),
        "sounds": " ".join(sorted({heard for token in (*in_title, *beside) if (heard := sound(token.word))})),
        **{facet: list(document.values_of(facet)) for facet in FACETS},
        "author": document.author,
        "price": document.price_cents or 0,
        "starts": document.starts_on.toordinal() if document.starts_on else NO_START,
        "ends": document.ends_on.toordinal() if document.ends_on else NO_END,
        "expires": int(document.expires_at.timestamp()) if document.expires_at else NO_END_SECONDS,
        "published": int(document.published_at.timestamp()),
        "helpful": document.helpful,
        "version": document.version,
    }
    if document.sleeps is not None:
        kept["sleeps"] = document.sleeps
    if document.soonest_on:
        kept["soonest"] = document.soonest_on.toordinal()
    if document.lat is not None and document.lon is not None:
        kept["spot"] = spot(document.lat, document.lon)
    return kept
