"""The door of a home, for its guest and for a time. Every reading is kept, for the host to see."""

from datetime import timedelta

import msgspec

from app import database
from app.database import transaction
from app.dates import in_words, now, today
from app.refusals import Refused
from app.throttle import throttle
from exchanges.stays.access import OneStay
from exchanges.stays.windows import DAY_AFTER, door_opens, is_door_open
from members.blocking import stay_unblocked
from notifications.notifying import notify
from notifications.topics import Topic

OFTEN, HOUR = 30, timedelta(hours=1)


class Door(msgspec.Struct, frozen=True, kw_only=True):
    """The lines of the place, how one gets in, and the last day both can be read."""

    lines: str
    way_in: str
    until: str


async def read_door(stay: OneStay) -> Door:
    """What its guest reads, after this reading was noted; the host hears of the first one.

    Raises Refused outside the fourteen days before and the day after the stay, and alike when the host took it back or
    never wrote it; TooOften past thirty readings an hour.
    """
    if not is_door_open(stay.first, stay.last, today()):
        raise Refused(_closed(stay))
    await throttle("door", str(stay.guest), limit=OFTEN, every=HOUR)
    async with transaction():
        await stay_unblocked(stay.guest, stay.host)
        found = await database.row(_DOOR, stay.id, stay.host)
        if found is None:
            raise Refused(
                f"{stay.host_name} ne partage pas son adresse ici pour le moment. Écrivez-lui dans votre conversation."
            )
        await _note(stay)
    return Door(lines=found["door"], way_in=found["way_in"], until=in_words(stay.last + DAY_AFTER))


def _closed(stay: OneStay) -> str:
    if today() < stay.first:
        return f"L’adresse s’ouvre quatorze jours avant votre arrivée : {in_words(door_opens(stay.first))}."
    return "Le séjour est terminé : l’adresse n’est plus affichée."


async def _note(stay: OneStay) -> None:
    """No entry of the audit log, which nothing can be erased from: a reading is forgotten a month after the stay."""
    before = await database.value("SELECT EXISTS (SELECT FROM door_reading WHERE stay = $1)", stay.id)
    await database.execute(
        "INSERT INTO door_reading (stay, reader, read_at) VALUES ($1, $2, $3)", stay.id, stay.guest, now()
    )
    if not before:
        await notify(
            stay.host,
            Topic.door_read,
            thing=stay.id,
            about="Votre adresse, pour un échange confirmé",
            path=stay.swap_path,
        )


# The swap is held: whoever dissolves it comes after, and a door is never read once it is over.
_DOOR = """
SELECT c.door, c.way_in FROM stay s JOIN swap w ON w.id = s.swap JOIN contact_card c ON c.member = $2
WHERE s.id = $1 AND w.state IN ('confirmed', 'done') AND c.door <> ''
    AND NOT EXISTS (SELECT FROM contact_withheld t WHERE t.swap = w.id AND t.member = $2 AND t.part = 'door')
FOR SHARE OF w
"""
