"""The sheet of a home is begun: one at a time."""

from uuid import UUID

from app import database
from app.database import transaction
from app.refusals import Refused
from exchanges.homes.own import own_home
from listings.content import Content
from listings.kinds import Category
from listings.writing.writing_down import write_down
from members.me import Me


async def begin_home(by: Me) -> UUID:
    """A draft where its author lives, or the home they have. Two requests at once begin one."""
    async with transaction():
        await database.execute("SELECT FROM member WHERE id = $1 FOR NO KEY UPDATE", by.id)
        begun: UUID | None = await database.value(
            "INSERT INTO listing (author, category, created_at, updated_at, title, body, details, quantity, photos,"
            " replies, version) VALUES ($1, 'home', now(), now(), '', '', '{}', 1, '{}', 0, 1)"
            " ON CONFLICT (author) WHERE category = 'home' AND status IN ('draft', 'pending', 'published', 'aside')"
            " DO NOTHING RETURNING id",
            by.id,
        )
        if begun is None:
            there = await own_home(by.id)
            if there is None:  # thrown away from another window just now
                raise Refused("Votre logement vient de changer. Rechargez la page.")
            return there.id
        await write_down(begun, Content(category=Category.home, commune=by.place.code))
        return begun
