"""The page of one home: a single query for its sheet, its host and what stands between them and the reader.

Whether the two of them might exchange is nowhere in it: the page is the same for who would fit and who would not.
"""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from jinja2 import Environment
from markupsafe import Markup

from app import database
from app.dates import in_words, today
from app.kept import Kept
from exchanges.homes.access import A_HOME, VisibleHome
from exchanges.homes.reading.shown import HomeShown
from listings.access import visible_to
from listings.kinds import Status
from listings.life.term import last_day
from members.me import Me
from places.communes import commune


class HomePage(msgspec.Struct, frozen=True, kw_only=True):
    """`swap` is an exchange the two of them know they are in; `lends` says that the reader has a home online too."""

    home: VisibleHome
    head: Markup
    rest: Markup
    host_name: str
    host_place: str
    host_helped: int
    is_mine: bool
    has_reported: bool
    waits_as_edit: bool
    lends: bool
    swap: UUID | None

    @property
    def key(self) -> tuple[object, ...]:
        """What two readers must have alike to see the same page."""
        host = (self.host_name, self.host_place, self.host_helped)
        mine = (self.is_mine, self.has_reported, self.waits_as_edit, self.lends, self.swap)
        ad = self.home.ad
        return (ad.id, ad.version, ad.status, ad.expires_at, self.head, self.rest, *host, *mine)

    @property
    def title(self) -> str:
        return self.home.title

    @property
    def is_online(self) -> bool:
        return self.home.is_online

    @property
    def may_ask(self) -> bool:
        """Whether the form of a request stands beside the sheet."""
        return self.is_online and not self.is_mine and self.swap is None

    @property
    def last_day(self) -> str:
        ad = self.home.ad
        return in_words(last_day(ad.expires_at, ad.department)) if ad.expires_at else ""


async def home_page(jinja: Environment, listing: UUID, me: Me) -> HomePage:
    """Raises NotHere for what `me` may not see. 1 query."""
    condition, given = visible_to(me, first=2)
    row = await database.row(_HOME.format(visible=condition), listing, *given)
    home = VisibleHome.of(row)
    assert row is not None  # noqa: S101 - or NotHere was raised
    is_mine = home.host == me.id
    head, rest = _article(jinja, home, me)
    there = commune(row["host_commune"])
    return HomePage(
        home=home,
        head=head,
        rest=rest,
        host_name=row["first_name"],
        host_place=there.name if there else "",
        host_helped=row["families_helped"],
        is_mine=is_mine,
        has_reported=row["has_reported"],
        waits_as_edit=is_mine and row["waits_as_edit"],
        lends=row["lends"],
        swap=row["swap"],
    )


Article = tuple[Markup, Markup]
"""The title with what stands above it, and all that follows."""
_articles = Kept[tuple[UUID, int, str, date], Article](1000)


def _article(jinja: Environment, home: VisibleHome, me: Me) -> Article:
    """The sheet itself, the same for everyone of one commune until it changes or the day does."""
    ad = home.ad
    key = (ad.id, ad.version, me.commune, today())
    if kept := _articles.get(key):
        return kept
    shown = HomeShown.of(ad.content, home.sheet, near=me.place, published_at=ad.published_at)
    macros: Any = jinja.get_template("exchanges/homes/_sheet.html").module
    article = macros.home_head(shown), macros.home_rest(shown)
    return _articles.put(key, article) if ad.status is Status.published else article


# Of exchanges only those both know of: a match that is still anonymous must not show on the page of who is in it.
_HOME = f"""
SELECT listing.*, member.first_name, member.commune AS host_commune, member.families_helped,
    EXISTS (SELECT FROM report JOIN moderation_case c ON c.id = report.case
        WHERE c.listing = listing.id AND c.kind = 'listing' AND c.closed_at IS NULL AND report.reporter = $2
    ) AS has_reported,
    EXISTS (SELECT FROM listing_edit e WHERE e.listing = listing.id AND e.state = 'waiting') AS waits_as_edit,
    EXISTS (SELECT FROM listing own WHERE own.author = $2 AND own.category = 'home' AND own.status = 'published'
    ) AS lends,
    (SELECT s.id FROM swap_party mine JOIN swap_party theirs ON theirs.swap = mine.swap JOIN swap s ON s.id = mine.swap
        WHERE mine.member = $2 AND theirs.member = listing.author AND listing.author <> $2
            AND (s.state IN ('accepted', 'confirmed') OR (s.state = 'proposed' AND s.origin = 'requested'))
        ORDER BY s.proposed_at DESC LIMIT 1) AS swap
FROM listing JOIN member ON member.id = listing.author
WHERE listing.id = $1 AND {A_HOME} AND {{visible}}
"""
