"""A local offer is begun by a correspondent, in the name of their body."""

from uuid import UUID

import msgspec

from app import database
from app.database import transaction
from listings.content import Content
from listings.kinds import Category
from listings.writing.drafting import start_draft
from listings.writing.writing_down import write_down
from members.me import Me

_BODY = """
SELECT b.name FROM membership m JOIN body b ON b.id = m.body WHERE m.member = $1 ORDER BY m.since, m.id LIMIT 1
"""


async def begin_offer(by: Me) -> UUID:
    """An empty draft where its author lives, or the one not written yet. Raises TooOften past 20 a day."""
    async with transaction():
        draft = await start_draft(by, Category.local_offer)
        row = await database.row("SELECT * FROM listing WHERE id = $1 FOR UPDATE", draft)
        assert row is not None  # noqa: S101 - begun just now
        content = Content.of(row)
        named = {**content.details, "body": await body_of(by.id)}
        await write_down(draft, msgspec.structs.replace(content, details=named))
        return draft


async def body_of(correspondent: UUID) -> str:
    """The name of the body they joined first; empty without one. Readers learn the body, never the person."""
    return await database.value(_BODY, correspondent) or ""
