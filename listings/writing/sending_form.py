"""What a sent form asks for beside its words: photos added, moved or taken away, more rows, or the next step."""

from collections.abc import Callable, Sequence
from uuid import UUID

import msgspec
from litestar.datastructures import FormMultiDict, UploadFile

from app.forms import Errors
from listings.ad import Ad
from listings.content import Content
from listings.life.promised_places import promised_away
from listings.photos.photographing import add_photos, most_photos, photos_of
from listings.writing.changed import words_of
from listings.writing.drafting import save_draft
from listings.writing.written import read as read_ad
from members.me import Me

HEAVIEST_FORM = 95 * 1024 * 1024
"""Bytes of a form with six photos of 15 MB; every other form of ads stays small."""
SMALL_FORM = 200_000
Read = Callable[[FormMultiDict, Content], tuple[Content, Errors]]
"""From a form and the content there was, the new content and a message for each field that does not fit."""


class Asked(msgspec.Struct, frozen=True):
    """`step` is save, preview, send, anyway, photos, dates, earlier or remove; `photo` the one to move or remove."""

    step: str
    photo: UUID | None = None

    @property
    def stays(self) -> bool:
        """The same form is shown next."""
        return self.step in ("photos", "dates", "earlier", "remove")


def asked(sent: FormMultiDict) -> Asked:
    step, _, photo = str(sent.get("do") or "save").partition(":")
    try:
        return Asked(step, UUID(photo) if photo else None)
    except ValueError:
        return Asked(step)


def shown_stamp(sent: FormMultiDict) -> int | None:
    """The stamp of the content that filled the form, when the form says it."""
    typed = str(sent.get("stamp") or "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None


async def save_sent(
    ad: Ad, by: Me, sent: FormMultiDict, read: Read = read_ad, about: Callable[[Content], Content] = words_of
) -> tuple[Ad, Errors]:
    """The draft with all that fits of what was sent, saved; and a message for each field that does not. `about` is what
    this form asks of it. Raises ChangedMeanwhile when another window wrote something else there."""
    content, errors = read(sent, ad.content)
    if promised := await promised_away(ad.id, content):
        content = msgspec.structs.replace(content, quantity=ad.content.quantity, schedule=ad.content.schedule)
    content = _arranged(content, asked(sent))
    added, problem = await _added(ad, by, sent, content)
    saved = await save_draft(ad, content, added, shown=shown_stamp(sent), asked=about)
    return saved, promised | errors | ({"photos": problem} if problem else {})


async def read_sent(ad: Ad, by: Me, sent: FormMultiDict, read: Read = read_ad) -> tuple[Content, Errors]:
    """The same for an ad online: nothing of it is changed yet, photos travel in the form until it is sent."""
    shown = await photos_of(ad.id, _ids(sent.getall("photo", [])))
    content, errors = read(sent, msgspec.structs.replace(ad.content, photos=shown[: most_photos(ad.content.category)]))
    content = _arranged(content, asked(sent))
    added, problem = await _added(ad, by, sent, content)
    content = msgspec.structs.replace(content, photos=(*content.photos, *added))
    return content, await promised_away(ad.id, content) | errors | ({"photos": problem} if problem else {})


async def _added(ad: Ad, by: Me, sent: FormMultiDict, content: Content) -> tuple[list[UUID], str]:
    most = most_photos(content.category)
    return await add_photos(ad.id, by.id, _files(sent), most - len(content.photos), most)


def _arranged(content: Content, wish: Asked) -> Content:
    """The first photo is the one a list shows."""
    photos = list(content.photos)
    if wish.photo in photos:
        at = photos.index(wish.photo)
        if wish.step == "remove":
            photos.pop(at)
        if wish.step == "earlier" and at:
            photos[at - 1], photos[at] = photos[at], photos[at - 1]
    return msgspec.structs.replace(content, photos=tuple(photos))


def _files(sent: FormMultiDict) -> list[UploadFile]:
    return [file for file in sent.getall("photos", []) if isinstance(file, UploadFile)]


def _ids(typed: Sequence[object]) -> list[UUID]:
    found = []
    for one in typed:
        try:
            found.append(UUID(str(one)))
        except ValueError:
            continue
    return found
