"""The help of neighbours beside a right: for a visitor how many ads there are, for a member those near them."""

from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from app import database
from benefits.catalogue.leading import ads_address
from benefits.catalogue.sheet import Neighbours
from listings.kinds import CATEGORY, PUBLIC, Category, Kind
from listings.reading.cards import cards, listed
from members.me import Me
from moderation.figures.keeping import KeptFigures

LEAST = 3
"""Of fewer ads no number is said: it would tell of people, and encourage nobody."""
SHOWN = 3
kept = KeptFigures[int]()


class Help(NamedTuple):
    """`ads` is 0 where it is not said, `cards` are ready to stand in their list."""

    category: Category
    title: str
    path: str
    ads: int = 0
    cards: Markup = Markup()


async def help_beside(jinja: Environment, wanted: Neighbours | None, me: Me | None) -> Help | None:
    """None for a suspended member, to whom the ads are closed. At most 1 query a minute for all visitors; 2 for a
    member, 1 once the cards are kept."""
    if wanted is None or (me and me.is_suspended):
        return None
    found = Help(wanted.category, CATEGORY[wanted.category], ads_address(wanted.category, wanted.kind))
    if me is None:
        ads = await kept.get(wanted, lambda: _online(wanted))
        return found._replace(ads=ads if ads >= LEAST else 0)
    if wanted.category is Category.home:
        return found
    return found._replace(cards=await _near(jinja, wanted, me))


async def _online(wanted: Neighbours) -> int:
    return await database.value(
        f"SELECT count(*)::int FROM listing WHERE {PUBLIC} AND category = $1 AND ($2::varchar IS NULL OR kind = $2)",
        wanted.category.value,
        _value(wanted.kind),
    )


async def _near(jinja: Environment, wanted: Neighbours, me: Me) -> Markup:
    """The newest of the member's department."""
    rows = await database.rows(
        f"SELECT id, version, commune FROM listing WHERE {PUBLIC} AND category = $1"
        " AND ($2::varchar IS NULL OR kind = $2) AND department = $3 AND author <> ALL($4)"
        f" ORDER BY published_at DESC, id DESC LIMIT {SHOWN}",
        wanted.category.value,
        _value(wanted.kind),
        me.place.department,
        [*me.hidden, me.id],
    )
    ready = await cards(jinja, rows, me.place.code)
    return listed(ready[row["id"]].plain for row in rows if row["id"] in ready)


def _value(kind: Kind | None) -> str | None:
    return kind.value if kind else None
