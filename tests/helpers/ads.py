"""Ads of the cast, ready in each state."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from app import database
from app.dates import today
from listings.content import Content
from listings.kinds import Category, Deal, Kind
from listings.life.term import expiry
from listings.tables import Listing
from listings.writing.writing_down import write_down
from members.tables import Member
from moderation.cases.opening import open_case
from moderation.cases.tables import CaseKind
from search.keeping import keep_indexed

DETAILS: dict[str, dict[str, Any]] = {
    "childcare": {"children": 2, "ages": ["toddler", "child"], "home": "theirs"},
    "school_run": {"school": "29019", "seats": 2},
    "pet_care": {"species": ["cat"], "home": "theirs"},
    "classifieds": {"condition": "good"},
    "helping_hand": {"task": "moving"},
    "rides": {"to": "29232", "seats": 3},
    "tips": {},
    "home": {
        "home_kind": "house",
        "sleeps": 5,
        "bedrooms": 2,
        "beds": {"double": 1, "single": 3},
        "occupancy": "owner",
        "settings": ["sea"],
        "amenities": ["wifi", "garden"],
    },
    "local_offer": {
        "offer_kind": "offer",
        "partner": "Piscine municipale",
        "readers": "everyone",
        "conditions": "Une entrée par personne et par jour.",
        "how": "Montrez votre carte à l’accueil.",
        "departments": ["29"],
        "body": "Action sociale de Brest",
        "agreement": "Convention 2026-12 signée par la ville",
        "agreed_on": "2026-01-15",
    },
}
TITLES = {
    "childcare": "Garde de deux enfants le mercredi",
    "school_run": "Trajet d’école partagé le matin",
    "pet_care": "Nourrir notre chat quelques jours",
    "classifieds": "Poussette pliante à donner",
    "helping_hand": "Aide pour porter un canapé",
    "rides": "Covoiturage vers Quimper",
    "tips": "Une bonne adresse pour réparer un vélo",
    "home": "Maison claire à dix minutes de la plage",
    "local_offer": "Piscine de Brest : entrée à tarif réduit",
}
BODY = "Bonjour, quelqu’un du quartier serait-il disponible ? Merci beaucoup à vous."


def content(category: str = "childcare", **given: Any) -> Content:
    """A complete ad of the category. `details` replaces the category's; the other names are those of Content."""
    kind, deal = given.pop("kind", None), given.pop("deal", None)
    if category == "classifieds":
        deal = deal or "give"
        kind = kind or ("request" if deal == "seek" else "offer")
    elif category not in ("tips", "home", "local_offer"):
        kind = kind or "request"
    return Content(
        category=Category(category),
        kind=Kind(kind) if kind else None,
        deal=Deal(deal) if deal else None,
        **{"title": TITLES[category], "body": BODY, "commune": "29019", "details": DETAILS[category], **given},
    )


async def draft(author: Member, category: str = "childcare", **given: Any) -> Listing:
    """A complete draft; `title=""` and the like make it incomplete."""
    return await _row(await _insert(author, content(category, **given)))


async def pending(author: Member, category: str = "childcare", **given: Any) -> Listing:
    """An ad that waits, with its open case."""
    said = content(category, **given)
    listing = await _insert(author, said)
    department = await database.value(
        "UPDATE listing SET status = 'pending', submitted_at = now() WHERE id = $1 RETURNING department", listing
    )
    await open_case(kind=CaseKind.listing, listing=listing, author=author.id, category=category, department=department)
    return await _row(listing)


async def published(
    author: Member, category: str = "childcare", *, published_at: datetime | None = None, **given: Any
) -> Listing:
    """An ad online since `published_at` (now). Its index job waits: `run_jobs` makes it findable."""
    said = content(category, **given)
    listing, at = await _insert(author, said), published_at or datetime.now(UTC)
    await database.execute(
        "UPDATE listing SET status = 'published', submitted_at = $2, published_at = $2, expires_at = $3 WHERE id = $1",
        listing,
        at,
        expiry(said, at),
    )
    await keep_indexed(listing)
    return await _row(listing)


async def closed(author: Member, category: str = "childcare", *, outcome: str = "fulfilled", **given: Any) -> Listing:
    listing = (await published(author, category, **given)).id
    await database.execute(
        "UPDATE listing SET status = 'closed', outcome = $2, closed_at = now() WHERE id = $1", listing, outcome
    )
    await keep_indexed(listing)
    return await _row(listing)


async def removed(author: Member, category: str = "childcare", **given: Any) -> Listing:
    listing = (await published(author, category, **given)).id
    await database.execute("UPDATE listing SET status = 'removed' WHERE id = $1", listing)
    await keep_indexed(listing)
    return await _row(listing)


def in_days(days: int) -> date:
    """Of the site's own days: those of Paris, whatever the machine's clock says."""
    return today() + timedelta(days=days)


async def _insert(author: Member, said: Content) -> UUID:
    listing = await database.value(
        "INSERT INTO listing (author, category, status, created_at, updated_at, title, body, details, quantity, photos,"
        " replies, version) VALUES ($1, $2, 'draft', now(), now(), '', '', '{}', 1, '{}', 0, 1) RETURNING id",
        author.id,
        said.category.value,
    )
    await write_down(listing, said)
    return listing


async def _row(listing: UUID) -> Listing:
    found = await Listing.objects().get(Listing.id == listing)
    assert found is not None
    return found
