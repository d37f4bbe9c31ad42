"""What a member said of their exchanges: for their own pages and for the search of a match, for nobody else."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from app import database
from app.dates import now
from exchanges.kinds import Need, Scope, Setting, Way


class Week(msgspec.Struct, frozen=True):
    """From a Saturday to the next."""

    saturday: date
    home_free: bool
    can_travel: bool


class Wished(msgspec.Struct, frozen=True):
    """`area` is the INSEE code of the commune, department or region that `scope` says; `km` the radius around it."""

    scope: Scope
    area: str | None = None
    km: int | None = None
    setting: Setting | None = None


class Household(msgspec.Struct, frozen=True, kw_only=True):
    """Who travels, and in which exchanges they want to be."""

    party_size: int = 2
    needs: tuple[Need, ...] = ()
    ways: tuple[Way, ...] = ()


class Length(msgspec.Struct, frozen=True, kw_only=True):
    """Of a stay, in weeks; `give_or_take` weeks are of no account."""

    least_weeks: int = 1
    most_weeks: int = 2
    give_or_take: int = 0


class ExchangerView(msgspec.Struct, frozen=True, kw_only=True):
    """Weeks in their order, past ones included until the night; wishes from the first to the last."""

    id: int
    member: UUID
    household: Household
    length: Length
    weeks: tuple[Week, ...]
    wishes: tuple[Wished, ...]
    waits_since: datetime
    served_at: datetime | None
    paused_at: datetime | None
    version: int

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None


async def exchanger_of(member: UUID) -> ExchangerView | None:
    """None for who never said anything of exchanges. One query."""
    row = await database.row(
        """
        SELECT e.*,
            (SELECT coalesce(json_agg(json_build_object('saturday', saturday, 'home_free', home_free,
                'can_travel', can_travel) ORDER BY saturday), '[]') FROM planned_week WHERE exchanger = e.id) AS weeks,
            (SELECT coalesce(json_agg(json_build_object('scope', scope, 'area', area, 'km', km, 'setting', setting)
                ORDER BY place), '[]') FROM wish WHERE exchanger = e.id) AS wishes
        FROM exchanger e WHERE e.member = $1
        """,
        member,
    )
    if row is None:
        return None
    return ExchangerView(
        id=row["id"],
        member=member,
        household=Household(
            party_size=row["party_size"],
            needs=tuple(map(Need, row["needs"])),
            ways=tuple(map(Way, row["ways"])),
        ),
        length=Length(least_weeks=row["least_weeks"], most_weeks=row["most_weeks"], give_or_take=row["give_or_take"]),
        weeks=msgspec.json.decode(row["weeks"], type=tuple[Week, ...]),
        wishes=msgspec.json.decode(row["wishes"], type=tuple[Wished, ...]),
        waits_since=row["waits_since"],
        served_at=row["served_at"],
        paused_at=row["paused_at"],
        version=row["version"],
    )


async def open_exchanger(member: UUID) -> int:
    """The number of the member's exchanger, made now when there was none; it waits from then on."""
    made = await database.value(
        "INSERT INTO exchanger (member, party_size, needs, ways, least_weeks, most_weeks, give_or_take, waits_since,"
        " changed_at, version) VALUES ($1, 2, '{}', '{}', 1, 2, 0, $2, $2, 1)"
        " ON CONFLICT (member) DO NOTHING RETURNING id",
        member,
        now(),
    )
    # A second statement sees what another transaction has just committed; the first one waited for it.
    return made or await database.value("SELECT id FROM exchanger WHERE member = $1", member)
