"""Codes of a body: issued, replaced, revoked. A body has one living code at most; the database sees to it."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

import msgspec
from dateutil.relativedelta import relativedelta

from app import database
from app.database import transaction
from app.dates import now
from app.forms import Form
from app.refusals import Refused
from members.codes import fresh_code, shown
from moderation import audit

SOON = timedelta(days=30)
KEPT_ON_SHOW = 10
HAS_ONE = "Cet organisme a déjà un code. Remplacez-le, ou révoquez-le d’abord."
OVERTAKEN = "Ce code vient d’être remplacé ou révoqué par un autre administrateur. Voici l’état du moment."


class CodeForm(Form):
    """`months` of validity from today, `most_uses` people who may join with it."""

    months: Annotated[int, msgspec.Meta(ge=1, le=24)]
    most_uses: Annotated[int, msgspec.Meta(ge=1, le=100_000)]


class Code(msgspec.Struct, frozen=True, kw_only=True):
    """A code of a body; `is_revoked` ones are kept to know who joined with what."""

    id: UUID
    code: str
    created_at: datetime
    expires_at: datetime
    uses: int
    most_uses: int
    revoked_at: datetime | None
    issuer: str | None

    @property
    def shown(self) -> str:
        return shown(self.code)

    @property
    def left(self) -> int:
        return self.most_uses - self.uses

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= now()

    @property
    def opens(self) -> bool:
        """Whether one may join with it today."""
        return self.revoked_at is None and not self.is_expired and self.left > 0

    @property
    def warning(self) -> str | None:
        """What an administrator should do about a living code, in one sentence."""
        if self.is_expired:
            return "Ce code a expiré : personne ne peut plus s’inscrire. Remplacez-le."
        if self.left == 0:
            return "Ce code est épuisé : personne ne peut plus s’inscrire. Remplacez-le."
        if self.expires_at <= now() + SOON:
            return "Ce code expire dans moins de trente jours. Pensez à le remplacer et à envoyer la nouvelle lettre."
        if self.left <= self.most_uses // 10:
            return "Ce code est presque épuisé. Pensez à le remplacer et à envoyer la nouvelle lettre."
        return None


async def codes_of(body: UUID) -> tuple[Code | None, list[Code]]:
    """The living code, if any, and the latest revoked ones."""
    found = await database.rows(
        f"""
        SELECT c.id, c.code, c.created_at, c.expires_at, c.uses, c.most_uses, c.revoked_at, m.first_name AS issuer
        FROM joining_code c LEFT JOIN member m ON m.id = c.created_by WHERE c.body = $1
        ORDER BY c.revoked_at DESC NULLS FIRST LIMIT {KEPT_ON_SHOW + 1}
        """,
        body,
    )
    codes = [Code(**row) for row in found]
    living = codes[0] if codes and codes[0].revoked_at is None else None
    return living, codes[1:] if living else codes


async def issue(body: UUID, form: CodeForm, by: UUID) -> None:
    """A first code, or one after a revocation. Raises Refused when the body has a living one."""
    async with transaction():
        code = await _insert(body, form, by)
        await audit.record("code.issued", by=by, kind="joining_code", subject=code, months=form.months)


async def rotate(body: UUID, replaced: UUID, form: CodeForm, by: UUID) -> None:
    """The old code stops and the new one opens at the same instant. Raises Refused when another was quicker."""
    async with transaction():
        await _revoke(body, replaced)
        code = await _insert(body, form, by)
        await audit.record("code.rotated", by=by, kind="joining_code", subject=code, replaced=str(replaced))


async def revoke(body: UUID, code: UUID, by: UUID) -> None:
    """Nobody joins with it any more. Raises Refused when it was revoked before."""
    async with transaction():
        await _revoke(body, code)
        await audit.record("code.revoked", by=by, kind="joining_code", subject=code)


async def _insert(body: UUID, form: CodeForm, by: UUID) -> UUID:
    code: UUID | None = await database.value(
        "INSERT INTO joining_code (body, code, created_by, created_at, expires_at, most_uses, uses)"
        " VALUES ($1, $2, $3, now(), $4, $5, 0)"
        " ON CONFLICT (body) WHERE revoked_at IS NULL DO NOTHING RETURNING id",
        body,
        fresh_code(),
        by,
        now() + relativedelta(months=form.months),
        form.most_uses,
    )
    if code is None:
        raise Refused(HAS_ONE)
    return code


async def _revoke(body: UUID, code: UUID) -> None:
    # Compare-and-set: of two administrators at once, the second finds the row changed and gets nothing.
    revoked = await database.value(
        "UPDATE joining_code SET revoked_at = clock_timestamp()"
        " WHERE id = $1 AND body = $2 AND revoked_at IS NULL RETURNING id",
        code,
        body,
    )
    if revoked is None:
        raise Refused(OVERTAKEN)
