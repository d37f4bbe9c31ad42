"""Who reported what was read a few days ago adds what the team could not read there: kept for the next reading.

Alone, it brings nothing back: words that anybody may type would end the quiet for everybody.
"""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

import msgspec

from app import database
from app.database import transaction
from app.forms import Form
from app.refusals import NotHere, Refused
from app.throttle import throttle
from members.me import Me
from moderation import audit
from moderation.cases.pressing import press_more
from moderation.cases.tables import CaseKind, EvidenceWhy
from moderation.cases.weighing import REPORT_RISK
from moderation.reports.guarding import call_in_those_aside, is_read_again, read_lately
from moderation.reports.reportable import Reportable, is_still_there
from moderation.reports.reporting import A_DAY, GONE, bring_before_the_team, hold_reported
from moderation.reports.tables import ReportReason

NOT_ASIDE = (
    "L’équipe relit déjà ce texte, ou son auteur l’a modifié depuis\u202f: suivez votre signalement, ou refaites-le."
)


class MoreForm(Form):
    words: Annotated[str, msgspec.Meta(min_length=20, max_length=1000)]

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {
            "words": "Dites en une phrase au moins ce que l’équipe ne pouvait pas lire, en 1 000 caractères au plus."
        }


async def tell_more(case: UUID, form: MoreForm, me: Me) -> UUID:
    """The case the report is in now: the same while the quiet lasts, else the one the team reads. Raises NotHere unless
    this member's report is in that case, Refused when it is not (any more) one that was kept aside or the thing is
    gone, TooOften."""
    thing, reason = await _aside(case, me)
    await throttle("report", str(me.id), limit=A_DAY, every=timedelta(days=1))
    async with transaction():
        open_now = await hold_reported(thing.key, thing.listing)
        if not await is_still_there(thing):
            raise Refused(GONE)
        await _say(case, form.words, me)
        if not open_now and await read_lately(thing.key) and not await is_read_again(thing.key, more=0):
            await audit.record("thing.reported_again", by=me.id, kind="case", subject=case, reason=reason.value)
            return case
        opened = await bring_before_the_team(thing, REPORT_RISK[reason], EvidenceWhy.report, reporter=me.id)
        await press_more(opened, await call_in_those_aside(thing.key, opened))
        await audit.record("thing.reported", by=me.id, kind="case", subject=opened, reason=reason.value)
    return opened


async def _aside(case: UUID, me: Me) -> tuple[Reportable, ReportReason]:
    found = await database.row(
        "SELECT c.kind, c.listing, c.author, c.category, c.department, c.reply, c.thanks, c.message, r.reason"
        ' FROM report r JOIN moderation_case c ON c.id = r."case" WHERE c.id = $1 AND r.reporter = $2'
        " ORDER BY r.read_lately DESC LIMIT 1",
        case,
        me.id,
    )
    if found is None:
        raise NotHere
    given = {**found, "kind": CaseKind(found["kind"])}
    reason = ReportReason(given.pop("reason"))
    return Reportable(title="", text="", **given), reason


async def _say(case: UUID, words: str, me: Me) -> None:
    added = await database.value(
        "UPDATE report SET words = CASE WHEN strpos(words, $3::text) > 0 THEN words"
        " ELSE concat_ws(E'\\n\\n', nullif(words, ''), $3::text) END"
        ' WHERE "case" = $1 AND reporter = $2 AND read_lately AND edition = edition_of(thing) RETURNING id',
        case,
        me.id,
        words,
    )
    if added is None:
        raise Refused(NOT_ASIDE)
