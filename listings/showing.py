"""The page of one ad: a single query for the ad, its author and what stands between them and the reader.

Plain SQL: with the list this is the page members read most.
"""

from datetime import date, datetime
from uuid import UUID

import msgspec
from jinja2 import Environment
from markupsafe import Markup

from app import database
from app.dates import moment, today
from app.kept import Kept
from app.refusals import NotHere
from listings.access import visible_to
from listings.ad import Ad
from listings.kinds import Status
from listings.shown import Shown
from members.me import Me
from places.communes import commune
from places.zones import today_in


class Said(msgspec.Struct, frozen=True):
    """A public question or answer, as it stands under the ad."""

    id: int
    author: UUID
    name: str
    body: str
    said_at: datetime
    is_held: bool
    is_mine: bool
    is_the_author: bool

    @property
    def at_text(self) -> str:
        return moment(self.said_at)


class Answer(msgspec.Struct, frozen=True):
    """A private answer, as the ad's author sees it."""

    conversation: UUID
    name: str
    place: str
    unread: int


class AdPage(msgspec.Struct, frozen=True, kw_only=True):
    ad: Ad
    article: Markup
    title: str
    author_name: str
    author_place: str
    is_mine: bool
    conversation: UUID | None
    has_reported: bool
    waits_as_edit: bool
    replies: list[Said]
    answers: list[Answer]

    @property
    def key(self) -> tuple[object, ...]:
        """What two readers must have alike to see the same page."""
        mine = (self.is_mine, self.conversation, self.has_reported, self.waits_as_edit, *self.answers)
        ad = (self.ad.id, self.ad.version, self.ad.status, self.ad.outcome, self.author_name, self.author_place)
        return (self.article, *ad, *mine, *self.replies)

    @property
    def is_open(self) -> bool:
        return self.ad.status is Status.published


async def ad_page(jinja: Environment, listing: UUID, me: Me) -> AdPage:
    """Raises NotHere for what `me` may not see. 1 query, 1 more when there are replies, 1 more for its author."""
    condition, given = visible_to(me, first=2)
    row = await database.row(_AD.format(visible=condition), listing, *given)
    if row is None:
        raise NotHere
    ad = Ad.of(row)
    is_mine = ad.author == me.id
    return AdPage(
        ad=ad,
        article=_article(jinja, ad, me.commune),
        title=ad.title,
        author_name=row["first_name"],
        author_place=_name(row["author_commune"]),
        is_mine=is_mine,
        conversation=row["conversation"],
        has_reported=row["has_reported"],
        waits_as_edit=is_mine and row["waits_as_edit"],
        replies=await _replies(ad, me) if row["has_replies"] else [],
        answers=await _answers(listing, me) if is_mine else [],
    )


_articles = Kept[tuple[UUID, int, str, date, date], Markup](1000)


def _article(jinja: Environment, ad: Ad, home: str) -> Markup:
    """The ad itself, the same for everyone of one commune until it changes or the day does, here or where the ad is."""
    key = (ad.id, ad.version, home, today(), today_in(ad.department))
    if kept := _articles.get(key):
        return kept
    shown = Shown.of(ad.content, home=home, published_at=ad.published_at)
    article: Markup = jinja.get_template("listings/_ad.html").module.ad(shown)  # type: ignore[attr-defined]
    return _articles.put(key, article) if ad.status is Status.published else article


_AD = """
SELECT listing.*, member.first_name, member.commune AS author_commune,
    (SELECT id FROM conversation WHERE conversation.listing = listing.id AND helper = $2) AS conversation,
    EXISTS (SELECT FROM report JOIN moderation_case c ON c.id = report.case
        WHERE c.listing = listing.id AND c.kind = 'listing' AND c.closed_at IS NULL AND report.reporter = $2
    ) AS has_reported,
    EXISTS (SELECT FROM listing_edit e WHERE e.listing = listing.id AND e.state = 'waiting') AS waits_as_edit,
    EXISTS (SELECT FROM reply WHERE reply.listing = listing.id) AS has_replies
FROM listing JOIN member ON member.id = listing.author
WHERE listing.id = $1 AND {visible}
"""


async def _replies(ad: Ad, me: Me) -> list[Said]:
    """The last hundred, oldest first; a held one is there for who wrote it only."""
    rows = await database.rows(
        """
        SELECT reply.id, reply.author, member.first_name, reply.body, reply.said_at, reply.state
        FROM reply JOIN member ON member.id = reply.author
        WHERE reply.listing = $1 AND (reply.state = 'published' OR (reply.state = 'held' AND reply.author = $2))
            AND reply.author <> ALL($3)
        ORDER BY reply.id DESC LIMIT 100
        """,
        ad.id,
        me.id,
        list(me.hidden),
    )
    return [
        Said(
            id=row["id"],
            author=row["author"],
            name=row["first_name"],
            body=row["body"],
            said_at=row["said_at"],
            is_held=row["state"] == "held",
            is_mine=row["author"] == me.id,
            is_the_author=row["author"] == ad.author,
        )
        for row in reversed(rows)
    ]


async def _answers(listing: UUID, me: Me) -> list[Answer]:
    rows = await database.rows(
        """
        SELECT c.id, member.first_name, member.commune, coalesce(r.unread, 0) AS unread
        FROM conversation c JOIN member ON member.id = c.helper
        LEFT JOIN reading r ON r.conversation = c.id AND r.member = $2
        WHERE c.listing = $1 AND c.author = $2 AND c.helper <> ALL($3) ORDER BY c.last_message_at DESC LIMIT 100
        """,
        listing,
        me.id,
        list(me.hidden),
    )
    return [Answer(row["id"], row["first_name"], _name(row["commune"]), row["unread"]) for row in rows]


def _name(code: str) -> str:
    place = commune(code)
    return place.name if place else ""
