"""Local offers of the cast: the pool of Brest at a reduced price, for everyone, unless a test says otherwise."""

from datetime import UTC, datetime
from typing import Any

from app import database
from listings.tables import Listing
from members.tables import Member, Role
from tests.helpers import ads

SHEET = ads.DETAILS["local_offer"]
OF_AN_OFFER = frozenset({"title", "body", "commune", "wanted_by", "published_at"})
FORM: dict[str, Any] = {
    "offer_kind": "offer",
    "title": "Piscine de Brest : entrée à tarif réduit",
    "partner": "Piscine municipale",
    "body": "L’entrée de la piscine à un prix convenu, toute l’année.",
    "conditions": "Une entrée par personne et par jour.",
    "for_whom": "Les agents et leur famille",
    "how": "Montrez votre carte à l’accueil.",
    "url": "https://piscine.exemple.fr/tarifs?utm_source=lettre&page=2",
    "commune": "Brest (29)",
    "departments": "29",
    "readers": "everyone",
    "rubric": "vacances-loisirs",
    "agreement": "Convention 2026-12 signée par la ville",
    "agreed_on": "2026-01-15",
    "reference": "P-1",
    "do": "send",
}


async def correspondent(member: Member, *departments: str) -> Member:
    """The same, with this role in these departments (none: everywhere)."""
    await Role(
        member=member.id, kind="correspondent", departments=list(departments), granted_at=datetime.now(UTC)
    ).save()
    return member


async def an_offer(author: Member, **given: Any) -> Listing:
    """Online. `given` are fields of the sheet (`readers="members"`), or title, body, commune, wanted_by,
    published_at."""
    return await ads.published(author, "local_offer", **_said(given))


async def offer_draft(author: Member, **given: Any) -> Listing:
    return await ads.draft(author, "local_offer", **_said(given))


async def waiting_offer(author: Member, **given: Any) -> Listing:
    """One that a moderator has yet to read."""
    return await ads.pending(author, "local_offer", **_said(given))


async def status_of(offer: Any) -> str:
    return await database.value("SELECT status FROM listing WHERE id = $1", getattr(offer, "id", offer))


def _said(given: dict[str, Any]) -> dict[str, Any]:
    common = {name: value for name, value in given.items() if name in OF_AN_OFFER}
    sheet = {name: value for name, value in given.items() if name not in OF_AN_OFFER}
    return {"body": FORM["body"], **common, "details": {**SHEET, **sheet}}
