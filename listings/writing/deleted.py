"""A draft its author threw away: the same click a second time finds nothing, and is no mistake."""

from uuid import UUID

from app import database
from app.refusals import AlreadyDone
from listings.kinds import Status
from moderation import audit

DELETED = "Vous avez supprimé ce brouillon, peut-être depuis une autre fenêtre."


async def was_deleted(draft: UUID, by: UUID) -> bool:
    """Whether they threw it away, and it did not come back since."""
    status = await database.value("SELECT status FROM listing WHERE id = $1", draft)
    return status in (None, Status.closed) and await audit.has_done(
        "draft.deleted", by=by, kind="listing", subject=draft
    )


async def guard_deleted(draft: UUID, by: UUID, leads_to: str) -> None:
    """Raises AlreadyDone then."""
    if await was_deleted(draft, by):
        raise AlreadyDone(leads_to)
