"""Everything a moderator needs on one page to decide: the text, what the rules and reporters said, the author's record.

Never a body, an e-mail, a unit: none is read here.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from app import database
from app.dates import in_words
from listings.access import visible_to
from listings.ad import Ad
from listings.content import Content
from listings.kinds import DEAL, KIND, Status
from members.me import Me
from moderation.cases.access import scope
from moderation.cases.tables import CaseKind
from moderation.decisions.reasons import TEXTS, Reason, likely_reason
from moderation.desk.comparing import Change, compared
from moderation.rules import Finding, Piece, marked
from places.communes import commune

LAST_DECISIONS = 5
LAST_LINES = 5
THREAD = 8


class Other(msgspec.Struct, frozen=True):
    """Another ad a rule speaks of, which the moderator may read."""

    id: UUID
    title: str
    status: Status
    sent_at: datetime

    @property
    def path(self) -> str:
        return f"/annonces/{self.id}"


class Remark(msgspec.Struct, frozen=True):
    """What one rule said and the words it said it of, or the ad; `is_other_hidden` when that ad is out of the scope of
    who reads, or gone."""

    message: str
    rule: str
    words: tuple[str, ...]
    is_care: bool
    other: Other | None = None
    is_other_hidden: bool = False


class Fact(msgspec.Struct, frozen=True):
    """A line of the ad; `before` is what it said before an edit, None when the case is no edit."""

    label: str
    value: str
    before: str | None = None

    @property
    def is_changed(self) -> bool:
        return self.before is not None and self.before != self.value


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What the author's past says: counts, the last decisions and what members told the moderators alone after an
    exchange with them. `place` is their commune."""

    first_name: str
    place: str
    joined_at: datetime
    is_trusted: bool
    approved: int
    published: int
    sent_back: int
    removed: int
    helped: int
    decisions: Sequence[asyncpg.Record]
    lines: Sequence[asyncpg.Record]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What is judged. For an edit the `old_…` stand beside it; for a reply `thread` is what was said before, for a word
    of thanks what the other wrote."""

    title: Sequence[Piece | Change]
    body: Sequence[Piece | Change]
    old_title: Sequence[Change] = ()
    old_body: Sequence[Change] = ()
    facts: Sequence[Fact] = ()
    photos: Sequence[UUID] = ()
    old_photos: Sequence[UUID] = ()
    thread: Sequence[asyncpg.Record] = ()
    remarks: Sequence[Remark]


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    ad: Ad
    shown: Shown
    reports: Sequence[asyncpg.Record]
    record: Record
    reason: Reason

    @property
    def ready_words(self) -> str:
        return TEXTS[self.reason].words


async def read_dossier(case: asyncpg.Record, me: Me) -> Dossier:
    """Takes a case from `access.case_in_scope` and the moderator who reads it."""
    listing = await database.row("SELECT * FROM listing WHERE id = $1", case["listing"])
    if listing is None:
        raise LookupError(case["listing"])  # the case would have gone with it
    ad = Ad.of(listing)
    findings = msgspec.json.decode(case["findings"], type=tuple[Finding, ...])
    reports = await _reports(case["id"])
    families = (finding.rule.partition(".")[0] for finding in findings)
    return Dossier(
        ad=ad,
        shown=await _with_others(await _shown(case, ad, findings), findings, me),
        reports=reports,
        record=await _record(case, me),
        reason=likely_reason(families, (report["reason"] for report in reports)),
    )


async def _shown(case: asyncpg.Record, ad: Ad, findings: Sequence[Finding]) -> Shown:
    match CaseKind(case["kind"]):
        case CaseKind.reply:
            return await _reply(case, ad, findings)
        case CaseKind.thanks:
            return await _thanks(case, ad, findings)
        case CaseKind.edit:
            return _edit(msgspec.json.decode(case["edit_content"], type=Content), ad.content, findings)
        case CaseKind.listing | CaseKind.message | CaseKind.appeal:
            return _listing(ad.content, findings)


async def _with_others(shown: Shown, findings: Sequence[Finding], me: Me) -> Shown:
    if not any(finding.other for finding in findings):
        return shown
    condition, given = visible_to(me, first=2)
    found = await database.rows(
        "SELECT id, title, status, coalesce(published_at, submitted_at, updated_at) AS sent_at FROM listing"
        f" WHERE id = ANY($1::uuid[]) AND {condition}",
        [finding.other for finding in findings if finding.other],
        *given,
    )
    others = {row["id"]: Other(row["id"], row["title"], Status(row["status"]), row["sent_at"]) for row in found}
    remarks = [
        msgspec.structs.replace(remark, other=others.get(finding.other), is_other_hidden=finding.other not in others)
        if finding.other
        else remark
        for remark, finding in zip(shown.remarks, findings, strict=True)
    ]
    return msgspec.structs.replace(shown, remarks=remarks)


def _listing(content: Content, findings: Sequence[Finding]) -> Shown:
    return Shown(
        title=marked("title", content.title, findings),
        body=marked("body", content.body, findings),
        facts=[Fact(label, value) for label, value in facts_of(content)],
        photos=content.photos,
        remarks=_remarks(findings, _texts(content)),
    )


def _edit(new: Content, old: Content, findings: Sequence[Finding]) -> Shown:
    old_title, title = compared(old.title, new.title)
    old_body, body = compared(old.body, new.body)
    before, after = dict(facts_of(old)), dict(facts_of(new))
    return Shown(
        old_title=old_title,
        title=title,
        old_body=old_body,
        body=body,
        facts=[Fact(label, after.get(label, ""), before.get(label, "")) for label in {**before, **after}],
        photos=new.photos,
        old_photos=old.photos,
        remarks=_remarks(findings, _texts(new)),
    )


async def _reply(case: asyncpg.Record, ad: Ad, findings: Sequence[Finding]) -> Shown:
    """A change that waits stands beside what everybody reads; else the words themselves, with what the rules marked."""
    old, new = case["reply_body"], case["reply_waiting"]
    old_body, body = compared(old, new) if new else ((), marked("body", old, findings))
    return Shown(
        title=[Piece(ad.title, False)],
        old_body=old_body,
        body=body,
        remarks=_remarks(findings, {"body": new or old}),
        thread=await _said_before(case, ad),
    )


async def _said_before(case: asyncpg.Record, ad: Ad) -> list[asyncpg.Record]:
    """What stands above it: the thread it answers in, else the last that was said under the ad."""
    return await database.rows(
        "SELECT * FROM (SELECT r.id, r.body, r.said_at, m.first_name, r.author = $3 AS is_authors FROM reply r"
        " JOIN member m ON m.id = r.author, reply judged WHERE judged.id = $2 AND r.listing = $1 AND r.id < $2"
        " AND r.state = 'published' AND (judged.parent IS NULL OR judged.parent IN (r.id, r.parent))"
        f" ORDER BY r.id DESC LIMIT {THREAD}) latest ORDER BY id",
        ad.id,
        case["reply"],
        ad.author,
    )


async def _thanks(case: asyncpg.Record, ad: Ad, findings: Sequence[Finding]) -> Shown:
    others = await database.rows(
        "SELECT t.body, t.private_line, m.first_name FROM thanks t JOIN member m ON m.id = t.from_member"
        " WHERE t.help = $1 AND t.id <> $2 ORDER BY t.id",
        case["help"],
        case["thanks"],
    )
    return Shown(
        title=[Piece(ad.title, False)],
        body=marked("body", case["thanks_body"], findings),
        remarks=_remarks(findings, {"body": case["thanks_body"]}),
        thread=others,
    )


def facts_of(content: Content) -> list[tuple[str, str]]:
    """The lines under an ad's text, as members read them."""
    place = commune(content.commune) if content.commune else None
    lines = [
        ("Type", KIND[content.kind] if content.kind else ""),
        ("Proposition", DEAL[content.deal] if content.deal else ""),
        ("Prix", f"{content.price_cents / 100:.2f}\u202f€".replace(".", ",") if content.price_cents else ""),
        ("Quantité", str(content.quantity) if content.quantity > 1 else ""),
        ("Commune", place.label if place else ""),
        ("Quand", content.schedule.in_words() if content.schedule else ""),
        ("Pour le", in_words(content.wanted_by) if content.wanted_by else ""),
        *(content.particulars.facts() if content.particulars else []),
    ]
    return [(label, value) for label, value in lines if value]


def _texts(content: Content) -> dict[str, str]:
    """What the rules were given, by field."""
    return {"title": content.title, "body": content.body, "summary": content.details.get("summary", "")}


def _remarks(findings: Sequence[Finding], texts: dict[str, str]) -> list[Remark]:
    return [
        Remark(
            message=finding.to_moderators or finding.message,
            rule=finding.rule,
            words=tuple(
                dict.fromkeys(texts[span.field][span.start : span.end] for span in finding.spans if span.field in texts)
            ),
            is_care=finding.rule.startswith("care."),
        )
        for finding in findings
    ]


async def _reports(case_id: UUID) -> list[asyncpg.Record]:
    return await database.rows(
        "SELECT r.reason, r.words, r.made_at, m.first_name FROM report r JOIN member m ON m.id = r.reporter"
        ' WHERE r."case" = $1 ORDER BY r.made_at, r.id',
        case_id,
    )


async def _record(case: asyncpg.Record, me: Me) -> Record:
    author = case["author"]
    row = await database.rows(
        """
        SELECT first_name, commune, joined_at, trusted_at IS NOT NULL AS is_trusted, approved_publications AS approved,
            (SELECT count(*)::int FROM listing WHERE author = m.id AND status IN ('published', 'closed')) AS published,
            (SELECT count(*)::int FROM decision WHERE author = m.id AND kind = 'ask_changes') AS sent_back,
            (SELECT count(*)::int FROM decision WHERE author = m.id AND kind = 'remove') AS removed,
            families_helped AS helped
        FROM member m WHERE id = $1
        """,
        author,
    )
    decisions = await database.rows(
        "SELECT d.kind, d.reason, d.words, d.decided_at, c.kind AS of, l.title FROM decision d"
        ' JOIN moderation_case c ON c.id = d."case" JOIN listing l ON l.id = c.listing'
        f" WHERE d.author = $1 ORDER BY d.decided_at DESC, d.id LIMIT {LAST_DECISIONS}",
        author,
    )
    (found,) = row
    place = commune(found["commune"])
    kept = {name: found[name] for name in found.keys() if name != "commune"}  # noqa: SIM118 - a Record iterates its values
    place_text = place.label if place else ""
    return Record(**kept, place=place_text, decisions=decisions, lines=await _lines(case, me))


async def _lines(case: asyncpg.Record, me: Me) -> list[asyncpg.Record]:
    """What was told to the moderators alone about this member, or about this ad, in the scope of who reads
    it; the lines of the exchange that is judged stand beside its words."""
    return await database.rows(
        f"""
        SELECT t.private_line, t.is_problem, t.written_at, writer.first_name AS by, about.first_name AS about, l.title
        FROM thanks t JOIN help h ON h.id = t.help JOIN listing l ON l.id = h.listing
        JOIN member writer ON writer.id = t.from_member JOIN member about ON about.id = t.to_member
        WHERE t.private_line <> ''
            AND (t.to_member = $4 OR t.help = ANY(ARRAY(SELECT id FROM help WHERE help.listing = $5)))  -- by indexes
            AND $1 NOT IN (t.to_member, t.from_member) AND t.help IS DISTINCT FROM $6
            AND (cardinality($2::text[]) = 0 OR l.category = ANY($2))
            AND (cardinality($3::text[]) = 0 OR l.department = ANY($3))
        ORDER BY t.written_at DESC, t.id LIMIT {LAST_LINES}
        """,
        *scope(me),
        case["author"],
        case["listing"],
        case["help"],
    )
