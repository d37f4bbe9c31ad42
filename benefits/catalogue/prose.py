"""Markdown of the catalogue as HTML and as plain text. Raw HTML is not let through."""

import re

from markdown_it import MarkdownIt
from markupsafe import Markup

from app.french import typeset

_markdown = MarkdownIt("commonmark", {"html": False, "typographer": False})
_HEADING = re.compile(r"^## +(.+?) *$", re.MULTILINE)
_FIGURE = re.compile(r"\d\s?(?:€|euros?\b)")


def html(text: str) -> Markup:
    return Markup(typeset(_markdown.render(text)))  # noqa: S704 - rendered with raw HTML off


def plain(text: str) -> str:
    blocks = (token.children or () for token in _markdown.parse(text) if token.type == "inline")
    return " ".join(" ".join(piece.content for piece in block if piece.content) for block in blocks)


def addresses(text: str) -> list[str]:
    """Where its links lead."""
    pieces = (piece for token in _markdown.parse(text) for piece in token.children or ())
    return [str(piece.attrs["href"]) for piece in pieces if piece.type == "link_open"]


def under_headings(text: str) -> list[tuple[str, str]]:
    """What stands under each `##`, in order; under an empty one, what stands before the first."""
    before, *rest = _HEADING.split(text)
    pairs = list(zip(rest[::2], (body.strip() for body in rest[1::2]), strict=True))
    return [("", before.strip()), *pairs] if before.strip() else pairs


def has_figure(text: str) -> bool:
    """Whether it says an amount of money."""
    return bool(_FIGURE.search(text))
