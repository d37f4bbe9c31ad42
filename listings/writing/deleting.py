"""A draft is thrown away by its author, once: the same click again comes to the same."""

from uuid import UUID

from answers.settling import tell_all_who_wait
from app import database
from app.database import transaction
from app.refusals import Refused
from listings.ad import Ad
from listings.life.steps import Step, move
from listings.paths import own_list_of
from listings.photos.photographing import drop_photos
from listings.writing.deleted import guard_deleted
from members.me import Me
from moderation import audit

NO_DRAFT = "Ce n’est plus un brouillon : rien n’a été supprimé."


async def delete_draft(ad: Ad, by: Me) -> None:
    """The draft, its photos and their files. One that a moderator has read is closed instead: what was decided of it
    stays known. Raises AlreadyDone for the second of two clicks, Refused when it is not a draft any more.
    """
    async with transaction():
        if await (_withdraw(ad, by) if ad.submitted_at else _erase(ad, by)) is None:
            await guard_deleted(ad.id, by.id, own_list_of(ad.content.category))
            raise Refused(NO_DRAFT)
        await audit.record("draft.deleted", by=by.id, kind="listing", subject=ad.id)


async def _erase(ad: Ad, by: Me) -> UUID | None:
    photos = await database.rows("SELECT id FROM photo WHERE listing = $1", ad.id)
    await drop_photos(row["id"] for row in photos)
    return await database.value(
        "DELETE FROM listing WHERE id = $1 AND author = $2 AND status = 'draft' AND submitted_at IS NULL RETURNING id",
        ad.id,
        by.id,
    )


async def _withdraw(ad: Ad, by: Me) -> UUID | None:
    if await move(ad.id, Step.discard, author=by.id) is None:
        return None
    await tell_all_who_wait(ad.id, by.id)  # it may have been online before it was sent back
    return ad.id
