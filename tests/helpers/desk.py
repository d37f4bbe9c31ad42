"""Cases with all that can stand around one, for the desk."""

from uuid import UUID

from app import database
from members.tables import Member
from moderation.cases.evidence import keep_evidence
from moderation.cases.opening import open_case
from moderation.cases.tables import CaseKind, EvidenceWhy
from tests.helpers import ads

PHONE = "06 12 34 56 78"


async def reported(by: Member, of: Member, category: str = "helping_hand", **given: object) -> UUID:
    """The case of an ad online that was reported, with what it said then."""
    listing = await ads.published(of, category, **given)
    case = await open_case(
        kind=CaseKind.listing,
        listing=listing.id,
        author=of.id,
        category=category,
        department=listing.department,
        risk=30,
    )
    await keep_evidence(case, EvidenceWhy.report)
    await database.execute(
        'INSERT INTO report ("case", reporter, reason, words, made_at) VALUES ($1, $2, $3, $4, now())',
        case,
        by.id,
        "market",
        f"On dirait une vente, il faut appeler le {PHONE}.",
    )
    return case


async def crowded_case(by: Member, of: Member, moderator: Member) -> UUID:
    """Reported, changed by its author since, with a phone number, a note of the team and two ads of the same words; the
    moderator holds it for a day."""
    said = {"title": "Travaux tous les jours", "body": f"Tous travaux chez vous, appelez le {PHONE} sans attendre."}
    case = await reported(by, of, **said)
    listing = await database.value("SELECT listing FROM moderation_case WHERE id = $1", case)
    for _ in range(2):
        await ads.pending(of, "helping_hand", **said)
    await database.execute(
        "UPDATE listing SET body = $2, version = version + 1 WHERE id = $1",
        listing,
        f"Petits travaux le samedi, appelez le {PHONE} avant.",
    )
    await database.execute(
        'INSERT INTO case_note ("case", by, words, written_at) VALUES ($1, $2, $3, now())',
        case,
        moderator.id,
        "Déjà vu une annonce du même genre la semaine dernière.",
    )
    await database.execute(
        "UPDATE moderation_case SET claimed_by = $2, claimed_until = now() + interval '1 day' WHERE id = $1",
        case,
        moderator.id,
    )
    return case
