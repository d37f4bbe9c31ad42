"""An alert says what a search would: whatever is asked and whatever the ad, both answer alike.

Beside the ad stand three others with every word, so that the engine has no reason to guess: alerts never do.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from app import database
from app.dates import today
from app.piccolo_conf import DB
from listings.reading.filters import Filters, Yes
from listings.reading.holding import together
from listings.reading.list_page import query_of
from places.communes import commune
from search.contract import Document, DocumentType, Period, Query
from search.embedded import EmbeddedEngine
from search.keeping import write
from search.saved.matching import match
from search.saved.paces import Pace
from search.saved.saving import narrows, save
from tests.helpers.ads import in_days
from tests.moderation.cases.people import as_me

# Plurals, accents, ligatures, apostrophes, compounds, acronyms, numbers, synonyms of each other, expressions.
WORDS = (
    "vélo", "vélos électriques", "œuvre", "oeuvres", "l’école", "école", "baby-sitter", "babysitter", "nounou",
    "garde d'enfants", "16", "18", "pouces", "poussette", "poussettes", "landau", "canapé", "déménagement", "cartons",
    "carton", "mobil-home", "chat", "chien", "covoiturage", "trajet", "AESH", "devoirs", "soutien scolaire", "le",
    "pas",
)  # fmt: skip
COMMUNES = ("29019", "29232", "29075", "22278", "35238", "83137", "75056", "97411")
DAYS = some.integers(-10, 20).map(in_days)


def texts(most: int) -> some.SearchStrategy[str]:
    return some.lists(some.sampled_from(WORDS), max_size=most).map(" ".join)


@some.composite
def documents(draw: Any) -> dict[str, Any]:
    place = commune(draw(some.sampled_from(COMMUNES)))
    assert place is not None
    category = draw(some.sampled_from(("childcare", "school_run", "pet_care", "classifieds", "rides", "tips")))
    deal = draw(some.sampled_from(("give", "lend", "sell"))) if category == "classifieds" else None
    start, end = draw(some.none() | DAYS), draw(some.none() | DAYS)
    return {
        "type": DocumentType.tip if category == "tips" else DocumentType.listing,
        "category": category,
        "kind": None if category == "tips" else draw(some.sampled_from(("request", "offer"))),
        "deal": deal,
        "title": draw(texts(3)) or "Bonjour",
        "body": draw(texts(5)),
        "words": draw(texts(1)),
        "commune": place.code,
        "department": place.department,
        "region": place.region,
        "lat": place.lat,
        "lon": place.lon,
        "price_cents": draw(some.integers(1, 20_000)) if deal == "sell" else None,
        "starts_on": start,
        "ends_on": end if not (start and end) or end >= start else start,
        "days": tuple(sorted(draw(some.sets(some.integers(0, 6), max_size=3)))),
        "periods": tuple(sorted(draw(some.sets(some.sampled_from(Period), max_size=2)))),
        "has_photo": draw(some.booleans()),
        "has_helped": draw(some.booleans()),
    }


@some.composite
def ads_and_filters(draw: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Most filters fit the ad: drawn at random, hardly any search would find it."""
    said = draw(documents())
    words = f"{said['title']} {said['body']}".split()
    fitting: dict[str, some.SearchStrategy[Any]] = {
        "q": some.lists(some.sampled_from(words), min_size=1, max_size=2).map(" ".join),
        "categorie": some.just(said["category"]),
        "type": some.just(said["kind"]),
        "nature": some.just(said["deal"]),
        "region": some.just(said["region"]),
        "departement": some.just(said["department"]),
        "commune": some.sampled_from((said["commune"], "29019")),
        "rayon": some.sampled_from((5, 10, 25, 50, 100)),
        "du": DAYS,
        "au": some.integers(0, 20).map(in_days),
        "jours": some.sampled_from((said["days"], (0, 1))),
        "moments": some.sampled_from((said["periods"], (Period.evening,))),
        "prix_max": some.integers(1, 200),
        "photos": some.just(Yes.yes),
        "aide": some.just(Yes.yes),
    }
    any_other = {
        "q": texts(2),
        "categorie": some.sampled_from(("childcare", "classifieds", "rides", "tips")),
        "type": some.sampled_from(("request", "offer")),
        "nature": some.sampled_from(("give", "sell")),
        "region": some.sampled_from(("53", "93", "11")),
        "departement": some.sampled_from(("29", "22", "83")),
    }
    named = draw(some.sets(some.sampled_from(sorted(fitting)), max_size=3))
    named |= draw(some.sampled_from(({"q"}, {"q", "rayon"}, {"rayon", "commune"}, {"jours"}, {"moments"})))
    astray = draw(some.integers(0, 3)) == 0
    return said, {name: draw(any_other.get(name, fitting[name]) if astray else fitting[name]) for name in sorted(named)}


@pytest.fixture
async def engine(app: Any) -> AsyncIterator[EmbeddedEngine]:
    opened = EmbeddedEngine()
    await opened.prepare()
    yield opened
    await opened.close()


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(both=ads_and_filters())
async def test_an_alert_is_told_when_a_search_would_find(both, engine, anne, bilal):
    said, asked = both
    filters = _filters(asked)
    if not narrows(filters):
        return
    ad = Document(id=str(uuid4()), published_at=datetime.now(UTC) - timedelta(hours=1), author=str(bilal.id), **said)
    me = as_me(anne, is_moderator=False)
    query = query_of(me, filters, counts=())
    before = await DB.current_transaction.get().savepoint()
    await save(me, filters, Pace.at_once)
    await write([ad])
    told = await match(UUID(ad.id))
    row = await database.row("SELECT asked, keys, wanted::text FROM saved_search")
    await before.rollback_to()
    await before.release()
    assert told == await _finds(engine, query, ad), (row and dict(row), ad)


async def _finds(engine: EmbeddedEngine, query: Query, ad: Document) -> bool:
    others = [_answering(query, f"other-{number}") for number in range(3)]
    await engine.put([ad, *others])
    answer = await engine.search(query)
    await engine.remove([ad.id, *(one.id for one in others)])
    assert answer.total >= 3, "the engine had to guess"
    return ad.id in {hit.id for hit in answer.hits}


def _filters(asked: dict[str, Any]) -> Filters:
    """As an address gives them, places by their names."""
    named = {**asked, "commune": commune(asked["commune"]).label} if "commune" in asked else asked  # type: ignore[union-attr]
    read = Filters(**asked)
    return Filters(**together({name: named.get(name, getattr(read, name)) for name in asked if getattr(read, name)}))


def _answering(query: Query, id: str) -> Document:
    """Which holds whatever is asked."""
    where = query.near
    return Document(
        id=id,
        type=DocumentType.tip if query.category == "tips" else DocumentType.listing,
        category=query.category or "childcare",
        kind=query.kind or "request",
        deal=query.deal,
        title=" . ".join(WORDS),
        body=" . ".join(WORDS),
        department=query.department or "",
        region=query.region or "",
        lat=where.lat if where else None,
        lon=where.lon if where else None,
        days=tuple(range(7)),
        periods=tuple(Period),
        published_at=datetime.now(UTC),
        has_photo=True,
        has_helped=True,
    )


async def test_both_places_of_a_mover_find_what_is_near_either(anne, bilal):
    later = today().year + 1
    await database.execute(
        "INSERT INTO moving (member, commune, season, year, declared_at) VALUES ($1, '83137', 'summer', $2, now())",
        anne.id,
        later,
    )
    me = as_me(anne, is_moderator=False, second_commune="83137")
    await save(me, Filters(q="poussette", rayon=10), Pace.at_once, both_places=True)
    for code, count in (("29019", 1), ("83137", 1), ("75056", 0)):
        place = commune(code)
        assert place is not None
        ad = Document(
            id=str(uuid4()),
            title="Poussette",
            body="",
            department=place.department,
            region=place.region,
            lat=place.lat,
            lon=place.lon,
            published_at=datetime.now(UTC),
            author=str(bilal.id),
        )
        await write([ad])
        assert await match(UUID(ad.id)) == count, code
