"""What a thing said, word for word and photo for photo, when it was held, reported or notified."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from app import database
from app.jobs import defer
from listings.jobs import remove_photo_files
from moderation.cases.tables import CaseKind, EvidenceWhy
from moderation.cases.things import Line, Thing, thing_of


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of evidence; its photos are read at `/moderation/dossiers/{case}/photos/{photo}/{size}`."""

    why: EvidenceWhy
    taken_at: datetime
    title: str
    body: str
    facts: tuple[tuple[str, str], ...] = ()
    photos: tuple[UUID, ...] = ()
    around: tuple[Line, ...] = ()


async def keep_evidence(case: UUID, why: EvidenceWhy) -> None:
    """Inside the caller's transaction: the thing as it is now. The same words are kept once per case, for the first
    reason they were. Of an appeal nothing is kept: the evidence is that of the case it contests."""
    await keep_evidence_of(case, await thing_of(case), why)


async def keep_evidence_of(case: UUID, thing: Thing, why: EvidenceWhy) -> None:
    """As `keep_evidence`, for who has read the thing."""
    if thing.kind is CaseKind.appeal:
        return
    said = {"title": thing.title, "body": thing.text, "facts": thing.facts, "photos": await _held(thing.photos)}
    kept = await database.value(
        'INSERT INTO evidence ("case", why, content, digest, taken_at) VALUES ($1, $2, $3::text::jsonb, $4, now())'
        ' ON CONFLICT ("case", digest) DO NOTHING RETURNING id',
        case,
        EvidenceWhy(why).value,
        msgspec.json.encode({**said, "around": thing.around}).decode(),
        # Without what stands around it: more may have been said since, of the same words.
        hashlib.sha256(msgspec.json.encode(said)).hexdigest(),
    )
    if kept and said["photos"]:
        await database.execute(
            "INSERT INTO evidence_photo (evidence, photo) SELECT $1, unnest($2::uuid[])", kept, said["photos"]
        )


async def evidence_of(case: UUID) -> list[Kept]:
    """The oldest first; of an appeal, what was kept for the decision it contests."""
    found = await database.rows(
        f"SELECT why, taken_at, content FROM evidence WHERE {_OF_CASE} ORDER BY taken_at, id", case
    )
    return [
        msgspec.convert({**msgspec.json.decode(row["content"]), "why": row["why"], "taken_at": row["taken_at"]}, Kept)
        for row in found
    ]


async def shows_photo(case: UUID, photo: UUID) -> bool:
    """Whether the photo is evidence of that case."""
    return await database.value(
        f"SELECT EXISTS (SELECT FROM evidence_photo p JOIN evidence ON evidence.id = p.evidence"
        f" WHERE p.photo = $2 AND {_OF_CASE})",
        case,
        photo,
    )


async def forget_evidence(cases: Iterable[UUID]) -> None:
    """Inside a transaction: nobody may contest anything about these cases any more. Photos no ad shows go with it."""
    given = list(cases)
    photos = await database.rows(
        "SELECT DISTINCT p.photo FROM evidence_photo p JOIN evidence e ON e.id = p.evidence"
        ' WHERE e."case" = ANY($1::uuid[])',
        given,
    )
    await database.execute('DELETE FROM evidence WHERE "case" = ANY($1::uuid[])', given)
    if photos:
        await defer(remove_photo_files, photos=",".join(str(row["photo"]) for row in photos))


async def _held(photos: tuple[UUID, ...]) -> list[UUID]:
    """Those still there, which nobody drops until the transaction ends: their files outlive their rows from then on."""
    found = await database.rows("SELECT id FROM photo WHERE id = ANY($1::uuid[]) ORDER BY id FOR KEY SHARE", photos)
    there = {row["id"] for row in found}
    return [photo for photo in photos if photo in there]


_OF_CASE = """evidence."case" = coalesce(
    (SELECT d."case" FROM appeal a JOIN decision d ON d.id = a.decision WHERE a."case" = $1::uuid), $1::uuid)"""
