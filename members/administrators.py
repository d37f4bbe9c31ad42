"""The first administrator, made from the command line: there is nobody yet to give the role."""

from uuid import UUID

from app import database
from app.database import transaction
from app.refusals import Refused
from members.emails import address_of
from members.first_names import first_name_of, what_is_wrong
from members.home_commune import meant
from members.joining import CHARTER
from members.passwords import hash_password, weakness
from members.roles import Scope, give
from members.tables import RoleKind
from moderation import audit

NOT_AN_ADDRESS = "Cette adresse e-mail ne semble pas complète. Exemple : prenom@exemple.fr."
NOT_READY = "La base de données n’est pas prête. Lancez d’abord « entraide migrate »."
UNCONFIRMED = "Ce compte n’a pas confirmé son adresse. Que la personne ouvre le lien reçu par e-mail, puis recommencez."
UNKNOWN_COMMUNE = (
    "Cette commune n’est pas trouvée, ou plusieurs portent ce nom. Essayez « Brest (29) » ou son code INSEE."
)


async def promote(email: str) -> str | None:
    """Makes an existing member an administrator and says so; None when nobody has this address.

    Raises Refused for what is no address and for a database without tables.
    """
    address = _address(email)
    async with transaction():
        if not await database.value("SELECT to_regclass('role')"):
            raise Refused(NOT_READY)
        member = await database.row("SELECT id, confirmed_at FROM member WHERE email = $1 FOR UPDATE", address)
        if member is None:
            return None
        if member["confirmed_at"] is None:  # whoever typed this address may not be its owner
            raise Refused(UNCONFIRMED)
        await _trust(member["id"])
        granted = await give(member["id"], RoleKind.administrator, Scope(), by=None)
    return f"{address} administre désormais le site." if granted else f"{address} administre déjà le site."


async def create(email: str, first_name: str, commune: str, password: str) -> str:
    """A confirmed, trusted member who administers. Raises Refused naming what does not fit."""
    address, name = _address(email), first_name_of(first_name)
    place, _ = meant(commune)
    if wrong := what_is_wrong(name) or weakness(password, email=address, first_name=name):
        raise Refused(wrong)
    if place is None:
        raise Refused(UNKNOWN_COMMUNE)
    password_hash = await hash_password(password)
    async with transaction():
        created: UUID | None = await database.value(
            "INSERT INTO member (email, password_hash, first_name, commune, joined_at, charter_version,"
            " approved_publications) VALUES ($1, $2, $3, $4, now(), $5, 0) ON CONFLICT (email) DO NOTHING RETURNING id",
            address,
            password_hash,
            name,
            place.code,
            CHARTER,
        )
        if created is None:
            raise Refused("Un compte vient d’être ouvert avec cette adresse. Recommencez pour lui donner le rôle.")
        await _trust(created)
        await audit.record("joined", by=None, kind="member", subject=created)
        await give(created, RoleKind.administrator, Scope(), by=None)
    return f"Le compte {address} est ouvert et administre le site."


async def _trust(member: UUID) -> None:
    await database.execute(
        "UPDATE member SET confirmed_at = coalesce(confirmed_at, now()), trusted_at = coalesce(trusted_at, now())"
        " WHERE id = $1",
        member,
    )


def _address(typed: str) -> str:
    address = address_of(typed)
    if address is None:
        raise Refused(NOT_AN_ADDRESS)
    return address
