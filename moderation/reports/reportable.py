"""What a member may report, as they see it: an ad, a public reply, a word of thanks, a private message."""

from uuid import UUID

import asyncpg
import msgspec

from app import database
from app.database import LARGEST_ID
from app.refusals import NotHere, Refused
from listings.access import visible_to, was_online
from listings.paths import path_of
from members.me import Me
from members.visibility import not_blocked
from messaging.access import TITLE
from moderation.cases.tables import CaseKind

OWN = "C’est votre propre texte\u202f: vous pouvez le modifier ou le retirer vous-même."


class Reportable(msgspec.Struct, frozen=True, kw_only=True):
    """`author` wrote it. `text` is empty for an ad, whose page the reader comes from."""

    kind: CaseKind
    listing: UUID
    author: UUID
    title: str
    text: str
    category: str
    department: str
    reply: int | None = None
    thanks: UUID | None = None
    message: int | None = None
    conversation: UUID | None = None

    @property
    def key(self) -> str:
        """The name the database gives the thing: `reply:12`."""
        return f"{self.kind.value}:{self.reply or self.thanks or self.message or self.listing}"

    @property
    def path(self) -> str:
        match self.kind:
            case CaseKind.reply:
                return f"/reponses/{self.reply}"
            case CaseKind.thanks:
                return f"/mercis/{self.thanks}"
            case CaseKind.message:
                return f"/messages/{self.conversation}/{self.message}"
            case _:
                return path_of(self.category, self.listing)

    @property
    def back(self) -> str:
        """The page it is read on."""
        match self.kind:
            case CaseKind.thanks:
                return "/mercis"
            case CaseKind.message:
                return f"/messages/{self.conversation}"
            case _:
                return path_of(self.category, self.listing)


async def reportable_listing(listing_id: UUID, me: Me) -> Reportable:
    """Raises NotHere unless this member sees the ad, online or ended, Refused for their own."""
    visible, given = visible_to(me, first=2)
    found = await database.row(
        "SELECT listing.id AS listing, listing.author, listing.title, '' AS text, listing.category, listing.department"
        f" FROM listing WHERE id = $1 AND {was_online('listing')} AND {visible}"
        f" AND (listing.category = 'local_offer' OR {not_blocked('listing.author', '$2')})",
        listing_id,
        *given,
    )
    return _not_own(found, CaseKind.listing, me)


async def reportable_reply(reply_id: int, me: Me) -> Reportable:
    """Raises NotHere unless this member sees the reply, Refused for their own."""
    visible, given = visible_to(me, first=2)
    found = 0 < reply_id <= LARGEST_ID and await database.row(
        "SELECT listing.id AS listing, r.author, listing.title, r.body AS text, listing.category, listing.department,"
        " r.id AS reply FROM reply r JOIN listing ON listing.id = r.listing WHERE r.id = $1 AND r.state = 'published'"
        f" AND {was_online('listing')} AND {not_blocked('r.author', '$2')} AND {visible}",
        reply_id,
        *given,
    )
    return _not_own(found or None, CaseKind.reply, me)


async def reportable_thanks(thanks_id: UUID, me: Me) -> Reportable:
    """Raises NotHere unless this word was written to this member and its ad is still kept."""
    found = await database.row(
        "SELECT l.id AS listing, t.from_member AS author, l.title, t.body AS text, l.category, l.department,"
        " t.id AS thanks FROM thanks t JOIN help h ON h.id = t.help JOIN listing l ON l.id = h.listing"
        f" WHERE t.id = $1 AND t.to_member = $2 AND t.state = 'published' AND {not_blocked('t.from_member', '$2')}",
        thanks_id,
        me.id,
    )
    return _not_own(found, CaseKind.thanks, me)


async def reportable_message(conversation: UUID, message_id: int, me: Me) -> Reportable:
    """Raises NotHere unless the other of the two wrote it to this member; what the site itself said is nobody's."""
    found = 0 < message_id <= LARGEST_ID and await database.row(
        f"SELECT l.id AS listing, m.sender AS author, {TITLE} AS title, m.body AS text, l.category, l.department,"
        " m.id AS message, c.id AS conversation FROM message m JOIN conversation c ON c.id = m.conversation"
        " JOIN listing l ON l.id = c.listing WHERE m.id = $1 AND c.id = $3 AND $2 IN (c.author, c.helper)"
        f" AND m.event IS NULL AND m.withheld_at IS NULL AND {not_blocked('c.author', 'c.helper')}",
        message_id,
        me.id,
        conversation,
    )
    return _not_own(found or None, CaseKind.message, me)


async def is_still_there(thing: Reportable) -> bool:
    """Inside a transaction, its open case held: nobody takes it away until the end."""
    # Locked by a statement of its own: one that waits goes on with what it saw of other tables before.
    await database.execute("SELECT FROM listing WHERE id = $1 FOR SHARE", thing.listing)
    return await database.value(
        "SELECT CASE WHEN $2::bigint IS NOT NULL THEN EXISTS (SELECT FROM reply WHERE id = $2 AND state = 'published')"
        " WHEN $3::uuid IS NOT NULL THEN EXISTS (SELECT FROM thanks WHERE id = $3 AND state = 'published')"
        " WHEN $4::bigint IS NOT NULL THEN EXISTS (SELECT FROM message WHERE id = $4 AND withheld_at IS NULL)"
        f" ELSE {was_online('listing')} END FROM listing WHERE id = $1",
        thing.listing,
        thing.reply,
        thing.thanks,
        thing.message,
    )


def _not_own(found: asyncpg.Record | None, kind: CaseKind, me: Me) -> Reportable:
    if found is None:
        raise NotHere
    if found["author"] == me.id:
        raise Refused(OWN)
    return Reportable(kind=kind, **found)
