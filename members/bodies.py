"""The bodies that vouch for members: listed, found by name, created. Who belongs to one is never listed."""

from typing import Annotated
from uuid import UUID

import asyncpg
import msgspec

from app import database
from app.database import transaction
from app.forms import Errors, Form
from app.refusals import NotHere
from members.tables import BodyKind
from moderation import audit
from places.departments import department

SIZE = 25
KIND = {BodyKind.employer: "Employeur", BodyKind.delegation: "Délégation", BodyKind.association: "Association"}
TAKEN = "Un organisme porte déjà ce nom. Ajoutez sa ville ou son département pour les distinguer."
UNREADABLE = "Ce nom contient des caractères invisibles. Écrivez-le à la main."
UNKNOWN_DEPARTMENT = "Choisissez un département de la liste."


class BodyForm(Form):
    name: Annotated[str, msgspec.Meta(min_length=3, max_length=120)]
    kind: BodyKind
    department: str = ""

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {"kind": "Choisissez la nature de l’organisme.", "name": "Écrivez un nom de 3 à 120 caractères."}

    @property
    def tidy_name(self) -> str:
        return " ".join(self.name.split())

    def errors(self) -> Errors:
        errors = Errors()
        if not self.tidy_name.isprintable():
            errors["name"] = UNREADABLE
        if self.department and department(self.department) is None:
            errors["department"] = UNKNOWN_DEPARTMENT
        return errors


class Shelf(msgspec.Struct, frozen=True):
    """One page of bodies by name; `next` is the body the following page starts after."""

    bodies: list[asyncpg.Record]
    next: UUID | None


async def bodies(named: str = "", after: UUID | None = None) -> Shelf:
    """Those whose name contains these words, with their living code's figures. An unknown `after` starts at the top.

    `folded` is kept by the database from the name, without capitals and accents.
    """
    found = await database.rows(
        f"""
        SELECT b.id, b.name, b.kind, b.department, c.uses, c.most_uses, c.expires_at FROM body b
        LEFT JOIN joining_code c ON c.body = b.id AND c.revoked_at IS NULL
        WHERE ($1 = '' OR strpos(b.folded, folded_name($1)) > 0)
        AND (b.folded, b.id) > (
            coalesce((SELECT folded FROM body WHERE id = $2), ''),
            coalesce((SELECT id FROM body WHERE id = $2), '{UUID(int=0)}'))
        ORDER BY b.folded, b.id LIMIT {SIZE + 1}
        """,
        " ".join(named.split()),
        after,
    )
    shown = found[:SIZE]
    return Shelf(shown, shown[-1]["id"] if len(found) > SIZE else None)


async def body(body_id: UUID) -> asyncpg.Record:
    """The body with how many confirmed members it vouches for. Raises NotHere."""
    found = await database.row(
        "SELECT b.*, (SELECT count(*)::int FROM membership s JOIN member m ON m.id = s.member"
        " WHERE s.body = b.id AND m.confirmed_at IS NOT NULL) AS members FROM body b WHERE b.id = $1",
        body_id,
    )
    if found is None:
        raise NotHere
    return found


async def create_body(form: BodyForm, by: UUID) -> UUID | None:
    """None when the name is taken."""
    async with transaction():
        created: UUID | None = await database.value(
            "INSERT INTO body (name, kind, department, created_at) VALUES ($1, $2, $3, now())"
            " ON CONFLICT (name) DO NOTHING RETURNING id",
            form.tidy_name,
            form.kind.value,
            form.department or None,
        )
        if created:
            await audit.record("body.created", by=by, kind="body", subject=created)
    return created
