"""Roles: who moderates what, who administers. Read at every request, so that a change is at once in force."""

import re
from typing import Annotated, Self
from uuid import UUID

import asyncpg
import msgspec
from litestar.datastructures import FormMultiDict

from app import database
from app.database import transaction
from app.forms import Errors, Form
from app.refusals import NotHere, Refused
from listings.kinds import Category
from members.emails import same_address
from members.tables import RoleKind
from moderation import audit
from places.departments import department

KIND = {
    RoleKind.moderator: "Modération",
    RoleKind.administrator: "Administration",
    RoleKind.correspondent: "Correspondance d’un organisme",
    RoleKind.social_worker: "Service social",
}
UNKNOWN = "Aucun membre n’a confirmé cette adresse. Vérifiez-la avec la personne."
HAS_IT = "Ce membre a déjà ce rôle."
LAST = "C’est le seul rôle d’administration : donnez-le d’abord à une autre personne, puis retirez celui-ci."
GONE = "Ce rôle n’existe plus : un autre administrateur vient de le retirer."


class Scope(Form):
    """Where somebody acts; nothing chosen means everywhere. `departments` is typed: `29, 35, 2A, 974`."""

    categories: list[Category] = []
    departments: Annotated[str, msgspec.Meta(max_length=600)] = ""

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {"categories": "Choisissez parmi les rubriques proposées."}

    @classmethod
    def read(cls, sent: FormMultiDict) -> tuple[Self | None, Errors]:
        """As every form, with the departments nobody knows among the errors."""
        form, errors = super().read(sent)
        unknown = [code for code in _codes(str(sent.get("departments") or "")) if department(code) is None]
        if unknown and "departments" not in errors:
            some = ", ".join(code[:12] for code in unknown[:5])
            errors["departments"] = f"Aucun département ne porte ce numéro : {some}. Exemple : 29, 35, 2A, 974."
        return (None if errors else form), errors

    @property
    def codes(self) -> list[str]:
        """The departments as codes, each once."""
        return _codes(self.departments)

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(category.value for category in self.categories))


class Address(Form):
    email: Annotated[str, msgspec.Meta(max_length=254)]


class GrantForm(Scope, kw_only=True):
    email: Annotated[str, msgspec.Meta(max_length=254)]
    kind: RoleKind

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {**super().messages(), "kind": "Choisissez un rôle.", "email": "Écrivez une adresse e-mail."}


def _codes(typed: str) -> list[str]:
    parts = re.split(r"[\s,;]+", typed.upper())
    return list(dict.fromkeys(code.zfill(2) for code in parts if code))


async def asked_to_grant(sent: FormMultiDict) -> tuple[GrantForm | None, Errors]:
    """The form, or all that is wrong with it at once: what does not fit, and an address nobody confirmed."""
    form, errors = GrantForm.read(sent)
    whose, _ = Address.read(sent)
    if whose and await _confirmed(whose.email) is None:
        errors["email"] = UNKNOWN
    return (None if errors else form), errors


async def roles() -> list[asyncpg.Record]:
    """Everyone with a role, administrators first."""
    return await database.rows(f"{_ROLE} ORDER BY r.kind, m.first_name, r.id")


async def role(role_id: UUID) -> asyncpg.Record:
    """Raises NotHere."""
    found = await database.row(f"{_ROLE} WHERE r.id = $1", role_id)
    if found is None:
        raise NotHere
    return found


async def grant(form: GrantForm, by: UUID | None) -> Errors:
    """Gives the role to the confirmed member of this very address; otherwise says what to do beside the field."""
    async with transaction():
        member = await _confirmed(form.email)
        if member is None:
            return {"email": UNKNOWN}
        granted = await give(member, form.kind, form, by)
        return {} if granted else {"email": HAS_IT}


async def _confirmed(email: str) -> UUID | None:
    found: UUID | None = await database.value(
        "SELECT id FROM member WHERE email = $1 AND confirmed_at IS NOT NULL", same_address(email)
    )
    return found


async def give(member: UUID, kind: RoleKind, scope: Scope, by: UUID | None) -> UUID | None:
    """The new role, or None when the member has it. An administrator has no scope, only moderators have categories."""
    async with transaction():
        granted: UUID | None = await database.value(
            "INSERT INTO role (member, kind, categories, departments, granted_by, granted_at)"
            " VALUES ($1, $2, $3, $4, $5, now()) ON CONFLICT (member, kind) DO NOTHING RETURNING id",
            member,
            kind.value,
            scope.names if kind is RoleKind.moderator else [],
            scope.codes if kind is not RoleKind.administrator else [],
            by,
        )
        if granted:
            await audit.record("role.granted", by=by, kind="member", subject=member, role=kind.value, **_facts(scope))
    return granted


async def territory_of(member: UUID, kind: RoleKind) -> tuple[str, ...] | None:
    """Codes of the departments where they act in this role, none of them for everywhere; None without the role."""
    found = await database.row("SELECT departments FROM role WHERE member = $1 AND kind = $2", member, kind.value)
    return tuple(found["departments"]) if found else None


async def change_scope(role_id: UUID, scope: Scope, by: UUID) -> None:
    """Raises Refused when the role was withdrawn meanwhile or has no scope."""
    async with transaction():
        member = await database.value(
            "UPDATE role SET departments = $3, categories = CASE kind WHEN 'moderator' THEN $2 ELSE categories END"
            " WHERE id = $1 AND kind <> 'administrator' RETURNING member",
            role_id,
            scope.names,
            scope.codes,
        )
        if member is None:
            raise Refused(GONE)
        await audit.record("role.scoped", by=by, kind="member", subject=member, **_facts(scope))


async def withdraw(role_id: UUID, by: UUID) -> None:
    """Raises Refused for the last administrator, and when the role was withdrawn meanwhile."""
    async with transaction():
        # All administrators are locked: of two withdrawals at once, the second counts what the first one left.
        locked = await database.rows("SELECT id FROM role WHERE kind = 'administrator' ORDER BY id FOR UPDATE")
        if [row["id"] for row in locked] == [role_id]:
            raise Refused(LAST)
        gone = await database.row("DELETE FROM role WHERE id = $1 RETURNING member, kind", role_id)
        if gone is None:
            raise Refused(GONE)
        await audit.record("role.withdrawn", by=by, kind="member", subject=gone["member"], role=gone["kind"])


def _facts(scope: Scope) -> dict[str, str]:
    return {"categories": ",".join(scope.names), "departments": ",".join(scope.codes)}


_ROLE = """
    SELECT r.id, r.kind, r.categories, r.departments, r.granted_at, r.member, m.first_name, m.email, m.commune,
        giver.first_name AS giver
    FROM role r JOIN member m ON m.id = r.member LEFT JOIN member giver ON giver.id = r.granted_by
"""
