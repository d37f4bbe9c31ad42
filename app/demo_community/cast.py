"""Who lives in the demo. Their password is public: the demo listens on this machine only."""

from datetime import timedelta
from uuid import UUID, uuid4

import msgspec

from app import database
from app.dates import now
from members.bodies import BodyForm, create_body
from members.issuing import CodeForm, issue
from members.joining import CHARTER
from members.me import Me
from members.passwords import hash_password
from members.roles import Scope, give
from members.tables import BodyKind, RoleKind

DOMAIN = "demo.entraide"
PASSWORD = "quatre mots pour essayer"  # noqa: S105


class Person(msgspec.Struct, frozen=True):
    """`weeks` is how long ago they joined; a new member is not trusted yet. `territory` are departments, none for
    everywhere."""

    first_name: str
    commune: str
    weeks: int
    is_trusted: bool = True
    role: RoleKind | None = None
    territory: str = ""


CAST = {
    "denis": Person("Denis", "75112", 11, role=RoleKind.administrator),
    "anne": Person("Anne", "29019", 10),
    "bilal": Person("Bilal", "29232", 9),
    "chloe": Person("Chloé", "35238", 9, role=RoleKind.moderator),
    "farid": Person("Farid", "97411", 4, role=RoleKind.moderator),
    "emilie": Person("Émilie", "29019", 1, is_trusted=False),
    # Neighbours of Anne: who answers when she asks.
    "gaelle": Person("Gaëlle", "29075", 8),
    "hugo": Person("Hugo", "29019", 7),
    "ines": Person("Inès", "29019", 6),
    "jules": Person("Jules", "29103", 6),
    "karim": Person("Karim", "29019", 5),
    "louise": Person("Louise", "29235", 5),
    "maelle": Person("Maëlle", "29212", 4),
    "nicolas": Person("Nicolas", "29189", 3),
    # Further away: with whom homes are exchanged.
    "odile": Person("Odile", "74010", 8),
    "pierre": Person("Pierre", "33063", 10),
    "rosa": Person("Rosa", "64102", 6),
    "samir": Person("Samir", "13055", 7),
    "tania": Person("Tania", "67482", 4),
    # Who helps with rights: for a body, and for the social service.
    "victor": Person("Victor", "29026", 9, role=RoleKind.correspondent, territory="29"),
    "wanda": Person("Wanda", "29019", 8, role=RoleKind.social_worker, territory="29"),
}
BODIES = [
    BodyForm(name="Délégation du Finistère", kind=BodyKind.delegation, department="29"),
    BodyForm(name="Commune de Châteaulin", kind=BodyKind.employer, department="29"),
    BodyForm(name="Amicale de La Réunion", kind=BodyKind.association, department="974"),
]


def address(name: str) -> str:
    return f"{name}@{DOMAIN}"


async def settle() -> dict[str, Me]:
    """Everyone, their roles, their bodies and a code to join with. Takes the caller's transaction."""
    password_hash = await hash_password(PASSWORD)
    cast = {name: await _join(name, person, password_hash) for name, person in CAST.items()}
    denis = cast["denis"].id
    for name, person in CAST.items():
        if person.role:
            await give(
                cast[name].id, person.role, Scope(departments=person.territory), by=denis if name != "denis" else None
            )
    bodies = [await create_body(form, denis) for form in BODIES]
    for body in filter(None, bodies):
        await issue(body, CodeForm(months=12, most_uses=50), denis)
    await database.execute(
        "INSERT INTO membership (member, body, since) SELECT id, $1, joined_at FROM member", bodies[0]
    )
    return cast


async def _join(name: str, person: Person, password_hash: str) -> Me:
    joined = now() - timedelta(weeks=person.weeks)
    member: UUID = await database.value(
        """
        INSERT INTO member (email, password_hash, first_name, commune, joined_at, confirmed_at, charter_version,
            trusted_at, approved_publications)
        VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8) RETURNING id
        """,
        address(name),
        password_hash,
        person.first_name,
        person.commune,
        joined,
        CHARTER,
        joined if person.is_trusted else None,
        3 if person.is_trusted else 0,
    )
    return Me(
        id=member,
        session=uuid4(),
        first_name=person.first_name,
        commune=person.commune,
        is_trusted=person.is_trusted,
        is_moderator=person.role is RoleKind.moderator,
        is_administrator=person.role is RoleKind.administrator,
        is_correspondent=person.role is RoleKind.correspondent,
        is_social_worker=person.role is RoleKind.social_worker,
        categories=(),
        departments=(),
        unread_messages=0,
        unread_notifications=0,
    )
