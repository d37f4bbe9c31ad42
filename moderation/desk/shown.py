"""What is judged, as a moderator reads it: marked where a rule spoke, beside what it was before."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from app import database
from exchanges.homes.sheet import ROOM, Sheet
from listings.ad import Ad
from listings.content import MORE_WORDS, Content
from moderation.cases.evidence import Kept
from moderation.cases.facts import facts_for_the_team
from moderation.cases.tables import CaseKind
from moderation.cases.things import thing_of
from moderation.desk.comparing import Change, Fact, compared, facts_beside
from moderation.desk.evidence_beside import Before, evidence_beside
from moderation.desk.masking import Veil
from moderation.desk.remarks import Remark, remarks_of
from moderation.rules import Finding, Piece, marked

THREAD = 8


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A line of what stands around the text that is judged; `is_judged` for that text itself."""

    first_name: str
    body: str
    said_at: datetime | None = None
    private_line: str = ""
    is_authors: bool = False
    is_judged: bool = False


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What is judged. For an edit the `old_…` stand beside it; for a reply `thread` is what was said before, for a word
    of thanks what the other wrote, for a message the few around it. `rooms` says what the photos of a home show,
    by their id. `before` is the evidence that no longer stands."""

    title: Sequence[Piece | Change]
    body: Sequence[Piece | Change]
    old_title: Sequence[Change] = ()
    old_body: Sequence[Change] = ()
    facts: Sequence[Fact] = ()
    photos: Sequence[UUID] = ()
    old_photos: Sequence[UUID] = ()
    rooms: Mapping[str, str] = {}
    old_rooms: Mapping[str, str] = {}
    thread: Sequence[Said] = ()
    remarks: Sequence[Remark] = ()
    private_line: str = ""
    before: Sequence[Before] = ()


async def read_shown(
    case: asyncpg.Record, ad: Ad, findings: Sequence[Finding], kept: Sequence[Kept], veil: Veil
) -> Shown:
    """`kept` is the evidence of the case, the oldest first."""
    match CaseKind(case["kind"]):
        case CaseKind.reply:
            shown = await _reply(case, ad, findings, veil)
        case CaseKind.thanks:
            shown = await _thanks(case, ad, findings, veil)
        case CaseKind.edit:
            new = msgspec.json.decode(case["edit_content"], type=Content)
            shown = _edit(_veiled(new, veil), _veiled(ad.content, veil), findings)
        case CaseKind.listing:
            shown = _listing(_veiled(ad.content, veil), findings)
        case CaseKind.message | CaseKind.appeal:
            shown = await _thing(case, findings, veil)
    before = evidence_beside(
        kept, veil, title=_joined(shown.title), body=_joined(shown.body), facts=shown.facts, photos=shown.photos
    )
    return msgspec.structs.replace(shown, before=before)


def _veiled(content: Content, veil: Veil) -> Content:
    """As long as it was, so that what the rules marked is still there."""
    details = {name: veil(value) if isinstance(value, str) else value for name, value in content.details.items()}
    return msgspec.structs.replace(content, title=veil(content.title), body=veil(content.body), details=details)


def _listing(content: Content, findings: Sequence[Finding]) -> Shown:
    return Shown(
        title=marked("title", content.title, findings),
        body=marked("body", content.body, findings),
        facts=[Fact(label, value) for label, value in facts_for_the_team(content)],
        photos=content.photos,
        rooms=_rooms(content),
        remarks=remarks_of(findings, _texts(content)),
    )


def _edit(new: Content, old: Content, findings: Sequence[Finding]) -> Shown:
    old_title, title = compared(old.title, new.title)
    old_body, body = compared(old.body, new.body)
    return Shown(
        old_title=old_title,
        title=title,
        old_body=old_body,
        body=body,
        facts=facts_beside(facts_for_the_team(old), facts_for_the_team(new)),
        photos=new.photos,
        old_photos=old.photos,
        rooms=_rooms(new),
        old_rooms=_rooms(old),
        remarks=remarks_of(findings, _texts(new)),
    )


def _rooms(content: Content) -> dict[str, str]:
    """What each photo of a home shows, by its id, as far as its owner said it."""
    sheet = content.particulars
    return {photo: ROOM[room] for photo, room in sheet.rooms.items()} if isinstance(sheet, Sheet) else {}


async def _reply(case: asyncpg.Record, ad: Ad, findings: Sequence[Finding], veil: Veil) -> Shown:
    """A change that waits stands beside what everybody reads; else the words themselves, with what the rules marked."""
    old, new = veil(case["reply_body"]), veil(case["reply_waiting"] or "")
    old_body, body = compared(old, new) if new else ((), marked("body", old, findings))
    return Shown(
        title=[Piece(veil(ad.title), False)],
        old_body=old_body,
        body=body,
        remarks=remarks_of(findings, {"body": new or old}),
        thread=[_said(row, veil) for row in await _said_before(case, ad)],
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


async def _thanks(case: asyncpg.Record, ad: Ad, findings: Sequence[Finding], veil: Veil) -> Shown:
    others = await database.rows(
        "SELECT t.body, t.private_line, m.first_name FROM thanks t JOIN member m ON m.id = t.from_member"
        " WHERE t.help = $1 AND t.id <> $2 ORDER BY t.id",
        case["help"],
        case["thanks"],
    )
    body = veil(case["thanks_body"])
    return Shown(
        title=[Piece(veil(ad.title), False)],
        body=marked("body", body, findings),
        remarks=remarks_of(findings, {"body": body}),
        thread=[_said(row, veil) for row in others],
        private_line=veil(case["private_line"] or ""),
    )


def _said(row: Mapping[str, Any], veil: Veil) -> Said:
    given = {name: row[name] for name in row.keys() if name in Said.__struct_fields__}  # noqa: SIM118 - a Record
    return Said(**given | {name: veil(given[name]) for name in ("body", "private_line") if name in given})


async def _thing(case: asyncpg.Record, findings: Sequence[Finding], veil: Veil) -> Shown:
    """A private message with the few around it, or what an appeal is about."""
    thing = await thing_of(case["id"])
    title, body = veil(thing.title), veil(thing.text)
    return Shown(
        title=marked("title", title, findings),
        body=marked("body", body, findings),
        facts=[Fact(label, veil(value)) for label, value in thing.facts],
        photos=thing.photos,
        thread=[
            Said(first_name=line.name, body=veil(line.words), said_at=line.at, is_judged=line.is_judged)
            for line in thing.around
        ],
        remarks=remarks_of(findings, {"title": title, "body": body}),
    )


def _texts(content: Content) -> dict[str, str]:
    """What the rules were given, by field."""
    return {
        "title": content.title,
        "body": content.body,
        **{name: content.details.get(name, "") for name in MORE_WORDS},
    }


def _joined(pieces: Sequence[Piece | Change]) -> str:
    return "".join(piece.text for piece in pieces)
