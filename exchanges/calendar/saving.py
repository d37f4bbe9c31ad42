"""Keeping what a member says of their exchanges; each change asks for a match.

None of it is written in the log: when somebody planned their holidays would be read there, long after they are over.
"""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from app import database
from app.database import transaction
from app.refusals import Refused
from exchanges.calendar.braking import slow_down
from exchanges.calendar.exchanger import Household, Length, Week, Wished, exchanger_of, open_exchanger
from exchanges.matching.asking import ask_for_a_match
from places.zones import earliest_day

MOST_WISHES = 12


class ChangedMeanwhile(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Vous avez enregistré autre chose entre-temps, dans une autre fenêtre. Relisez cette page : l’enregistrer"
            " maintenant remplace ce qui l’a été."
        )


async def note_weeks(member: UUID, weeks: Iterable[Week], length: Length, version: int) -> None:
    """The member's only weeks from now on. `version` is that of the page they were ticked on.

    Raises ChangedMeanwhile, TooOften.
    """
    await slow_down(member)
    async with transaction():
        noted = sorted((week for week in weeks if week.home_free or week.can_travel), key=lambda week: week.saturday)
        exchanger = await _claim(member, version, **msgspec.structs.asdict(length))
        if exchanger is None:
            kept = await exchanger_of(member)
            if kept is None or (list(kept.weeks), kept.length) != (noted, length):
                raise ChangedMeanwhile
            return  # a form sent twice was saved by the first
        await database.execute("DELETE FROM planned_week WHERE exchanger = $1", exchanger)
        await database.execute(
            "INSERT INTO planned_week (exchanger, saturday, home_free, can_travel)"
            " SELECT $1, * FROM unnest($2::date[], $3::boolean[], $4::boolean[])",
            exchanger,
            [week.saturday for week in noted],
            [week.home_free for week in noted],
            [week.can_travel for week in noted],
        )
        await ask_for_a_match(member)


async def note_wishes(member: UUID, household: Household, wishes: list[Wished], version: int) -> None:
    """The member's only wishes from now on, at most twelve, the dearest first. Raises ChangedMeanwhile, TooOften."""
    await slow_down(member)
    async with transaction():
        exchanger = await _claim(member, version, **msgspec.structs.asdict(household))
        if exchanger is None:
            kept = await exchanger_of(member)
            if kept is None or (list(kept.wishes), kept.household) != (wishes, household):
                raise ChangedMeanwhile
            return
        await database.execute("DELETE FROM wish WHERE exchanger = $1", exchanger)
        await database.execute(
            "INSERT INTO wish (exchanger, place, scope, area, km, setting)"
            " SELECT $1, * FROM unnest($2::smallint[], $3::text[], $4::text[], $5::smallint[], $6::text[])",
            exchanger,
            list(range(len(wishes))),
            [wish.scope.value for wish in wishes],
            [wish.area for wish in wishes],
            [wish.km for wish in wishes],
            [wish.setting and wish.setting.value for wish in wishes],
        )
        await ask_for_a_match(member)


async def pause(member: UUID) -> None:
    """No match is looked for any more. Always possible: whoever is in doubt may stop at once."""
    async with transaction():
        exchanger = await open_exchanger(member)
        if await database.value(
            "UPDATE exchanger SET paused_at = now(), changed_at = now() WHERE id = $1 AND paused_at IS NULL"
            " RETURNING id",
            exchanger,
        ):
            await ask_for_a_match(member)


async def resume(member: UUID) -> None:
    """A match is looked for again; the pause does not count as waiting. Raises TooOften."""
    await slow_down(member)
    async with transaction():
        if await database.value(
            "UPDATE exchanger SET waits_since = waits_since + (now() - greatest(paused_at, waits_since)),"
            " paused_at = NULL, changed_at = now() WHERE member = $1 AND paused_at IS NOT NULL RETURNING id",
            member,
        ):
            await ask_for_a_match(member)


async def forget_past_weeks() -> None:
    """Nobody leaves any more on a Saturday that has passed everywhere."""
    await database.execute("DELETE FROM planned_week WHERE saturday < $1", earliest_day())


async def _claim(member: UUID, version: int, **said: object) -> int | None:
    """Writes the columns `said` if nothing was saved since `version`; None when something was. Until it commits,
    another save waits here."""
    exchanger = await open_exchanger(member)
    columns = ", ".join(f"{name} = ${number}" for number, name in enumerate(said, 3))
    claimed: int | None = await database.value(
        f"UPDATE exchanger SET {columns}, version = version + 1, changed_at = now()"
        " WHERE id = $1 AND version = $2 RETURNING id",
        exchanger,
        version,
        *said.values(),
    )
    return claimed
