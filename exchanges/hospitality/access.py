"""The only way to a call: for whoever is left without a roof, and for those asked to be their host."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Request
from litestar.params import FromPath

from app import database, dates
from app.refusals import NotHere
from exchanges.hospitality.lengths import nights_in_words, people_in_words, soon_in_words
from exchanges.kinds import Need, State
from places.communes import commune
from places.zones import today_in


class RoofSought(msgspec.Struct, frozen=True, kw_only=True):
    """A call for who it is for. `swap` is what was found, as long as it stands."""

    id: UUID
    place: str
    days: str
    is_over: bool
    swap: UUID | None


class AskedForARoof(msgspec.Struct, frozen=True, kw_only=True):
    """A call for somebody asked to be the host: how many, with what needs, how long and how soon; never who nor when.

    `state` is `open`, `yes` (theirs, `swap` once it is proposed), or `gone`, whatever it was that ended it. A block
    changes nothing of it: whoever blocks one member after the other would learn by that who it is for.
    """

    id: UUID
    people: str
    needs: list[str]
    nights: str
    soon: str
    said: str | None
    state: str
    swap: UUID | None


NEEDS = {
    Need.step_free: "sans marche à monter",
    Need.pets: "avec un animal",
    Need.no_smoking: "dans un logement sans tabac",
}


async def seen_call(call_id: UUID, member: UUID) -> RoofSought | AskedForARoof:
    """For its guest and for those asked; for anybody else it is not there."""
    return await _sought(call_id, member) or await _asked(call_id, member)


async def call_after(swap: UUID, guest: UUID) -> UUID | None:
    """What is looked for in place of the guest's stay in an exchange that was called off; None when nothing is."""
    found: UUID | None = await database.value(
        "SELECT c.id FROM hospitality_call c JOIN stay t ON t.id = c.stay WHERE t.swap = $1 AND c.guest = $2",
        swap,
        guest,
    )
    return found


async def own_call(call_id: FromPath[UUID], request: Request) -> RoofSought:
    """For its guest."""
    found = await _sought(call_id, request.user.id)
    if found is None:
        raise NotHere
    return found


async def asked_to_host(call_id: FromPath[UUID], request: Request) -> AskedForARoof:
    return await _asked(call_id, request.user.id)


async def _sought(call_id: UUID, member: UUID) -> RoofSought | None:
    row = await database.row(
        "SELECT c.*, (SELECT s.id FROM hospitality_asked a JOIN swap s ON s.id = a.swap"
        " WHERE a.call = c.id AND s.state <> 'dissolved') AS swap"
        " FROM hospitality_call c WHERE c.id = $1 AND c.guest = $2",
        call_id,
        member,
    )
    if row is None:
        return None
    there = commune(row["commune"])
    return RoofSought(
        id=row["id"],
        place=there.name if there else "",
        days=f"du {dates.in_words(row['first'])} au {dates.in_words(row['last'])}",
        is_over=row["closed_at"] is not None or row["until"] <= dates.now(),
        swap=row["swap"],
    )


async def _asked(call_id: UUID, member: UUID) -> AskedForARoof:
    row = await database.row(_ASKED, call_id, member)
    if row is None:
        raise NotHere
    is_theirs = row["swap"] is not None and row["state"] != State.dissolved
    return AskedForARoof(
        id=call_id,
        people=people_in_words(row["party_size"]),
        needs=[NEEDS[Need(one)] for one in row["needs"]],
        nights=nights_in_words(row["last"] - row["first"]),
        soon=soon_in_words(row["first"] - today_in(row["department"])),
        said=row["said"],
        state=_state(row["said"], is_theirs, _goes_on(row["closed_at"], row["until"])),
        swap=row["swap"] if is_theirs else None,
    )


def _goes_on(closed_at: datetime | None, until: datetime) -> bool:
    return closed_at is None and until > dates.now()


def _state(said: str | None, is_theirs: bool, goes_on: bool) -> str:
    if is_theirs or (said in ("yes", "moot") and goes_on):
        return "yes"
    return "open" if goes_on else "gone"


_ASKED = """
SELECT c.first, c.last, c.department, c.until, c.closed_at, a.said, a.swap, s.state, g.party_size, g.needs
FROM hospitality_asked a JOIN hospitality_call c ON c.id = a.call JOIN exchanger g ON g.member = c.guest
LEFT JOIN swap s ON s.id = a.swap
WHERE a.call = $1 AND a.host = $2
"""
