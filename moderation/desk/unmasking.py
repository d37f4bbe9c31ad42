"""A moderator who needs the hidden numbers asks for them: it is written in the log, and holds for that claim only."""

import asyncpg
from litestar import Request
from litestar.datastructures import Cookie

from app.refusals import Refused
from app.settings import settings
from app.signing import signed, unsigned
from members.me import Me
from moderation import audit
from moderation.cases.claiming import FOR

SEEN = "coordonnees"
NOT_YOURS = "Prenez d’abord ce dossier\u202f: les coordonnées ne s’affichent qu’à la personne qui le lit."


async def unmask(case: asyncpg.Record, me: Me) -> Cookie:
    """What shows the hidden words to this moderator until the claim ends. Raises Refused when they hold no claim."""
    if not holds(case, me):
        raise Refused(NOT_YOURS)
    await audit.record("case.unmasked", by=me.id, kind="case", subject=case["id"])
    return Cookie(
        key=SEEN,
        value=signed(SEEN, _claim(case, me)),
        path=f"/moderation/dossiers/{case['id']}",
        max_age=int(FOR.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=settings().is_https,
    )


def is_unmasked(case: asyncpg.Record, request: Request) -> bool:
    """Whether who asks unmasked this very claim: a later one, even their own, starts hidden again."""
    if not holds(case, request.user):
        return False
    return bool(unsigned(SEEN, request.cookies.get(SEEN, "")) == _claim(case, request.user))


def holds(case: asyncpg.Record, me: Me) -> bool:
    return case["claimed_by"] == me.id and bool(case["is_claimed"])


def _claim(case: asyncpg.Record, me: Me) -> list[str]:
    return [str(case["id"]), str(me.id), case["claimed_until"].isoformat()]
