"""The address of a photo. Who may read the ad may see its photos, and nobody else."""

from uuid import UUID

from litestar import Controller, Request, get
from litestar.params import FromPath
from litestar.response import File

from app import database
from app.refusals import NotHere
from listings.access import in_scope, visible_to
from listings.photos.files import Size, photo_file
from members.guards import signed_in
from members.me import Me

KEPT = "private, max-age=31536000, immutable"


class Photos(Controller):
    path = "/photos"
    guards = [signed_in]

    @get("/{photo:uuid}/{size:str}")
    async def show(self, photo: FromPath[UUID], size: FromPath[str], request: Request) -> File:
        file = photo_file(photo, size_named(size))
        if not await _may_see(photo, request.user) or not file.is_file():
            raise NotHere
        return File(file, media_type="image/webp", content_disposition_type="inline", headers={"cache-control": KEPT})


def size_named(typed: str) -> Size:
    """Raises NotHere for no size of ours."""
    try:
        return Size(typed)
    except ValueError:
        raise NotHere from None


async def _may_see(photo: UUID, me: Me) -> bool:
    """A photo not in the ad (of an edit that waits) is for the author and the moderators in scope."""
    visible, given = visible_to(me, first=2)
    return (
        await database.value(
            f"""
        SELECT TRUE FROM photo JOIN listing ON listing.id = photo.listing WHERE photo.id = $1 AND {visible}
        AND (photo.id = ANY(listing.photos) OR listing.author = $2 OR {in_scope("$3", "$4", "$5")})
        """,
            photo,
            *given,
        )
        or False
    )
