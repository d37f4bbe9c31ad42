"""One dossier on a page, with the queue beside it."""

from datetime import timedelta
from typing import Any

import asyncpg
from litestar import Request
from litestar.response import Redirect, Template

from app.dates import hour, now
from app.pages import go, page
from app.settings import PARIS
from moderation import words
from moderation.appeals.at_the_desk import appeal_at_desk
from moderation.cases.access import case_in_scope
from moderation.cases.tables import CaseKind
from moderation.decisions.form import possible
from moderation.decisions.laws import LAWS
from moderation.decisions.reasons import TEXTS
from moderation.desk.canned import canned_by_reason
from moderation.desk.dossier import read_dossier
from moderation.desk.filters import Filters
from moderation.desk.masking import Veil
from moderation.desk.queue import claim_next, department_name, queue_of
from moderation.desk.unmasking import holds, is_unmasked
from moderation.notices.kinds import KINDS
from moderation.sanctions.grading import next_step
from moderation.sanctions.kinds import MEASURES, OF_AUTHORS

BESIDE = 12
"""How many cases stand beside the one that is read: enough to see what comes, on a page that stays light."""


async def show_case(
    request: Request,
    case: asyncpg.Record,
    filters: Filters,
    *,
    status: int = 200,
    problem: str = "",
    sent: Any = None,
    errors: Any = None,
) -> Template:
    """`sent` and `errors` are of a form that comes back, `problem` what stands above it."""
    unmasked = is_unmasked(case, request)
    veil = Veil(is_lifted=unmasked)
    appeal = await appeal_at_desk(case["id"], veil) if case["kind"] == CaseKind.appeal else None
    dossier = await read_dossier(case, request.user, unmasked=unmasked)
    queue = await queue_of(request.user, filters, most=BESIDE)
    return page(
        request,
        "moderation/dossier.html",
        status,
        case=case,
        dossier=dossier,
        queue=queue,
        beside=queue.beside(case["id"]),
        current=case["id"],
        appeal=appeal,
        has_hidden=dossier.has_hidden or veil.has_hidden,
        is_mine=holds(case, request.user),
        is_unmasked=unmasked,
        possible=possible(case),
        problem=problem,
        sent=sent or {"reason": dossier.reason.value, "words": dossier.ready_words},
        ticked=sent.getall("abusive", []) if sent else [],
        errors=errors or {},
        words=words,
        reasons=TEXTS,
        laws=LAWS,
        notified=KINDS,
        measures=MEASURES,
        of_authors=OF_AUTHORS,
        next_step=await next_step(case["author"]),
        canned=canned_by_reason(),
        department=department_name(case["department"]),
        **_until(case),
    )


async def show_again(
    request: Request, case: asyncpg.Record, filters: Filters, problem: str, sent: Any = None
) -> Template:
    """The case as it is now, after a refusal; what was typed is kept."""
    fresh = await case_in_scope(case["id"], request.user)
    return await show_case(request, fresh, filters, status=409 if problem else 200, problem=problem, sent=sent)


async def go_on(request: Request, filters: Filters, done: str, about: str = "") -> Redirect:
    """To the next case, already taken, so that a queue is emptied without going back to it."""
    following = await claim_next(request.user, filters)
    if following is None:
        nothing_left = "all_done" if done == "decided" else done
        return go(filters.address("/moderation"), done=nothing_left, about=about)
    return go(filters.address(f"/moderation/dossiers/{following}"), done=done, about=about)


def _until(case: asyncpg.Record) -> dict[str, Any]:
    """When the claim ends, as an hour and in seconds from now."""
    if case["claimed_until"] is None:
        return {"until": "", "seconds_left": 0}
    left = (case["claimed_until"] - now()) // timedelta(seconds=1)
    return {"until": hour(case["claimed_until"].astimezone(PARIS).time()), "seconds_left": max(0, left)}
