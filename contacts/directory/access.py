"""The only door to a contact: everybody to those that are shown, administrators to all, and whose account answers for
one to that one."""

from uuid import UUID

from app import database
from app.refusals import NotHere
from contacts.directory.reading import Contact, read
from members.me import Me


async def shown_contact(contact_id: UUID) -> Contact:
    """Raises NotHere, also for one that is hidden."""
    found = await any_contact(contact_id)
    if not found.is_shown:
        raise NotHere
    return found


async def any_contact(contact_id: UUID) -> Contact:
    """For administrators. Raises NotHere."""
    found = (await read([contact_id])).get(contact_id)
    if found is None:
        raise NotHere
    return found


async def own_contacts(me: Me) -> list[Contact]:
    """Those this member's account answers for, by name; none without a role."""
    if not (me.is_correspondent or me.is_social_worker):
        return []
    mine = await database.rows("SELECT id FROM contact WHERE member = $1 ORDER BY folded, id LIMIT 50", me.id)
    found = await read([row["id"] for row in mine])
    return [found[row["id"]] for row in mine if row["id"] in found]


async def own_contact(contact_id: UUID, me: Me) -> Contact:
    """Raises NotHere for another's."""
    found = next((one for one in await own_contacts(me) if one.id == contact_id), None)
    if found is None:
        raise NotHere
    return found
