"""The page of one ad: a single query for the ad, its author and what stands between them and the reader.

Plain SQL: with the list this is the page members read most.
"""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from jinja2 import Environment
from markupsafe import Markup

from answers.standing import STANDING, Standing
from answers.writing import ticks, untouched
from app import database
from app.dates import in_words, today
from app.kept import Kept
from app.refusals import NotHere
from app.settings import PARIS
from benefits.bridges.choosing import Bridge, bridges_for
from listings.access import visible_to
from listings.ad import Ad
from listings.kinds import APART, Category, Status
from listings.life.erasing import KEPT
from listings.life.renewing import is_worth_prolonging
from listings.life.term import last_day
from listings.paths import own_path_of, path_of
from listings.reading.shown import Shown
from listings.replies.thread import FIRST, Place, Thread, thread
from listings.tips.reading import TipPage, tip_page
from members.me import Me
from places.communes import commune
from places.zones import today_in


class ReadElsewhere(Exception):
    """It has a page of its own, at this address."""


class Tally(msgspec.Struct, frozen=True):
    """The private answers, as the ad's author counts them: conversations to read, people who wait for a word."""

    all: int = 0
    to_read: int = 0
    waiting: int = 0
    chosen: str = ""


class AdPage(msgspec.Struct, frozen=True, kw_only=True):
    ad: Ad
    head: Markup
    rest: Markup
    title: str
    author_name: str
    author_place: str
    author_helped: int
    is_mine: bool
    conversation: UUID | None
    has_reported: bool
    waits_as_edit: bool
    replies: Thread
    tip: TipPage | None
    answers: Tally
    standing: Standing | None
    my_place: str
    bridges: tuple[Bridge, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """What two readers must have alike to see the same page."""
        mine = (self.is_mine, self.may_prolong, self.conversation, self.has_reported, self.waits_as_edit, self.answers)
        answering = (self.standing, self.my_place)
        ad = (self.ad.id, self.ad.version, self.ad.status, self.ad.outcome, self.author_name)
        author = (self.author_place, self.author_helped)
        return (self.head, self.rest, *ad, *author, *mine, *answering, self.replies, self.tip, self.bridges)

    @property
    def ticks(self) -> list[tuple[str, str]]:
        """The slots a helper may tick: value and label."""
        return ticks(self.ad.content.schedule)

    @property
    def untouched_answer(self) -> dict[str, Any]:
        return untouched(self.my_place, self.ticks)

    @property
    def is_open(self) -> bool:
        return self.ad.status is Status.published

    @property
    def may_answer(self) -> bool:
        """Whether the form of a first answer stands beside the ad."""
        is_tip = self.ad.content.category is Category.tips
        return self.is_open and not (self.is_mine or self.conversation or is_tip)

    @property
    def may_prolong(self) -> bool:
        return self.is_mine and is_worth_prolonging(self.ad)

    @property
    def last_day(self) -> str:
        return in_words(last_day(self.ad.expires_at, self.ad.department)) if self.ad.expires_at else ""

    @property
    def erased_on(self) -> str:
        return in_words((self.ad.closed_at + KEPT).astimezone(PARIS).date()) if self.ad.closed_at else ""


async def ad_page(jinja: Environment, listing: UUID, me: Me, place: Place = FIRST) -> AdPage:
    """`place` says which page of what is said under it. Raises NotHere for what `me` may not see, ReadElsewhere
    for a home and a local offer. 1 query, 1 more when there are replies, 1 more for its author, 1 more for a tip."""
    condition, given = visible_to(me, first=2)
    row = await database.row(_AD.format(visible=condition, standing=STANDING), listing, *given)
    if row is None:
        raise NotHere
    ad = Ad.of(row)
    is_mine = ad.author == me.id
    if ad.content.category in APART:
        path = own_path_of if is_mine and not ad.was_online else path_of
        raise ReadElsewhere(path(ad.content.category, ad.id))
    head, rest = _article(jinja, ad, me.commune)
    return AdPage(
        ad=ad,
        head=head,
        rest=rest,
        title=ad.title,
        author_name=row["first_name"],
        author_place=_name(row["author_commune"]),
        author_helped=row["families_helped"],
        is_mine=is_mine,
        conversation=row["conversation"],
        has_reported=row["has_reported"],
        waits_as_edit=is_mine and row["waits_as_edit"],
        replies=await thread(ad, me, place) if row["has_replies"] else Thread(),
        tip=await tip_page(ad, me) if ad.content.category is Category.tips else None,
        answers=await _tally(listing, me) if is_mine else Tally(),
        standing=Standing.of(row, ad.content.schedule, row["first_name"]),
        my_place=me.place.label,
        bridges=() if row["hides_bridges"] else bridges_for(ad.content),
    )


Article = tuple[Markup, Markup]
"""The title with what stands above it, and all that follows."""
_articles = Kept[tuple[UUID, int, str, date, date], Article](1000)


def _article(jinja: Environment, ad: Ad, home: str) -> Article:
    """The ad itself, the same for everyone of one commune until it changes or the day does, here or where the ad is."""
    key = (ad.id, ad.version, home, today(), today_in(ad.department))
    if kept := _articles.get(key):
        return kept
    has_ended = ad.status in (Status.closed, Status.removed, Status.aside)
    shown = Shown.of(ad.content, home=home, published_at=ad.published_at, has_ended=has_ended)
    macros: Any = jinja.get_template("listings/_ad.html").module
    article = macros.ad_head(shown), macros.ad_rest(shown)
    return _articles.put(key, article) if ad.status is Status.published else article


_AD = """
SELECT listing.*, member.first_name, member.commune AS author_commune,
    member.families_helped,
    (SELECT id FROM conversation WHERE conversation.listing = listing.id AND helper = $2) AS conversation,
    EXISTS (SELECT FROM report JOIN moderation_case c ON c.id = report.case
        WHERE c.listing = listing.id AND c.kind = 'listing' AND c.closed_at IS NULL AND report.reporter = $2
    ) AS has_reported,
    EXISTS (SELECT FROM listing_edit e WHERE e.listing = listing.id AND e.state = 'waiting') AS waits_as_edit,
    EXISTS (SELECT FROM reply WHERE reply.listing = listing.id) AS has_replies,
    EXISTS (SELECT FROM hidden_bridge h WHERE h.member = $2 AND h.category = listing.category) AS hides_bridges,
    answered.*
FROM listing JOIN member ON member.id = listing.author
LEFT JOIN LATERAL (SELECT {standing} FROM answer a WHERE a.listing = listing.id AND a.helper = $2) answered ON TRUE
WHERE listing.id = $1 AND {visible}
"""


async def _tally(listing: UUID, me: Me) -> Tally:
    found = await database.row(
        """
        SELECT count(*) FILTER (WHERE a.state <> 'withdrawn') AS all, count(*) FILTER (WHERE r.unread > 0) AS to_read,
            count(*) FILTER (WHERE a.state = 'waiting') AS waiting,
            coalesce(string_agg(m.first_name, ', ' ORDER BY a.settled_at) FILTER (WHERE a.state = 'chosen'), '')
                AS chosen
        FROM answer a JOIN member m ON m.id = a.helper
        LEFT JOIN reading r ON r.conversation = a.conversation AND r.member = $2
        WHERE a.listing = $1 AND a.helper <> ALL($3)
        """,
        listing,
        me.id,
        list(me.hidden),
    )
    return Tally(**found) if found else Tally()


def _name(code: str) -> str:
    place = commune(code)
    return place.name if place else ""
