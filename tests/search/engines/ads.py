"""The cast's ads, and short ways to ask for them."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from places.communes import commune
from search.contract import Answer, Document, Engine, Query

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def centre(code: str) -> tuple[float, float]:
    """Ads stand at the centres of communes."""
    place = commune(code)
    assert place is not None
    return place.lat, place.lon


BREST, QUIMPER, TOULON, PARIS, GUIPAVAS = map(centre, ("29019", "29232", "83137", "75056", "29075"))


def ad(
    id: str, title: str, body: str = "", days_old: int = 1, at: tuple[float, float] = BREST, **more: Any
) -> Document:
    more = {"category": "classifieds", "kind": "offer", "author": "anne", "department": "29"} | more
    lat, lon = at
    return Document(
        id=id, title=title, body=body, lat=lat, lon=lon, published_at=NOW - timedelta(days=days_old), **more
    )


CAST = [
    ad(
        "velo",
        "Vélos électriques pour adultes",
        "Deux vélos révisés, casque offert. L’autonomie est de 60 km.",
        deal="sell",
        price_cents=45000,
        commune="Brest",
        has_photo=True,
        days_old=3,
    ),
    ad("poussette", "Poussette double", "Très bon état, roues 16 pouces.", deal="give", author="bilal", days_old=2),
    ad("roue", "Roue de remorque 18 pouces", "Neuve.", deal="sell", price_cents=2000, days_old=9, at=GUIPAVAS),
    ad(
        "garde",
        "Baby-sitter le mercredi",
        "Pour deux enfants de 4 et 7 ans, à la sortie de l'école.",
        category="childcare",
        kind="request",
        author="farid",
        starts_on=date(2026, 12, 1),
        ends_on=date(2027, 6, 30),
        days_old=5,
    ),
    ad(
        "soir",
        "Je garde vos enfants le soir",
        "Étudiante, disponible en semaine.",
        category="childcare",
        author="emilie",
        at=TOULON,
        department="83",
        commune="Toulon",
        days_old=4,
    ),
    ad(
        "chien",
        "Promener un chien",
        "Le midi, berger calme.",
        category="pet_care",
        kind="request",
        author="bilal",
        at=QUIMPER,
        starts_on=date(2026, 12, 24),
        ends_on=date(2026, 12, 26),
        days_old=6,
    ),
    ad(
        "chevaux",
        "Visites aux chevaux",
        'Foin & eau <b>chaque</b> jour "promis".',
        category="pet_care",
        author="farid",
        at=PARIS,
        department="75",
        days_old=8,
    ),
]


async def in_batches(documents: Sequence[Document], size: int = 200) -> AsyncIterator[list[Document]]:
    for start in range(0, len(documents), size):
        yield list(documents[start : start + size])


async def found(engine: Engine, words: str = "", **conditions: Any) -> list[str]:
    return [hit.id for hit in (await ask(engine, words, **conditions)).hits]


async def ask(engine: Engine, words: str = "", **conditions: Any) -> Answer:
    return await engine.search(Query(words=words, **conditions))
