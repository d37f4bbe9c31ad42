"""One box for everything: what answers, in groups, and above them what covers the need."""

from typing import NamedTuple
from uuid import UUID

from jinja2 import Environment
from markupsafe import Markup

from app import database
from app.french import typeset
from exchanges.homes.reading.list_page import rendered
from listings.kinds import PUBLIC, Category
from listings.reading.cards import Rendered, cards, highlighted, listed, marked
from members.me import Me
from search.contract import Answer, DocumentType, Query
from search.finding import around, find_grouped
from search.pages.pinning import Line, about, pinned, pinned_guide, pinned_right
from search.pages.shelves import SHELVES, SIZES, Shelf, Shown
from search.vocabulary.unfound import note


class Group(NamedTuple):
    """What is on a shelf: `items` of a list; `total` counts all there is, `all` is where the others are read."""

    type: DocumentType
    title: str
    total: int
    all: str | None
    shown: Shown
    items: Markup


class Found(NamedTuple):
    """Groups with something in them. `degraded` says that only the newest were searched."""

    pin: Line | None
    groups: tuple[Group, ...]
    degraded: bool

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)


async def search_everything(jinja: Environment, me: Me, words: str) -> Found:
    """What answers these words, as `me` may see it. 3 queries, and 1 for cards of ads, 1 for those of homes, that were
    never shown before."""
    hidden = tuple(str(member) for member in me.hidden)
    query = Query(words=words, hidden_authors=hidden, facets=(), favours=around(me.place))
    answers = await find_grouped(query, SIZES)
    ready = await _cards(jinja, me, _ids(answers, Shown.ads, Shown.homes))
    lines = await _lines(_ids(answers, Shown.lines))
    pin = pinned_guide(words) or pinned_right(words) or pinned(words, lines.values())
    if pin:
        lines = {id: line for id, line in lines.items() if line.path != pin.path}
    if ready:  # "garde" stands in half the charter: a text that only mentions what ads are about helps nobody
        lines = about(words, lines)
    groups = tuple(_group(shelf, answers[shelf.type], words, ready, lines) for shelf in SHELVES)
    is_degraded = any(answer.degraded for answer in answers.values())
    found = Found(pin, tuple(group for group in groups if group.items), is_degraded)
    if not (found.pin or found.groups or is_degraded):
        await note(words, me.id)
    return found


def _ids(answers: dict[DocumentType, Answer], *shown: Shown) -> list[str]:
    return [hit.id for shelf in SHELVES if shelf.shown in shown for hit in answers[shelf.type].hits]


async def _cards(jinja: Environment, me: Me, ids: list[str]) -> dict[str, Rendered]:
    """The index is a cache: what may be seen is decided by the rows."""
    if not ids:
        return {}
    rows = await database.rows(
        f"SELECT id, version, commune, category FROM listing WHERE id = ANY($1) AND {PUBLIC} AND author <> ALL($2)",
        [UUID(id) for id in ids],
        list(me.hidden),
    )
    ads, homes = [[row for row in rows if (row["category"] == Category.home) is is_home] for is_home in (False, True)]
    ready = await cards(jinja, ads, me.place.code)
    if homes:
        ready |= await rendered(jinja, homes, me.place)
    return {str(id): card for id, card in ready.items()}


async def _lines(ids: list[str]) -> dict[str, Line]:
    if not ids:
        return {}
    rows = await database.rows(
        "SELECT id, path, title, body, covers, words FROM search_document WHERE id = ANY($1) AND NOT is_gone", ids
    )
    return {
        row["id"]: Line(row["path"], row["title"], row["body"], tuple(row["covers"]), words=row["words"])
        for row in rows
    }


def _group(shelf: Shelf, answer: Answer, words: str, ready: dict[str, Rendered], lines: dict[str, Line]) -> Group:
    shown = [
        highlighted(ready[hit.id], hit.title, hit.excerpt) if hit.id in ready else _LINE.format(
            lines[hit.id].path, typeset(marked(hit.title)), typeset(marked(hit.excerpt))
        )
        for hit in answer.hits
        if hit.id in ready or hit.id in lines
    ]  # fmt: skip
    # Where there is no list of all, what is counted beyond those shown is read nowhere.
    all = shelf.all(words)
    total = answer.total if all else len(shown)
    return Group(shelf.type, shelf.title, total, all if total > len(shown) else None, shelf.shown, listed(shown))


_LINE = Markup('<li class="line"><h3 class="line-title"><a href="{}">{}</a></h3><p class="soft">{}</p></li>')
