"""A local offer is sent, or changed while it is online: within the territory of its author, and always read first."""

from typing import Any

from app.forms import Errors
from listings.ad import Ad
from listings.content import Content
from listings.kinds import Status
from listings.life.publishing import submit
from listings.writing.editing import Edited, edit
from members.me import Me
from partners.territory import guard_territory, outside_of
from partners.writing.completeness import missing


async def lacking(content: Content, by: Me) -> Errors:
    """What keeps it from being sent, by field: what is missing, and departments out of their territory."""
    errors = missing(content)
    if problem := await outside_of(departments_of(content), by.id):
        errors["departments"] = problem
    return errors


async def send_offer(ad: Ad, by: Me) -> Status:
    """Raises OutsideTerritory, and Refused as `submit` does."""
    await guard_territory(departments_of(ad.content), by.id)
    return await submit(ad.id, by)


async def change_offer(ad: Ad, by: Me, content: Content, shown: int | None) -> Edited:
    """Raises OutsideTerritory, and Refused or ChangedMeanwhile as `edit` does."""
    await guard_territory(departments_of(content), by.id)
    return await edit(ad.id, by, content, shown)


def departments_of(content: Content) -> Any:
    return content.details.get("departments", [])
