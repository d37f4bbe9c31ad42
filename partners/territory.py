"""Where a correspondent may propose something: within their departments, as they are today."""

from collections.abc import Sequence
from uuid import UUID

from app.refusals import Refused
from members.roles import territory_of
from members.tables import RoleKind
from places.departments import department

NO_ROLE = "Seuls les correspondants proposent des offres locales, et ce rôle n’est plus le vôtre. Écrivez à l’équipe."


class OutsideTerritory(Refused):
    """An offer reaches where its author is not, or no longer, a correspondent."""


def outside(departments: Sequence[str], territory: Sequence[str]) -> list[str]:
    """Names of those that are not of the territory; an empty one is everywhere."""
    foreign = [code for code in departments if territory and code not in territory]
    return [found.label if (found := department(code)) else code for code in foreign]


async def outside_of(departments: Sequence[str], correspondent: UUID) -> str:
    """What to tell a correspondent whose offer reaches beyond their territory; empty when it does not."""
    territory = await territory_of(correspondent, RoleKind.correspondent)
    if territory is None:
        return NO_ROLE
    names = outside(departments, territory)
    if not names:
        return ""
    return (
        f"Hors de votre territoire : {', '.join(names)}. Retirez ce département, ou demandez à l’équipe de l’ajouter."
    )


async def guard_territory(departments: Sequence[str], correspondent: UUID) -> None:
    """Raises OutsideTerritory."""
    if problem := await outside_of(departments, correspondent):
        raise OutsideTerritory(problem)
