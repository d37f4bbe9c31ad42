"""What moderation did a while ago, row by row, as the desk leaves it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app import database
from app.dates import now
from members.tables import Member
from tests.helpers.ads import closed

PETS = "Ce que vous proposez ne passe pas par une annonce ici."
CASE = """
INSERT INTO moderation_case (id, kind, listing, author, category, department, risk, due_at, press_at, opened_at,
    first_read_at, closed_at)
VALUES (gen_random_uuid(), 'listing', $1, $2, 'classifieds', '29', $3, $4::timestamptz + interval '1 day', $4, $4, $5,
    $6) RETURNING id
"""
DECISION = """
INSERT INTO decision ("case", moderator, author, kind, ground, reason, law, facts, words, detection,
    found_automatically, decided_at, appeal_until, overturned_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11::timestamptz, $11::timestamptz + interval '7 months', $12)
RETURNING id
"""


async def a_year_of(author: Member, judge: Member, **given: Any) -> list[UUID]:
    """So many decisions of each kind (`remove=7`), `days_ago` and `hours` after their cases were opened."""
    numbers = {kind: given.pop(kind) for kind in ("approve", "ask_changes", "remove") if kind in given}
    return [await past(author, judge, kind, **given) for kind, number in numbers.items() for _ in range(number)]


async def past(
    author: Member,
    judge: Member,
    kind: str,
    *,
    days_ago: float = 0,
    hours: float = 4,
    looked_after: float | None = 1,
    risk: int = 40,
    ground: str = "charter",
    law: str = "",
    detection: str = "team",
    found_automatically: bool = False,
    overturned: bool = False,
    held: bool = False,
) -> UUID:
    """One decision; `hours` and `looked_after` count from the opening of its case."""
    at = now() - timedelta(days=days_ago)
    case = await a_case(author, opened=at - timedelta(hours=hours), looked_after=looked_after, closed_at=at, risk=risk)
    if held:
        await database.execute(
            'INSERT INTO rule_hit (at, rule, version, action, mode, moment, "case")'
            " VALUES ($1, 'law.pets', 1, 'hold', 'on', 'submission', $2)",
            at,
            case,
        )
    said = ("", "", "", "") if kind == "approve" else (ground, "forbidden", law, PETS)
    overturned_at = at if overturned else None
    return await database.value(
        DECISION, case, judge.id, author.id, kind, *said, detection, found_automatically, at, overturned_at
    )


async def a_case(
    author: Member,
    *,
    opened: datetime,
    looked_after: float | None = None,
    closed_at: datetime | None = None,
    risk: int = 40,
) -> UUID:
    first_read = opened + timedelta(hours=looked_after) if looked_after is not None else None
    ad = await closed(author, "classifieds")
    return await database.value(CASE, ad.id, author.id, risk, opened, first_read, closed_at)


async def notified(illegality: str, outcome: str, *, times: int, hours: float = 1, days_ago: float = 1) -> None:
    made = now() - timedelta(days=days_ago)
    for number in range(times):
        await database.execute(
            "INSERT INTO notice (location, illegality, why, name, email, good_faith, made_at, outcome, answered_at)"
            " VALUES ($1, $2, 'Contraire à la loi.', 'Odile', 'odile@exemple.test', TRUE, $3, $4, $5)",
            f"/annonces/{illegality}-{outcome}-{number}",
            illegality,
            made,
            outcome,
            made + timedelta(hours=hours) if outcome else None,
        )


async def appealed(author: Member, *, first: Member, judge: Member, state: str, hours: float = 6) -> None:
    decision = await past(author, first, "remove", days_ago=3)
    opened = now() - timedelta(days=2)
    case = await a_case(author, opened=opened, closed_at=now())
    judged = (
        (None, None, "") if state in ("open", "withdrawn") else (judge.id, opened + timedelta(hours=hours), "Relu.")
    )
    await database.execute(
        'INSERT INTO appeal (decision, first_judge, until, appellant, "case", opened_at, state, judged_by, judged_at,'
        " words) SELECT id, moderator, appeal_until, author, $2, $3, $4, $5, $6, $7 FROM decision WHERE id = $1",
        decision,
        case,
        opened,
        state,
        *judged,
    )


async def reported(reporter: Member, *, of: Member, judge: Member, outcome: str, days_ago: float = 1) -> None:
    kind = "remove" if outcome == "founded" else "approve"
    decision = await past(of, judge, kind, days_ago=days_ago, detection="report")
    await database.execute(
        'INSERT INTO report ("case", reporter, reason, words, made_at, outcome)'
        " SELECT \"case\", $2, 'market', '', $3, $4 FROM decision WHERE id = $1",
        decision,
        reporter.id,
        now() - timedelta(days=days_ago),
        outcome,
    )


async def sanctioned(member: Member, kind: str, *, by: Member, ground: str = "charter") -> None:
    law = "Code pénal, article 313-1" if ground == "law" else ""
    decision = await past(member, by, "remove", ground=ground, law=law)
    ends = kind in ("no_posting", "no_reporting")
    await database.execute(
        "INSERT INTO sanction (member, decision, kind, reason, facts, words, days, state, proposed_by, proposed_at,"
        " starts_at, ends_at) VALUES ($1, $2, $3, 'forbidden', 'Faits.', 'Mots.', $4, 'active', $5, now(), now(), $6)",
        member.id,
        decision,
        kind,
        7 if ends else None,
        by.id,
        now() + timedelta(days=7) if ends else None,
    )
