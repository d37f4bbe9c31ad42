"""The demo's ads, each written, screened and published by the same functions as anybody's."""

import tomllib
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from litestar.datastructures import UploadFile

from app import database
from app.dates import now, today
from app.demo_community.drawings import photo_of
from listings.ad import Ad
from listings.content import Content
from listings.kinds import Category, Deal, Kind
from listings.life.publishing import submit
from listings.life.term import expiry
from listings.photos.photographing import MOST, add_photos
from listings.schedules.schedule import Schedule, Slot, Weekly
from listings.writing.drafting import save_draft, start_draft
from listings.writing.written import kind_of
from members.me import Me
from places.finding import resolve
from places.school_zones import school_zone

FILE = Path(__file__).parent / "ads.toml"
Written = dict[str, UUID]
"""The ads by title."""


def written_ads() -> list[dict[str, Any]]:
    """As they stand in ads.toml: oldest first, as they were written."""
    ads: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["ad"]
    return sorted(ads, key=lambda ad: -ad["days"])


async def write_ads(cast: dict[str, Me]) -> Written:
    return {ad["title"]: await write_ad(ad, cast[ad["by"]]) for ad in written_ads()}


async def write_ad(ad: dict[str, Any], by: Me) -> UUID:
    """One ad as ads.toml says it; what it opens on the desk, too, as old as it."""
    content = content_of(ad)
    draft = await start_draft(by, content.category)
    photos = await photograph(draft, by, ad["photo"]) if "photo" in ad else []
    row = await database.row("SELECT * FROM listing WHERE id = $1", draft)
    assert row is not None  # noqa: S101 - just written
    await save_draft(Ad.of(row), content, photos)
    if ad.get("state") != "draft":
        await submit(draft, by)
    await back_in_time(draft, content, timedelta(days=ad["days"], hours=len(ad["title"]) % 9))
    return draft


def content_of(ad: dict[str, Any]) -> Content:
    """Raises LookupError for a commune nobody knows."""
    place = resolve(ad["commune"])
    if place is None:
        raise LookupError(ad["commune"])
    return Content(
        category=Category(ad["category"]),
        kind=_kind(ad),
        deal=Deal(ad["deal"]) if "deal" in ad else None,
        title=ad["title"],
        body=ad["body"],
        details=ad["details"],
        schedule=_schedule(ad),
        quantity=ad.get("quantity", 1),
        price_cents=ad["price"] * 100 if "price" in ad else None,
        commune=place.code,
    )


def _kind(ad: dict[str, Any]) -> Kind | None:
    if "deal" in ad:
        return kind_of(Deal(ad["deal"]))
    return Kind(ad["kind"]) if "kind" in ad else None


def _schedule(ad: dict[str, Any]) -> Schedule | None:
    if weekly := ad.get("weekly"):
        return Schedule(weekly=_weekly(weekly, ad["commune"]))
    if slots := ad.get("slots"):
        return Schedule(tuple(_slot(slot) for slot in slots))
    return None


def _weekly(weekly: dict[str, Any], commune: str) -> Weekly:
    """`pauses` leaves out the school and public holidays of the place."""
    place = resolve(commune) if weekly.get("pauses") else None
    return Weekly(
        tuple(weekly["days"]),
        _hour(weekly, "starts"),
        _hour(weekly, "ends"),
        except_holidays=school_zone(place.department) if place else None,
        except_public_holidays=place is not None,
        department=place.department if place else None,
    )


def _slot(slot: dict[str, Any]) -> Slot:
    return Slot(today() + timedelta(days=slot["in"]), _hour(slot, "starts"), _hour(slot, "ends"))


def _hour(given: dict[str, Any], name: str) -> time | None:
    return time.fromisoformat(given[name]) if name in given else None


async def photograph(draft: UUID, by: Me, thing: str) -> list[UUID]:
    sent = UploadFile(content_type="image/jpeg", filename=f"{thing}.jpg", file_data=photo_of(thing))
    try:
        photos, _ = await add_photos(draft, by.id, [sent], room=MOST)
    finally:
        await sent.close()
    return photos


async def back_in_time(listing: UUID, content: Content, ago: timedelta) -> None:
    """As if it had been written then; so also its case, if a moderator is awaited."""
    at = now() - ago
    await database.execute(
        """
        UPDATE listing SET created_at = $2::timestamptz, updated_at = $2,
            submitted_at = CASE WHEN submitted_at IS NOT NULL THEN $2 END,
            published_at = CASE WHEN status = 'published' THEN $2 END,
            expires_at = CASE WHEN status = 'published' THEN $3::timestamptz END
        WHERE id = $1
        """,
        listing,
        at,
        expiry(content, at),
    )
    await database.execute(
        "UPDATE moderation_case SET opened_at = opened_at - $2::interval WHERE listing = $1", listing, ago
    )
