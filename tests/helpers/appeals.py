"""Decisions to contest, taken through the desk's own functions, and appeals against them."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx

from app import database
from app.database import transaction
from listings.tables import Listing
from members.tables import Member
from moderation.cases.opening import open_case
from moderation.cases.tables import CaseKind
from moderation.decisions.applying import apply
from moderation.decisions.before import remember
from moderation.decisions.tables import DecisionKind
from tests.helpers.ads import published
from tests.helpers.browser import Browser
from tests.helpers.decisions import decided

APPEAL = "Rien ici n’est à vendre : c’est un don, relisez s’il vous plaît."
CASE = """
SELECT c.*, t.state AS thanks_state FROM moderation_case c LEFT JOIN thanks t ON t.id = c.thanks WHERE c.id = $1
"""


async def decide_of(case: UUID, judge: Member, kind: str, at: datetime | None = None) -> UUID:
    """The decision of a case, applied and closed, with what stood before; nobody is told."""
    async with transaction():
        row = await database.row(CASE, case)
        assert row is not None
        listing = await database.row("SELECT * FROM listing WHERE id = $1", row["listing"])
        assert listing is not None
        given = ("", "") if kind == "approve" else ("unclear", "Parce que.")
        decision = await decided(case, judge.id, row["author"], kind, *given, at=at)
        await remember(decision, listing)
        await apply(row, DecisionKind(kind), listing)
        await database.execute("UPDATE moderation_case SET closed_at = now() WHERE id = $1", case)
        return decision


async def case_about(listing: Listing, **given: Any) -> UUID:
    """An open case, as a report opens it; `reply`, `thanks`, `edit` and `author` say of what."""
    kind = next((name for name in ("reply", "thanks", "edit", "message") if name in given), "listing")
    return await open_case(
        kind=CaseKind(kind),
        listing=listing.id,
        author=given.pop("author", listing.author),
        category=listing.category,
        department=listing.department,
        **given,
    )


async def removed_ad(author: Member, judge: Member, *, at: datetime | None = None, **given: Any) -> UUID:
    """The decision by which an ad was taken out of sight."""
    return await decide_of(await case_about(await published(author, **given)), judge, "remove", at)


async def turned_down(listing: Listing, *, by: Member, judge: Member | None) -> UUID | None:
    """The decision to leave an ad online that `by` had reported; without a judge it waits."""
    case = await case_about(listing)
    await database.execute(
        'INSERT INTO report ("case", reporter, reason, words, made_at) VALUES ($1, $2, $3, $4, now())',
        case,
        by.id,
        "market",
        "On dirait une vente.",
    )
    if judge is None:
        return None
    decision = await decide_of(case, judge, "approve")
    await database.execute("UPDATE report SET outcome = 'unfounded' WHERE \"case\" = $1", case)
    return decision


async def contest(browser: Browser, decision: UUID, **given: Any) -> httpx.Response:
    """Answers the form of an appeal."""
    sent = {"words": APPEAL, "once": str(uuid4()), **given}
    return await browser.submit(f"/decisions/{decision}/recours", **sent)


async def appeal_of(decision: UUID) -> asyncpg.Record:
    found = await database.row("SELECT * FROM appeal WHERE decision = $1 ORDER BY opened_at DESC LIMIT 1", decision)
    assert found is not None
    return found


async def judged(browser: Browser, case: UUID, verdict: str = "upheld", **given: Any) -> httpx.Response:
    """Claims the case of an appeal and answers its form."""
    await browser.submit(f"/moderation/dossiers/{case}/prise")
    version = await database.value("SELECT version FROM moderation_case WHERE id = $1", case)
    sent = {"verdict": verdict, "version": str(version), "words": "Nous avons tout relu.", **given}
    return await browser.submit(f"/moderation/dossiers/{case}/recours", **sent)
