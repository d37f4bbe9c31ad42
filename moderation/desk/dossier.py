"""Everything a moderator needs on one page to decide: the text, what the rules and reporters said, the author's record,
cases like it."""

from collections.abc import Sequence

import asyncpg
import msgspec

from app import database
from listings.ad import Ad
from members.me import Me
from moderation.cases.evidence import evidence_of
from moderation.decisions.finding import findings_of
from moderation.decisions.reasons import TEXTS, Reason, likely_reason
from moderation.desk.around import Around, read_around
from moderation.desk.masking import Veil
from moderation.desk.record import Record, read_record
from moderation.desk.remarks import with_others
from moderation.desk.shown import Shown, read_shown
from moderation.desk.similar import Similar, read_similar
from moderation.rules import Finding
from moderation.rules.care import Care, care_of


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """`title` and `text` are the ad's. `has_hidden` says that numbers or addresses are, or would be, shown as dots."""

    ad: Ad
    title: str
    text: str
    shown: Shown
    around: Around
    record: Record
    similar: Similar
    care: Care | None
    reason: Reason
    has_hidden: bool

    @property
    def ready_words(self) -> str:
        return TEXTS[self.reason].words


async def read_dossier(case: asyncpg.Record, me: Me, *, unmasked: bool = False) -> Dossier:
    """Takes a case from `access.case_in_scope` and the moderator who reads it."""
    listing = await database.row("SELECT * FROM listing WHERE id = $1", case["listing"])
    if listing is None:
        raise LookupError(case["listing"])  # the case would have gone with it
    ad, veil = Ad.of(listing), Veil(is_lifted=unmasked)
    findings = findings_of(case)
    shown = await read_shown(case, ad, findings, await evidence_of(case["id"]), veil)
    around = await read_around(case, me, veil)
    record = await read_record(case, me, veil)
    return Dossier(
        ad=ad,
        title=veil(ad.title),
        text=veil(ad.content.body),
        shown=msgspec.structs.replace(shown, remarks=await with_others(shown.remarks, findings, me)),
        around=around,
        record=record,
        similar=await read_similar(case, [finding.rule for finding in findings], me, veil),
        care=care_of(findings),
        reason=_likely(findings, around),
        has_hidden=veil.has_hidden,
    )


def _likely(findings: Sequence[Finding], around: Around) -> Reason:
    families = (finding.rule.partition(".")[0] for finding in findings)
    return likely_reason(
        families, (report.reason for report in around.reports), (notice.illegality for notice in around.notices)
    )
