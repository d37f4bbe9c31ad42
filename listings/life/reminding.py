"""A week before an ad ends, a month before a local offer does, its author is asked what became of it."""

from datetime import datetime, timedelta
from uuid import UUID

from app import database, mail
from app.database import transaction
from app.jobs import defer
from app.mail_text import mail_text
from app.sweeping import Sweep
from listings.jobs import mail_ending
from listings.kinds import APART, Category
from listings.life.ending_links import Action, ending_link
from listings.life.which_ad import HAS_OTHERS_THAT_DAY, published_in_words
from listings.paths import own_path_of
from notifications.notifying import notify
from notifications.topics import Topic

BEFORE = timedelta(days=7)
BEFORE_AN_OFFER = timedelta(days=30)
"""A correspondent asks the partner again."""
SHORTEST_LIFE = timedelta(days=14)
"""Who published for a few days knows when it ends."""
AT_ONCE = 200


async def remind_authors() -> int:
    """Tells the authors of all ads that end soon, once for each term, each in its own transaction; says how many. Can
    run again, or twice at once, without harm. Raises SweepIncomplete when some could not be told."""
    reminded = 0
    find = f"SELECT id FROM listing WHERE {_ENDING} AND id <> ALL($4::uuid[]) ORDER BY expires_at LIMIT $5"
    async with Sweep("remind_authors") as sweep:
        while ending := await database.rows(find, BEFORE, BEFORE_AN_OFFER, SHORTEST_LIFE, sweep.failed, AT_ONCE):
            for ad in ending:
                reminded += await sweep.take(ad["id"], _remind(ad["id"]))
    return reminded


_ENDING = """
    status = 'published' AND reminded_at IS NULL AND expires_at > now() AND expires_at <= now() + $2::interval
    AND (category = 'local_offer' OR expires_at <= now() + $1::interval)
    AND expires_at - coalesce(renewed_at, published_at) >= $3::interval
"""


async def _remind(listing: UUID) -> None:
    async with transaction():
        ad = await database.row(
            f"UPDATE listing SET reminded_at = clock_timestamp() WHERE id = $4 AND {_ENDING}"
            " RETURNING id, author, category, title, renewals, reminded_at",
            BEFORE,
            BEFORE_AN_OFFER,
            SHORTEST_LIFE,
            listing,
        )
        if ad:
            path = own_path_of(ad["category"], ad["id"])
            await notify(ad["author"], Topic.listing_ending, thing=ad["id"], about=ad["title"], path=path)
            await defer(mail_ending, listing=ad["id"], renewals=ad["renewals"], reminded_at=ad["reminded_at"])


async def mail_about_the_end(listing: UUID, renewals: int, reminded_at: datetime) -> None:
    """Sends the e-mail with its three links, unless the author has done something since. It may go twice if the
    machine stops right after sending, never not at all. Raises when the mail server does not take it."""
    ad = await database.row(
        f"SELECT m.email, l.category, l.published_at, {HAS_OTHERS_THAT_DAY}"
        " FROM listing l JOIN member m ON m.id = l.author WHERE l.id = $1 AND l.status = 'published'"
        " AND l.renewals = $2 AND l.reminded_at = $3 AND l.expires_at > now()",
        listing,
        renewals,
        reminded_at,
    )
    if ad is None:
        return
    links = {action.value: ending_link(listing, renewals, reminded_at, action) for action in Action}
    if ad["category"] in APART:
        links[Action.settle.value] = ""
    published = published_in_words(ad["published_at"], ad["has_others_that_day"])
    soon = "dans un mois" if ad["category"] == Category.local_offer else "dans quelques jours"
    await mail.send(ad["email"], *mail_text("ending", published=published, soon=soon, **links))
