"""What there is of rights in the database: little, and of nobody."""

from app import database
from app.dates import today
from benefits.bridges.hiding import hide
from members.tables import Member


async def some_uses(member: Member) -> dict[str, str]:
    """A benefit opened today; a member who wants no rights beside rides."""
    await database.execute(
        "INSERT INTO benefit_use (\"on\", use, thing, times) VALUES ($1, 'opened', 'prestation/ars', 3)", today()
    )
    await hide(member.id, "rides")
    return {"category": "rides", "benefit": "ars", "rubric": "enfants", "event": "naissance", "simulator": "af"}
