"""Photos of a conversation, drawn again from their pixels, sealed in the database: no file on a disk, no metadata."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import msgspec
from litestar.datastructures import UploadFile

from app import database
from app.refusals import NotHere, Refused
from contacts.social.sealing import Place, Unreadable, seal, unseal
from listings.photos.files import Size
from listings.photos.reencoding import NotAPicture, reencoded

MOST = 5
HEAVIEST = 10 * 1024 * 1024
HEAVIEST_FORM = MOST * HEAVIEST + 2 * 1024 * 1024
MEDIA_TYPE = "image/webp"
PDF = b"%PDF-"
TOO_MANY = f"{MOST} photos au plus à la fois."
NO_PDF = "Un PDF peut cacher autre chose que ce qu’il montre : prenez le document en photo, page par page."
TOO_HEAVY = "Cette photo dépasse 10 Mo. Choisissez-en une plus légère."


class Attached(msgspec.Struct, frozen=True):
    """A photo made anew; `name` is what the person called it, for them to know it again."""

    name: str
    content: bytes


class SentFile(msgspec.Struct, frozen=True):
    """`name` is empty when no key opens it."""

    id: UUID
    name: str


async def read_files(sent: Sequence[Any]) -> list[Attached]:
    """Raises Refused for the first that cannot be taken: then nothing is sent, and the words stay in the form."""
    files = [file for file in sent if isinstance(file, UploadFile) and file.filename]
    if len(files) > MOST:
        raise Refused(TOO_MANY)
    return [await _drawn_again(file, number) for number, file in enumerate(files, start=1)]


async def _drawn_again(file: UploadFile, number: int) -> Attached:
    beginning = file.file.read(HEAVIEST + 1)
    file.file.seek(0)
    if len(beginning) > HEAVIEST:
        raise Refused(f"Photo {number} : {TOO_HEAVY}")
    if PDF in beginning[:1024]:
        raise Refused(NO_PDF)
    try:
        picture = await reencoded(file.file)
    except NotAPicture as problem:
        raise Refused(f"Photo {number} : {problem}") from None
    return Attached(_stem(file.filename, number), picture.sizes[Size.large])


def _stem(name: str, number: int) -> str:
    """What it was called, as far as it is letters, digits, spaces and hyphens."""
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or name
    kept = "".join(c if c.isalnum() or c in " -_" else "-" for c in stem).strip(" -_")[:60]
    return kept or f"photo {number}"


async def attach(talk: UUID, message: int, file: Attached) -> None:
    id = uuid4()
    await database.execute(
        "INSERT INTO social_file (id, message, sealed_name, media_type, sealed, size) VALUES ($1, $2, $3, $4, $5, $6)",
        id,
        message,
        seal(Place("name", talk, id), file.name.encode()),
        MEDIA_TYPE,
        seal(Place("file", talk, id), file.content),
        len(file.content),
    )


async def file_of(talk: UUID, file: UUID) -> Attached:
    """For whoever may read the conversation. Raises NotHere."""
    row = await database.row(
        "SELECT f.sealed_name, f.sealed FROM social_file f JOIN social_message m ON m.id = f.message"
        " WHERE f.id = $1 AND m.talk = $2",
        file,
        talk,
    )
    if row is None:
        raise NotHere
    try:
        content = unseal(Place("file", talk, file), row["sealed"])
    except Unreadable:
        raise NotHere from None
    return Attached(_name(talk, file, row["sealed_name"]), content)


async def files_of(talk: UUID, messages: Sequence[int]) -> dict[int, list[SentFile]]:
    """By message; without their contents."""
    found = await database.rows(
        "SELECT f.id, f.message, f.sealed_name FROM social_file f JOIN social_message m ON m.id = f.message"
        " WHERE m.talk = $1 AND f.message = ANY($2::bigint[]) ORDER BY f.message, f.id",
        talk,
        messages,
    )
    by_message: dict[int, list[SentFile]] = {}
    for row in found:
        file = SentFile(row["id"], _name(talk, row["id"], row["sealed_name"]))
        by_message.setdefault(row["message"], []).append(file)
    return by_message


def _name(talk: UUID, file: UUID, sealed: bytes) -> str:
    try:
        return unseal(Place("name", talk, file), sealed).decode()
    except Unreadable:
        return ""
