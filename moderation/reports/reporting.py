"""A member tells the team that something is wrong. It stays visible until someone has read it."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

import msgspec

from app import database
from app.database import transaction
from app.forms import Form
from app.refusals import Refused
from app.throttle import throttle
from members.me import Me
from moderation import audit
from moderation.cases.opening import open_case
from moderation.cases.pressing import press_more
from moderation.cases.tables import EvidenceWhy
from moderation.cases.weighing import REPORT_RISK
from moderation.reports.guarding import call_in_those_aside, is_read_again, read_lately
from moderation.reports.holding import hold_thing
from moderation.reports.reportable import Reportable, is_still_there
from moderation.reports.tables import ReportReason

A_DAY = 20
GONE = "Ce texte vient d’être retiré\u202f: il n’y a plus rien à signaler. Merci de votre attention."


class ReportForm(Form):
    reason: ReportReason
    words: Annotated[str, msgspec.Meta(max_length=1000)] = ""

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {"reason": "Choisissez ce qui ne va pas."}


async def reported_before(thing: Reportable, me: Me) -> UUID | None:
    """The case in which this member reported the thing as it stands; an edit by its author makes another of it."""
    return await database.value(
        'SELECT "case" FROM report WHERE reporter = $1 AND thing = $2 AND edition = edition_of($2)', me.id, thing.key
    )


async def report(thing: Reportable, form: ReportForm, me: Me) -> UUID:
    """The case the report joined. A second report of the same words by the same person changes nothing.

    What was read and left as it is a few days ago comes back to the team only when several people report it: until
    then the report is kept aside, with the case that was decided. Raises Refused when the thing is gone meanwhile.
    """
    if before := await reported_before(thing, me):
        return before
    await throttle("report", str(me.id), limit=A_DAY, every=timedelta(days=1))
    async with transaction():
        opened = await hold_reported(thing.key, thing.listing)
        if not await is_still_there(thing):
            raise Refused(GONE)
        return await reported_before(thing, me) or await _report(thing, form, me, opened)


async def hold_reported(thing: str, listing: UUID) -> UUID | None:
    """Inside a transaction, before anything else is locked: the open case of the thing, held until the end. A decision
    just being made is waited for, and found made. An appeal is no such case: it is about a decision."""
    await hold_thing(thing)
    return await database.value(
        "SELECT c.id FROM moderation_case c WHERE c.listing = $2 AND c.closed_at IS NULL AND thing_of(c) = $1"
        " AND c.kind <> 'appeal' FOR UPDATE",
        thing,
        listing,
    )


async def _report(thing: Reportable, form: ReportForm, me: Me, opened: UUID | None) -> UUID:
    """Takes a thing that is held, and its open case if there is one."""
    lately = None if opened else await read_lately(thing.key)
    if lately and not await is_read_again(thing.key):
        await _write(lately, form, me, read_lately=True)
        await audit.record("thing.reported_again", by=me.id, kind="case", subject=lately, reason=form.reason.value)
        return lately
    case = await bring_before_the_team(thing, REPORT_RISK[form.reason], EvidenceWhy.report, reporter=me.id)
    await _write(case, form, me)
    await press_more(case, 1 + await call_in_those_aside(thing.key, case))
    await audit.record("thing.reported", by=me.id, kind="case", subject=case, reason=form.reason.value)
    return case


async def bring_before_the_team(
    thing: Reportable, risk: int, why: EvidenceWhy, *, due_at: datetime | None = None, reporter: UUID | None = None
) -> UUID:
    """Inside a transaction that holds the thing: its open case. Arguments are those of `open_case`."""
    return await open_case(
        kind=thing.kind,
        listing=thing.listing,
        author=thing.author,
        category=thing.category,
        department=thing.department,
        reply=thing.reply,
        thanks=thing.thanks,
        message=thing.message,
        risk=risk,
        due_at=due_at,
        why=why,
        reporter=reporter,
    )


async def _write(case: UUID, form: ReportForm, me: Me, *, read_lately: bool = False) -> None:
    await database.execute(
        'INSERT INTO report ("case", reporter, reason, words, made_at, read_lately)'
        " VALUES ($1, $2, $3, $4, clock_timestamp(), $5)",
        case,
        me.id,
        form.reason.value,
        form.words,
        read_lately,
    )
