"""Legal notices and reports without ground, for tests that start after some."""

from typing import Any
from uuid import UUID

from app import database
from members.tables import Member
from moderation.cases.opening import open_case
from moderation.cases.tables import CaseKind, EvidenceWhy
from moderation.notices.following import path_of
from tests.helpers import ads
from tests.helpers.decisions import decided

NOTICE = """
INSERT INTO notice ("case", member, joins, location, illegality, why, name, email, good_faith, made_at)
VALUES ($1, $2, $3, $4, 'fraud', 'On me demande de payer avant de voir.', $5, $6, TRUE, now()) RETURNING id
"""
TYPED = {
    "illegality": "fraud",
    "why": "On me demande de payer avant de voir.",
    "name": "Odile",
    "email": "odile@exemple.test",
    "good_faith": "on",
}
"""What a visitor fills in; `where` and `opened` are the test's."""


async def some_notices(of: Member, by: Member) -> dict[str, Any]:
    """About an ad of `of`: a visitor's, then one of the member `by`, who added to it."""
    ad = await ads.published(of, "pet_care")
    location = f"/annonces/{ad.id}"
    case = await open_case(
        kind=CaseKind.listing,
        listing=ad.id,
        author=of.id,
        category="pet_care",
        department="29",
        risk=70,
        why=EvidenceWhy.notice,
    )
    visitors = await database.value(NOTICE, case, None, None, location, "Odile", "odile@exemple.test")
    first = await database.value(NOTICE, case, by.id, None, location, "", "")
    await database.value(NOTICE, case, by.id, first, location, "", "")
    number = await database.value("SELECT number FROM notice WHERE id = $1", first)
    return {"notice": number, "notice_link": path_of(visitors).rpartition("/")[2]}


async def reported_without_ground(
    by: Member, of: Member, moderator: Member, times: int = 3, outcome: str = "abusive", category: str = "school_run"
) -> None:
    """So many ads of `of`, each reported by `by`, read and left as it is."""
    for _ in range(times):
        ad = await ads.closed(of, category)
        case: UUID = await open_case(
            kind=CaseKind.listing,
            listing=ad.id,
            author=of.id,
            category=category,
            department="29",
            risk=40,
            why=EvidenceWhy.report,
        )
        await database.execute("UPDATE moderation_case SET closed_at = now() WHERE id = $1", case)
        await decided(case, moderator.id, of.id, "approve" if outcome != "founded" else "remove", *_said(outcome))
        await database.execute(
            'INSERT INTO report ("case", reporter, reason, words, made_at, outcome)'
            " VALUES ($1, $2, 'market', '', now(), $3)",
            case,
            by.id,
            outcome,
        )


def _said(outcome: str) -> tuple[str, ...]:
    return ("market", "C’est du commerce.") if outcome == "founded" else ()
