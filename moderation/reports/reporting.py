"""A member tells the team that something is wrong. It stays visible until someone has read it."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

import asyncpg
import msgspec

from app import database
from app.database import LARGEST_ID, transaction
from app.forms import Form
from app.refusals import NotHere, Refused
from app.throttle import throttle
from listings.access import visible_to, was_online
from members.me import Me
from members.visibility import not_blocked
from moderation import audit
from moderation.cases.opening import open_case
from moderation.cases.tables import CaseKind
from moderation.cases.weighing import EACH_MORE_REPORT, MOST, REPORT_RISK
from moderation.reports.tables import ReportReason

A_DAY = 20
OWN = "C’est votre propre texte\u202f: vous pouvez le modifier ou le retirer vous-même."


class ReportForm(Form):
    reason: ReportReason
    words: Annotated[str, msgspec.Meta(max_length=1000)] = ""

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {"reason": "Choisissez ce qui ne va pas."}


class Reportable(msgspec.Struct, frozen=True, kw_only=True):
    """A public ad or reply as the person about to report it sees it. `author` wrote it."""

    kind: CaseKind
    listing: UUID
    author: UUID
    title: str
    text: str
    category: str
    department: str
    reply: int | None = None
    thanks: UUID | None = None

    @property
    def path(self) -> str:
        if self.thanks:
            return f"/mercis/{self.thanks}"
        return f"/annonces/{self.listing}" if self.reply is None else f"/reponses/{self.reply}"

    @property
    def back(self) -> str:
        return "/mercis" if self.thanks else f"/annonces/{self.listing}"


async def reportable_listing(listing_id: UUID, me: Me) -> Reportable:
    """Raises NotHere unless this member sees the ad, Refused for their own."""
    found = await database.row(
        "SELECT l.id AS listing, l.author, l.title, '' AS text, l.category, l.department FROM listing l"
        f" WHERE l.id = $1 AND l.status = 'published' AND {not_blocked('l.author', '$2')}",
        listing_id,
        me.id,
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


def _not_own(found: asyncpg.Record | None, kind: CaseKind, me: Me) -> Reportable:
    if found is None:
        raise NotHere
    if found["author"] == me.id:
        raise Refused(OWN)
    return Reportable(kind=kind, **found)


async def reported_before(thing: Reportable, me: Me) -> UUID | None:
    """The open case this member already reported the thing in."""
    return await database.value(
        'SELECT c.id FROM moderation_case c JOIN report r ON r."case" = c.id AND r.reporter = $1'
        " WHERE c.closed_at IS NULL AND c.kind = $2 AND c.listing = $3 AND c.reply IS NOT DISTINCT FROM $4::bigint"
        " AND c.thanks IS NOT DISTINCT FROM $5::uuid",
        me.id,
        thing.kind.value,
        thing.listing,
        thing.reply,
        thing.thanks,
    )


async def report(thing: Reportable, form: ReportForm, me: Me) -> UUID:
    """The case the report joined. A second report of the same thing by the same person changes nothing."""
    if before := await reported_before(thing, me):
        return before
    await throttle("report", str(me.id), limit=A_DAY, every=timedelta(days=1))
    async with transaction():
        case = await open_case(
            kind=thing.kind,
            listing=thing.listing,
            author=thing.author,
            category=thing.category,
            department=thing.department,
            reply=thing.reply,
            thanks=thing.thanks,
            risk=REPORT_RISK[form.reason],
        )
        if await _add(case, form, me):
            await audit.record("thing.reported", by=me.id, kind="case", subject=case, reason=form.reason.value)
    return case


async def _add(case: UUID, form: ReportForm, me: Me) -> bool:
    """False when this person's report is there already (the form was sent twice at once)."""
    added = await database.value(
        'INSERT INTO report ("case", reporter, reason, words, made_at) VALUES ($1, $2, $3, $4, clock_timestamp())'
        ' ON CONFLICT ("case", reporter) DO NOTHING RETURNING id',
        case,
        me.id,
        form.reason.value,
        form.words,
    )
    if added is None:
        return False
    await database.execute(
        "UPDATE moderation_case SET risk = least($2, risk + $3)"
        ' WHERE id = $1 AND (SELECT count(*) FROM report WHERE "case" = $1) > 1',
        case,
        MOST,
        EACH_MORE_REPORT,
    )
    return True


async def own_report(case_id: UUID, me: Me) -> asyncpg.Record:
    """What this member reported in that case and what came of it. Raises NotHere when they reported nothing there."""
    found = await database.row(
        """
        SELECT r.reason, r.words, r.made_at, c.kind, c.closed_at, l.title, l.id AS listing, l.status, d.kind AS decided
        FROM report r JOIN moderation_case c ON c.id = r."case" JOIN listing l ON l.id = c.listing
        LEFT JOIN decision d ON d."case" = c.id WHERE c.id = $1 AND r.reporter = $2
        """,
        case_id,
        me.id,
    )
    if found is None:
        raise NotHere
    return found
