"""Saying something under an ad: a question, an answer to one, a word in a discussion."""

from datetime import timedelta
from typing import Annotated, NamedTuple
from uuid import UUID, uuid4, uuid5

import msgspec

from app import database
from app.database import transaction
from app.forms import Form
from app.refusals import Refused
from app.throttle import throttle
from listings.ad import Ad
from listings.kinds import Status
from listings.replies.access import Reply
from listings.replies.appearing import appear
from members.blocking import stay_unblocked
from members.me import Me
from moderation import audit
from moderation.cases.opening import open_case
from moderation.cases.tables import CaseKind
from moderation.rules import Content, Finding, Verdict, screen_or_hold
from moderation.rules.authors import record_of
from moderation.rules.recording import record_hits
from moderation.rules.tables import Moment
from moderation.sanctions.enforcing import guard_posting

AN_HOUR = 30
CLOSED = "Cette annonce n’est plus en ligne : elle ne reçoit plus de questions."
GONE = "Le message auquel vous répondiez vient de disparaître. Revenez à l’annonce, puis recommencez."
Body = Annotated[str, msgspec.Meta(min_length=2, max_length=1000)]


class ReplyForm(Form):
    """`once` is drawn with the form, so that a request sent twice is one reply; `quote` cites what is answered."""

    body: Body
    once: UUID = msgspec.field(default_factory=uuid4)
    quote: bool = False

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {
            "body": "Écrivez votre message, en 1 000 caractères au plus.",
            "once": "Rechargez la page, puis envoyez de nouveau.",
        }


async def screened(ad: Ad, body: str, by: Me) -> Verdict:
    """What the rules say of a reply. One they refuse is counted at once: nothing else will come of it."""
    author = await record_of(by.id)
    verdict = screen_or_hold(Content(body=body, category=ad.content.category.value, author=author))
    if verdict.is_refused:
        await record_hits(verdict, Moment.reply, None)
    return verdict


class Written(NamedTuple):
    id: int
    is_visible: bool


async def reply(ad: Ad, by: Me, form: ReplyForm, verdict: Verdict, under: Reply | None = None) -> Written:
    """Says it under the ad, or under the reply it answers (or the one that began its thread), or holds it for a
    moderator. A new member's always wait. Sent twice, it is one reply.

    Raises Refused when the ad or what is answered is no longer online, NotHere when a block came between.
    """
    guard_posting(by)
    await not_too_often(by.id)
    async with transaction():
        for other in sorted({ad.author, under.author if under else ad.author} - {by.id}):
            await stay_unblocked(by.id, other)
        await _still_online(ad, under)
        held = verdict.waits_for_a_person or not by.is_trusted
        said, is_new = await _write_once(ad, by, form, under, "held" if held else "published")
        if is_new:
            case = await ask_a_person(said, ad, by.id, verdict.findings) if held else None
            if not held:
                await appear(said)
            await record_hits(verdict, Moment.reply, case)
            await audit.record("reply.held" if held else "reply.said", by=by.id, kind="reply", subject=said)
    return Written(said, not held)


async def not_too_often(member: UUID) -> None:
    """Raises TooOften when somebody says or changes more than anyone would."""
    await throttle("reply", str(member), limit=AN_HOUR, every=timedelta(hours=1))


async def _still_online(ad: Ad, under: Reply | None) -> None:
    """Locks the ad, as whoever deletes or removes one of its replies does."""
    status = await database.value("SELECT status FROM listing WHERE id = $1 FOR NO KEY UPDATE", ad.id)
    if status != Status.published:
        raise Refused(CLOSED)
    if under and await database.value("SELECT state FROM reply WHERE id = $1", under.id) != "published":
        raise Refused(GONE)


async def _write_once(ad: Ad, by: Me, form: ReplyForm, under: Reply | None, state: str) -> tuple[int, bool]:
    """The reply's id, and whether this request was the one that wrote it."""
    # Bound to the words: a form kept by the browser's Back button and filled in anew is another reply.
    drawn = uuid5(form.once, f"{ad.id} {by.id} {under and under.id} {form.body}")
    written = await database.value(
        "INSERT INTO reply (listing, author, parent, quotes, body, state, once, said_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp()) ON CONFLICT (once) DO NOTHING RETURNING id",
        ad.id,
        by.id,
        under and under.thread,
        under.id if under and form.quote else None,
        form.body,
        state,
        drawn,
    )
    if written is not None:
        return written, True
    return await database.value("SELECT id FROM reply WHERE once = $1", drawn), False


async def ask_a_person(reply_id: int, ad: Ad, author: UUID, findings: tuple[Finding, ...]) -> UUID:
    """Inside a transaction: a moderator reads the reply, or the change of it that waits. The case it is read in."""
    return await open_case(
        kind=CaseKind.reply,
        listing=ad.id,
        reply=reply_id,
        author=author,
        category=ad.content.category.value,
        department=ad.department or "",
        findings=findings,
    )
