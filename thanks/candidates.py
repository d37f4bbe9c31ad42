"""Who may have helped with an ad (or been helped by it): those who answered it."""

from uuid import UUID

import msgspec

from app import database
from members.me import Me
from places.communes import commune

MOST = 200
WITH_A_WORD = 6
"""Beyond so many, a word each would make the form long: it is written afterwards, from « Mercis »."""


class Candidate(msgspec.Struct, frozen=True):
    """`is_chosen`: the author had chosen them, so that nothing is left to tick."""

    id: UUID
    name: str
    place: str
    is_chosen: bool

    @property
    def label(self) -> str:
        return f"{self.name}, {self.place}" if self.place else self.name


class Candidates(msgspec.Struct, frozen=True):
    """The chosen first, then the latest to have written."""

    those: list[Candidate]

    @property
    def chosen(self) -> list[Candidate]:
        return [one for one in self.those if one.is_chosen]

    @property
    def others(self) -> list[Candidate]:
        return [one for one in self.those if not one.is_chosen]

    @property
    def with_a_word(self) -> list[Candidate]:
        """Those a word may be written to in the same form: the chosen ones, or all when they are few."""
        return (self.chosen or self.those)[:WITH_A_WORD]

    def among(self, members: list[UUID]) -> bool:
        return set(members) <= {one.id for one in self.those}


async def candidates(listing: UUID, me: Me) -> Candidates:
    """For the ad's author; members whom a block keeps away are not there."""
    found = await database.rows(
        f"""
        SELECT c.helper AS id, m.first_name, m.commune, coalesce(a.state = 'chosen', FALSE) AS is_chosen
        FROM conversation c JOIN member m ON m.id = c.helper
        LEFT JOIN answer a ON a.listing = c.listing AND a.helper = c.helper
        WHERE c.listing = $1 AND c.author = $2 AND c.helper <> ALL($3)
        ORDER BY is_chosen DESC, c.last_message_at DESC, c.id LIMIT {MOST}
        """,
        listing,
        me.id,
        list(me.hidden),
    )
    return Candidates(
        [Candidate(row["id"], row["first_name"], _name(row["commune"]), row["is_chosen"]) for row in found]
    )


def _name(code: str) -> str:
    place = commune(code)
    return place.name if place else ""
