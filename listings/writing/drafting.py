"""A draft: begun, saved as often as one likes, thrown away. Nobody but its author sees it."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import msgspec

from answers.settling import tell_all_who_wait
from app import database
from app.database import transaction
from app.refusals import Refused, TooOften
from listings.ad import Ad
from listings.content import Content
from listings.kinds import Category
from listings.life.promised_places import keep_promises
from listings.life.steps import Step, move
from listings.photos.photographing import drop_photos, most_photos
from listings.writing.writing_down import write_down
from members.me import Me
from moderation import audit
from places.communes import commune

MOST_A_DAY = 20
A_DAY = timedelta(days=1)


async def start_draft(by: Me, category: Category) -> UUID:
    """An empty draft where its author lives, or the one of this category not written yet. TooOften past 20 a day."""
    async with transaction():
        if (empty := await _still_empty(by.id, category)) is not None:
            return empty
        begun = await database.value(
            "SELECT count(*) FROM listing WHERE author = $1 AND created_at > now() - $2::interval", by.id, A_DAY
        )
        if begun >= MOST_A_DAY:
            raise TooOften(
                f"Vous avez commencé {MOST_A_DAY} annonces depuis hier. Revenez demain, ou reprenez un brouillon."
            )
        draft: UUID = await database.value(
            "INSERT INTO listing (author, category, created_at, updated_at, title, body, details, quantity,"
            " photos, replies, version) VALUES ($1, $2, now(), now(), '', '', '{}', 1, '{}', 0, 1)"
            " RETURNING id",
            by.id,
            category.value,
        )
        home = commune(by.commune)
        await write_down(draft, Content(category=category, commune=home.code if home else None))
        return draft


async def _still_empty(author: UUID, category: Category) -> UUID | None:
    return await database.value(
        "SELECT id FROM listing WHERE author = $1 AND category = $2 AND status = 'draft' AND title = '' AND body = ''"
        " AND photos = '{}' AND submitted_at IS NULL ORDER BY created_at DESC LIMIT 1",
        author,
        category.value,
    )


async def save_draft(ad: Ad, content: Content, added: Sequence[UUID] = ()) -> Ad:
    """Keeps what was written, with the photos just `added` at the end. Refused when it is not a draft any more."""
    async with transaction():
        row = await database.row("SELECT * FROM listing WHERE id = $1 AND status = 'draft' FOR UPDATE", ad.id)
        if row is None:
            raise Refused("Cette annonce n’est plus un brouillon. Vous la retrouvez dans « Mes annonces ».")
        # Another window may have added photos since this page was shown: they stay.
        meanwhile = [photo for photo in row["photos"] if photo not in ad.content.photos]
        photos = [*content.photos, *meanwhile, *added][: most_photos(content.category)]
        await keep_promises(ad.id, content)
        await drop_photos({*row["photos"], *added} - set(photos))
        await write_down(ad.id, msgspec.structs.replace(content, photos=tuple(photos)))
        (saved,) = await database.rows("SELECT * FROM listing WHERE id = $1", ad.id)
        return Ad.of(saved)


async def delete_draft(ad: Ad, by: Me) -> None:
    """The draft, its photos and their files. One that a moderator has read is closed instead: what was decided of it
    stays known. Raises Refused when it is not a draft any more.
    """
    async with transaction():
        if await (_withdraw(ad, by) if ad.submitted_at else _erase(ad, by)) is None:
            raise Refused("Cette annonce n’est plus un brouillon. Vous la retrouvez dans « Mes annonces ».")
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
