"""The account that answers for a contact: of a member who has the role it takes."""

from uuid import UUID

from app import database
from app.database import transaction
from app.forms import Errors
from contacts.kinds import ContactKind
from members.emails import address_of
from members.roles import KIND
from members.tables import RoleKind
from moderation import audit

ROLE = {ContactKind.social_worker: RoleKind.social_worker}
"""Of every other kind, a correspondent."""


def role_for(kind: ContactKind) -> RoleKind:
    return ROLE.get(kind, RoleKind.correspondent)


async def link(contact: UUID, kind: ContactKind, email: str, by: UUID) -> Errors:
    """Gives it to this account, or to none where nothing was typed; else says what to do beside the field."""
    async with transaction():
        role, member = role_for(kind), None
        if email.strip():
            member = await database.value(
                "SELECT m.id FROM member m JOIN role r ON r.member = m.id AND r.kind = $2"
                " WHERE m.email = $1 AND m.confirmed_at IS NOT NULL",
                address_of(email.strip()),
                role.value,
            )
            if member is None:
                return {"email": f"Aucun membre de cette adresse n’a le rôle « {KIND[role]} ». Donnez-le-lui d’abord."}
        if await database.value(
            "UPDATE contact SET member = $2, changed_at = clock_timestamp() WHERE id = $1"
            " AND member IS DISTINCT FROM $2 RETURNING TRUE",
            contact,
            member,
        ):
            await audit.record(
                "contact.linked" if member else "contact.unlinked", by=by, kind="contact", subject=contact
            )
        return {}


async def account_of(member: UUID | None) -> str:
    """Its address, '' for none."""
    return await database.value("SELECT email FROM member WHERE id = $1", member) or "" if member else ""
