"""What moderation keeps of the world: evidence with its photo, a private message being judged, a note, a tie."""

from typing import Any
from uuid import UUID

from app import database
from listings.photos.files import Size, keep
from members.tables import Member
from moderation.cases.opening import open_case
from moderation.cases.tables import CaseKind, EvidenceWhy


async def with_photo(listing: UUID) -> UUID:
    """A photo the ad shows."""
    photo: UUID = await database.value(
        "INSERT INTO photo (listing, width, height, added_at) VALUES ($1, 40, 30, now()) RETURNING id", listing
    )
    keep(photo, dict.fromkeys(Size, b"RIFF"))
    await database.execute("UPDATE listing SET photos = ARRAY[$2::uuid] WHERE id = $1", listing, photo)
    return photo


async def some_evidence(listing: UUID, message: int, author: Member, other: Member, judge: Member) -> dict[str, Any]:
    """The ad, by `author`, was reported with its photo; so was the message of `other` about it, which `judge` reads."""
    about: dict[str, Any] = {"listing": listing, "category": "childcare", "department": "29"}
    photo = await with_photo(listing)
    case = await open_case(kind=CaseKind.listing, author=author.id, why=EvidenceWhy.report, **about)
    judged = await open_case(kind=CaseKind.message, author=other.id, message=message, why=EvidenceWhy.report, **about)
    await database.execute(
        "UPDATE moderation_case SET claimed_by = $2, claimed_until = now() + interval '15 minutes' WHERE id = $1",
        judged,
        judge.id,
    )
    await database.execute(
        'INSERT INTO case_note ("case", by, words, written_at) VALUES ($1, $2, $3, now())',
        judged,
        judge.id,
        "Déjà vu en mars.",
    )
    tie = await database.value(
        "INSERT INTO moderator_tie (moderator, member, declared_at) VALUES ($1, $2, now()) RETURNING id",
        author.id,
        other.id,
    )
    return {"evidence_case": case, "evidence": photo, "message_case": judged, "tie": tie}
