"""Photos of an ad: added, taken away, and their files after them."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from litestar.datastructures import UploadFile

from app import database
from app.database import transaction
from app.jobs import defer
from app.refusals import TooOften
from app.throttle import throttle
from listings.jobs import remove_photo_files
from listings.kinds import Category
from listings.photos import files as photo_files
from listings.photos.reencoding import NotAPicture, Picture, reencoded

MOST, MOST_OF_A_HOME = 6, 12
AT_A_TIME = 6
A_DAY_LATER = timedelta(days=1)
AN_HOUR = timedelta(hours=1)
MOST_AN_HOUR = 120
AT_ONCE = 500


def most_photos(category: Category) -> int:
    """Of a home each room is looked at; an ad shows one thing."""
    return MOST_OF_A_HOME if category is Category.home else MOST


async def add_photos(
    listing_id: UUID, by: UUID, sent: Sequence[UploadFile], room: int, most: int = MOST
) -> tuple[list[UUID], str]:
    """Keeps up to `room` of the files sent, `most` being how many there may be, and six at a time. Answers the new
    photos, and a message when some were not taken."""
    added: list[UUID] = []
    problems: list[str] = []
    for number, file in enumerate(sent, start=1):
        if len(added) == room:
            problems.append(f"{most} photos au plus : les suivantes n’ont pas été ajoutées.")
            break
        if number > AT_A_TIME:
            problems.append(f"Les photos s’ajoutent {AT_A_TIME} par {AT_A_TIME} : envoyez les suivantes ensuite.")
            break
        try:
            await throttle("photo", str(by), limit=MOST_AN_HOUR, every=AN_HOUR)
            picture = await reencoded(file.file)
        except (NotAPicture, TooOften) as problem:
            problems.append(f"Photo {number} : {problem}")
        else:
            added.append(await _keep(listing_id, picture))
    return added, " ".join(problems)


async def _keep(listing_id: UUID, picture: Picture) -> UUID:
    photo = uuid4()
    photo_files.keep(photo, picture.sizes)
    try:
        await database.execute(
            "INSERT INTO photo (id, listing, width, height, fingerprint, added_at) VALUES ($1, $2, $3, $4, $5, now())",
            photo,
            listing_id,
            picture.width,
            picture.height,
            picture.fingerprint,
        )
    except BaseException:
        photo_files.forget(photo)
        raise
    return photo


async def photos_of(listing_id: UUID, among: Iterable[UUID]) -> tuple[UUID, ...]:
    """Those of `among` that are this ad's, in the order given, each once."""
    found = await database.rows("SELECT id FROM photo WHERE listing = $1", listing_id)
    own = {row["id"] for row in found}
    return tuple(photo for photo in dict.fromkeys(among) if photo in own)


async def drop_photos(photos: Iterable[UUID]) -> None:
    """Their rows now, their files after the transaction it is called in."""
    gone = await database.rows("DELETE FROM photo WHERE id = ANY($1::uuid[]) RETURNING id", list(photos))
    if gone:
        await defer(remove_photo_files, photos=",".join(str(row["id"]) for row in gone))


async def drop_unused_photos() -> None:
    """Photos added more than a day ago that neither their ad nor its waiting edit shows, a bounded number at once."""
    while await _drop_some_unused():
        pass


async def _drop_some_unused() -> bool:
    async with transaction():
        unused = await database.rows(
            """
            SELECT photo.id FROM photo JOIN listing ON listing.id = photo.listing
            WHERE photo.added_at < now() - $1::interval AND NOT photo.id = ANY(listing.photos)
            AND NOT EXISTS (SELECT FROM listing_edit e WHERE e.listing = listing.id
                AND e.state IN ('waiting', 'refused') AND e.content->'photos' ? photo.id::text)
            LIMIT $2
            """,
            A_DAY_LATER,
            AT_ONCE,
        )
        await drop_photos(row["id"] for row in unused)
        return bool(unused)


async def forget_files_without_a_row(photos: Sequence[UUID]) -> None:
    """Removes the files of photos that no ad has any more and that are no evidence, and of no other."""
    kept = await database.rows(
        "SELECT id FROM photo WHERE id = ANY($1::uuid[])"
        " UNION SELECT photo FROM evidence_photo WHERE photo = ANY($1::uuid[])",
        list(photos),
    )
    for photo in set(photos) - {row["id"] for row in kept}:
        photo_files.forget(photo)
