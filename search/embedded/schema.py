"""What the embedded index keeps of a document, already in the forms of search.words.forms."""

from datetime import UTC, date, datetime
from functools import cache

import tantivy

from search.contract import FACETS, Document
from search.words.forms import VERSION as WORDS_VERSION
from search.words.forms import clean, tokens
from search.words.sounds import sound

# Part of the folder's name: an index of another version is never opened, but rebuilt.
VERSION = f"5.{WORDS_VERSION}"

NO_START, NO_END = 0, 9_999_999
NO_END_SECONDS = 2**40
# The newest first, of one second the most helpful; of one day these again, for days stand further apart than any two.
_MOST_HELPFUL = 255
_MOMENTS = 2**40
_NO_DAY = date.max.toordinal() + 1

# Ads lose a tenth of their weight in 60 days. As a growth since a fixed day, the ratio between two
# ads depends only on the time between them, so nothing needs recomputing as time passes.
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_FRESHER = 1.1
_PERIOD = 60 * 86_400
# Scores have seven digits: of what is alike and of one moment, less than this apart, who has helped comes first.
_HELPED_SECONDS = 30


@cache
def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("shown_title", "shown_body"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("title", "body", "around"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("forms", "title_words", "sounds"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("author", "spot"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("price", "starts", "ends", "newest", "expires", "sleeps", "soonest", "version"):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_float_field("freshness", fast=True)
    return builder.build()


def open_index(path: str | None) -> tantivy.Index:
    """An index in that folder, or in memory; raises ValueError or OSError when it is damaged."""
    index = tantivy.Index(schema(), path) if path else tantivy.Index(schema())
    index.register_tokenizer("whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def row(document: Document) -> tantivy.Document:
    title, body = clean(document.title), clean(document.body)
    in_title, in_body = list(tokens(title)), list(tokens(body))
    around = list(tokens(clean(f"{document.words} . {document.commune} . {document.region}")))
    everything = [*in_title, *in_body, *around]
    newest = seconds(document.published_at) * (_MOST_HELPFUL + 1) + min(document.helpful, _MOST_HELPFUL)
    fields: dict[str, object] = {
        "id": document.id,
        "shown_title": title,
        "shown_body": body,
        "title": " ".join(token.stem for token in in_title),
        "body": " ".join(token.stem for token in in_body),
        "around": " ".join(token.stem for token in around),
        "forms": " ".join({token.word for token in everything if token.word != token.stem}),
        "sounds": " ".join({heard for token in everything if (heard := sound(token.word))}),
        "title_words": " ".join({token.word for token in in_title}),
        "author": document.author,
        "price": document.price_cents or 0,
        "starts": day(document.starts_on, NO_START),
        "ends": day(document.ends_on, NO_END),
        "newest": newest,
        "expires": seconds(document.expires_at) if document.expires_at else NO_END_SECONDS,
        "soonest": day(document.soonest_on, _NO_DAY) * _MOMENTS - newest,
        "version": document.version,
        "freshness": _FRESHER ** ((_since_epoch(document) + _HELPED_SECONDS * (document.helpful > 0)) / _PERIOD),
    }
    if document.lat is not None and document.lon is not None:
        fields["spot"] = spot(document.lat, document.lon)
    if document.sleeps is not None:
        fields["sleeps"] = document.sleeps
    fields |= {facet: list(values) for facet in FACETS if (values := document.values_of(facet))}
    return tantivy.Document.from_dict(fields, schema())


def _since_epoch(document: Document) -> float:
    return (document.published_at - _EPOCH).total_seconds()


def day(moment: date | None, otherwise: int) -> int:
    return moment.toordinal() if moment else otherwise


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def spot(lat: float, lon: float) -> str:
    """The place as an indexed term: ads stand at commune centres, so there are few."""
    return f"{lat:.4f},{lon:.4f}"
