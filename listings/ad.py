"""One ad as its pages and rules read it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self
from uuid import UUID

import msgspec

from listings.content import Content
from listings.kinds import Outcome, Status
from listings.life.steps import State, state_of


class Ad(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `listing`. `version` grows with every change a reader could see; of `places`, `reserved` are taken."""

    id: UUID
    author: UUID
    status: Status
    content: Content
    department: str | None
    version: int
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None
    published_at: datetime | None
    expires_at: datetime | None
    closed_at: datetime | None
    outcome: Outcome | None
    places: int
    reserved: int
    renewals: int

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From a record of `SELECT * FROM listing`."""
        held = {name: row[name] for name in cls.__struct_fields__ if name not in ("status", "content", "outcome")}
        return cls(
            **held,
            status=Status(row["status"]),
            content=Content.of(row),
            outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        )

    @property
    def state(self) -> State:
        return state_of(msgspec.structs.asdict(self))

    @property
    def was_online(self) -> bool:
        """As `listings.access.was_online`."""
        return self.status is Status.published or (self.status is Status.closed and self.published_at is not None)

    @property
    def title(self) -> str:
        return self.content.title or "Annonce sans titre"
