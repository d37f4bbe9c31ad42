"""From what an ad says to the columns of its row."""

from uuid import UUID

import msgspec

from app import database
from listings.content import Content
from places.communes import commune


async def write_down(listing_id: UUID, content: Content) -> None:
    """Writes all but the category, which never changes. The caller holds the row and says what follows."""
    place = commune(content.commune) if content.commune else None
    await database.execute(
        """
        UPDATE listing SET kind = $2, deal = $3, title = $4, body = $5, details = $6::text::jsonb,
            schedule = $7::text::jsonb, starts_on = $8, ends_on = $9, wanted_by = $10, quantity = $11,
            price_cents = $12, commune = $13, department = $14, region = $15, latitude = $16, longitude = $17,
            photos = $18, places = $19, updated_at = now(), version = version + 1
        WHERE id = $1
        """,
        listing_id,
        content.kind and content.kind.value,
        content.deal and content.deal.value,
        content.title,
        content.body,
        msgspec.json.encode(content.details).decode(),
        msgspec.json.encode(content.schedule).decode() if content.schedule else None,
        content.schedule and content.schedule.starts_on,
        content.schedule and content.schedule.ends_on,
        content.wanted_by,
        content.quantity,
        content.price_cents,
        place and place.code,
        place and place.department,
        place and place.region,
        place and place.lat,
        place and place.lon,
        list(content.photos),
        content.places,
    )
