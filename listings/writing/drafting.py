"""A draft: begun, saved as often as one likes. Nobody but its author sees it."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

import msgspec

from app import database
from app.database import transaction
from app.refusals import Refused, TooOften
from listings.ad import Ad
from listings.content import Content
from listings.kinds import Category
from listings.life.promised_places import keep_promises
from listings.photos.photographing import drop_photos, most_photos
from listings.writing.changed import DRAFT_CHANGED, ChangedMeanwhile, words_of
from listings.writing.writing_down import write_down
from members.me import Me
from places.communes import commune

NO_DRAFT = "Ce n’est plus un brouillon : rien n’a été enregistré. Regardez où il en est dans « Mon espace »."
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
                f"Vous avez commencé {MOST_A_DAY} brouillons depuis hier. Revenez demain, ou reprenez un brouillon."
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


async def save_draft(
    ad: Ad,
    content: Content,
    added: Sequence[UUID] = (),
    *,
    shown: int | None = None,
    asked: Callable[[Content], Content] = words_of,
) -> Ad:
    """Keeps what was written, with the photos just `added` at the end. Refused when it is not a draft any more.

    `shown` is the stamp of what the form `asked` when it was filled. Raises ChangedMeanwhile when another window wrote
    something else there since: then only the photos are kept.
    """
    async with transaction():
        row = await database.row("SELECT * FROM listing WHERE id = $1 AND status = 'draft' FOR UPDATE", ad.id)
        if row is None:
            raise Refused(NO_DRAFT)
        # Another window may have added photos since this page was shown: they stay.
        meanwhile = [photo for photo in row["photos"] if photo not in ad.content.photos]
        photos = [*content.photos, *meanwhile, *added][: most_photos(content.category)]
        now = Content.of(row)
        # What this form does not ask, `content` has from a draft in which another window may have written since.
        is_behind = words_of(now) != words_of(ad.content)
        is_changed = (is_behind or shown not in (None, asked(now).stamp)) and asked(now) != asked(content)
        said = now if is_behind or is_changed else content
        await keep_promises(ad.id, said)
        await drop_photos({*row["photos"], *added} - set(photos))
        await write_down(ad.id, msgspec.structs.replace(said, photos=tuple(photos)))
        (saved,) = await database.rows("SELECT * FROM listing WHERE id = $1", ad.id)
    if is_changed:
        raise ChangedMeanwhile(DRAFT_CHANGED)
    return Ad.of(saved)
