"""The only ways to a confirmed swap, and to a stay in it, on someone's behalf."""

from datetime import date
from uuid import UUID

import msgspec
from babel.dates import format_date
from litestar import Request
from litestar.params import FromPath

from app import database
from app.dates import in_words
from app.french import at
from app.refusals import NotHere
from exchanges.homes.sheet import Occupancy, Sheet
from exchanges.kinds import Form, State
from members.visibility import not_blocked
from places.communes import Place, commune
from places.departments import department


class OneStay(msgspec.Struct, frozen=True, kw_only=True):
    """A guest in a home, from the day `first` to the day `last`. `days` are the weekdays (0 Monday) of a room in the
    week. `sheet` is the home's."""

    id: UUID
    swap: UUID
    guest: UUID
    guest_name: str
    host: UUID
    host_name: str
    home: UUID
    sheet: Sheet
    commune: str
    department: str | None
    first: date
    last: date
    days: tuple[int, ...]
    conversation: UUID | None

    @property
    def path(self) -> str:
        return f"/echanges/{self.swap}/sejours/{self.id}"

    @property
    def swap_path(self) -> str:
        return f"/echanges/{self.swap}"

    @property
    def place(self) -> Place | None:
        return commune(self.commune)

    @property
    def where(self) -> str:
        """`Brest, Finistère`: never nearer."""
        there = department(self.department) if self.department else None
        named = (self.place.name if self.place else "", there.name if there else "")
        return ", ".join(filter(None, named))

    @property
    def at_place(self) -> str:
        """`à Brest`, `au Havre`."""
        return at(self.place.name) if self.place else "là-bas"

    @property
    def when(self) -> str:
        """`du samedi 4 juillet au samedi 18 juillet 2026`."""
        first = format_date(self.first, "EEEE d MMMM" if self.first.year == self.last.year else "EEEE d MMMM y", "fr")
        last = format_date(self.last, "EEEE d MMMM y", locale="fr")
        return f"du {first} au {last}".replace(" 1 ", " 1er ")

    @property
    def first_in_words(self) -> str:
        return in_words(self.first)


class ConfirmedSwap(msgspec.Struct, frozen=True, kw_only=True):
    """As `me`, one of its members, sees it. `people` are first names by member, in the order of the stays."""

    id: UUID
    form: Form
    state: State
    me: UUID
    stays: tuple[OneStay, ...]

    @property
    def path(self) -> str:
        return f"/echanges/{self.id}"

    @property
    def people(self) -> dict[UUID, str]:
        found: dict[UUID, str] = {}
        for stay in self.stays:
            found |= {stay.host: stay.host_name, stay.guest: stay.guest_name}
        return found

    @property
    def others(self) -> dict[UUID, str]:
        return {member: name for member, name in self.people.items() if member != self.me}

    @property
    def as_guest(self) -> list[OneStay]:
        return [stay for stay in self.stays if stay.guest == self.me]

    @property
    def as_host(self) -> list[OneStay]:
        return [stay for stay in self.stays if stay.host == self.me]

    @property
    def as_host_homes(self) -> list[UUID]:
        return [stay.home for stay in self.as_host]

    @property
    def mine(self) -> list[OneStay]:
        """In a loop the stay of two others, and its days, are theirs alone."""
        return [stay for stay in self.stays if self.me in (stay.guest, stay.host)]

    @property
    def last(self) -> date:
        """On which one's own stays are over."""
        return max(stay.last for stay in self.mine)

    @property
    def asks_a_landlord(self) -> bool:
        """Whether who lends their home here is not its owner."""
        return any(stay.sheet.occupancy is not Occupancy.owner for stay in self.as_host)


async def confirmed_swap(swap_id: FromPath[UUID], request: Request) -> ConfirmedSwap:
    """Raises NotHere for anyone but its members, until it is confirmed, and once one blocked another. One query."""
    return await confirmed_for(swap_id, request.user.id)


async def confirmed_for(swap: UUID, member: UUID) -> ConfirmedSwap:
    """As `confirmed_swap`."""
    rows = await database.rows(_STAYS, swap, member)
    if not rows:
        raise NotHere
    return ConfirmedSwap(
        id=swap,
        form=Form(rows[0]["form"]),
        state=State(rows[0]["state"]),
        me=member,
        stays=tuple(
            OneStay(
                **{name: row[name] for name in OneStay.__struct_fields__ if name not in ("sheet", "days")},
                sheet=msgspec.json.decode(row["details"], type=Sheet),
                days=tuple(row["days"]),
            )
            for row in rows
        ),
    )


async def own_stay(swap_id: FromPath[UUID], stay_id: FromPath[UUID], request: Request) -> OneStay:
    """The stay of a confirmed swap in which this member is the guest. Raises NotHere otherwise."""
    swap = await confirmed_swap(swap_id, request)
    for stay in swap.as_guest:
        if stay.id == stay_id:
            return stay
    raise NotHere


_STAYS = f"""
SELECT s.id, s.swap, s.guest, g.first_name AS guest_name, s.host, h.first_name AS host_name, s.home, l.details,
    l.commune, l.department, s.first, s.last, s.days, s.conversation, w.form, w.state
FROM swap w JOIN stay s ON s.swap = w.id JOIN listing l ON l.id = s.home
JOIN member g ON g.id = s.guest JOIN member h ON h.id = s.host
WHERE w.id = $1 AND w.state IN ('confirmed', 'done') AND s.first IS NOT NULL
    AND EXISTS (SELECT FROM swap_party p WHERE p.swap = w.id AND p.member = $2)
    AND NOT EXISTS (SELECT FROM swap_party o WHERE o.swap = w.id AND o.member <> $2
        AND NOT {not_blocked("o.member", "$2")})
ORDER BY s.first, h.first_name, s.id
"""
