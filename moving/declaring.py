"""Saying where one is moving to, changing it, taking it back, and being there.

None of it is written in the log: what the log keeps would outlive what the member took back.
"""

from typing import NamedTuple
from uuid import UUID

from app import database
from app.database import transaction
from app.dates import today
from app.refusals import Refused
from members.me import Me
from moving.seasons import ENDS_ON, Season, Since
from places.communes import Place, commune
from search.saved.deriving import derive_those_of

CHANGED = "Votre déclaration a changé entre-temps. Rechargez la page : elle montre où vous en êtes."


class Declared(NamedTuple):
    """Where and since when. Kept a while after it has ended, to ask whether one lives there now."""

    place: Place
    since: Since

    @property
    def has_begun(self) -> bool:
        return self.since.starts <= today()

    @property
    def holds(self) -> bool:
        return today() < self.since.ends


async def declared_by(member: UUID) -> Declared | None:
    row = await database.row("SELECT commune, season, year FROM moving WHERE member = $1", member)
    place = commune(row["commune"]) if row else None
    return Declared(place, Since(Season(row["season"]), row["year"])) if row and place else None


async def declare(me: Me, place: Place, since: Since) -> None:
    """The member's only declaration from now on. The caller has checked that it is not home."""
    async with transaction():
        await database.execute(
            """
            INSERT INTO moving (member, commune, season, year, declared_at) VALUES ($1, $2, $3, $4, now())
            ON CONFLICT (member) DO UPDATE SET commune = excluded.commune, season = excluded.season,
                year = excluded.year, declared_at = excluded.declared_at
            """,
            me.id,
            place.code,
            since.season.value,
            since.year,
        )
        await derive_those_of(me.id)


async def take_back(member: UUID) -> None:
    async with transaction():
        await database.execute("DELETE FROM moving WHERE member = $1", member)
        await derive_those_of(member)


async def arrive(me: Me, code: str) -> None:
    """The declared commune becomes home. Raises Refused when `code` is no longer the one declared."""
    async with transaction():
        if not await has_arrived(me.id, code):
            raise Refused(CHANGED)
        await database.execute("UPDATE member SET commune = $2 WHERE id = $1", me.id, code)
        await derive_those_of(me.id)


async def has_arrived(member: UUID, code: str) -> bool:
    """Takes back the declaration of this commune: the member lives there now. Whether there was one."""
    gone = await database.value("DELETE FROM moving WHERE member = $1 AND commune = $2 RETURNING member", member, code)
    return gone is not None


async def forget_past_moves() -> None:
    """What ended three months ago, and ticks of a year ago."""
    await database.execute(f"DELETE FROM moving WHERE {ENDS_ON} + interval '3 months' < $1", today())
    await database.execute("DELETE FROM moving_step WHERE done_at < now() - interval '1 year'")
