"""What somebody reads of their own notice: with an account by its number, without one by a signed link."""

from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from app import database
from app.dates import now
from app.paging import SIZE
from app.refusals import NotHere
from app.signing import signed, unsigned
from moderation.notices.kinds import KINDS, Kind
from moderation.notices.tables import Illegality, NoticeOutcome

PURPOSE = "notice"


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """`outcome` is empty until somebody answered."""

    id: UUID
    number: str
    made_at: datetime
    location: str
    illegality: Illegality
    why: str
    by_member: bool
    by_mail: bool
    outcome: str
    answered_at: datetime | None
    decision: UUID | None
    reference: str
    decided: str
    decided_at: datetime | None
    is_overturned: bool
    appeal_until: datetime | None

    @property
    def kind(self) -> Kind:
        return KINDS[self.illegality]

    @property
    def is_standing(self) -> bool:
        """It was answered by a decision taken before it came."""
        return self.decided_at is not None and self.decided_at < self.made_at

    @property
    def path(self) -> str:
        return f"/signaler-un-contenu-illicite/{self.number}"

    @property
    def may_contest(self) -> bool:
        """As a member, who has a way to sign in and answer."""
        is_in_time = self.appeal_until is not None and self.appeal_until > now()
        return is_in_time and self.by_member and self.outcome == NoticeOutcome.unfounded and not self.is_overturned


def path_of(notice: UUID) -> str:
    """The address that shows a notice to whoever has it."""
    return f"/signaler-un-contenu-illicite/suivi/{signed(PURPOSE, str(notice))}"


async def number_of(notice: UUID) -> str:
    return await database.value("SELECT number FROM notice WHERE id = $1", notice)


async def followed_by_link(token: str) -> Followed:
    """Raises NotHere for a link that is not ours, or leads to a notice that is forgotten."""
    notice = unsigned(PURPOSE, token)
    return _found(await database.row(f"{_NOTICE} WHERE n.id = $1", UUID(notice)) if notice else None)


async def followed_by_number(number: str, member: UUID) -> Followed:
    """Raises NotHere unless this member sent it."""
    if not number.isprintable():  # the database refuses to look for a NUL
        raise NotHere
    return _found(await database.row(f"{_NOTICE} WHERE n.number = $1 AND n.member = $2", number, member))


async def notices_by(member: UUID) -> list[Followed]:
    """The latest first, as many as one page shows."""
    found = await database.rows(f"{_NOTICE} WHERE n.member = $1 ORDER BY n.made_at DESC LIMIT {SIZE}", member)
    return [_found(row) for row in found]


def _found(row: asyncpg.Record | None) -> Followed:
    if row is None:
        raise NotHere
    return Followed(**{**row, "illegality": Illegality(row["illegality"])})


_NOTICE = """
SELECT n.id, n.number, n.made_at, n.location, n.illegality, n.why, n.member IS NOT NULL AS by_member,
    n.email <> '' AS by_mail, n.outcome, n.answered_at,
    d.id AS decision, coalesce(d.reference, '') AS reference, coalesce(d.kind, '') AS decided, d.decided_at,
    d.overturned_at IS NOT NULL AS is_overturned, d.appeal_until
FROM notice n LEFT JOIN decision d ON d."case" = n."case" AND n.outcome IN ('founded', 'unfounded')
"""
