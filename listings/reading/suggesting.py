"""What is proposed while one types: communes in a form, categories, communes and titles in the search box."""

from litestar import Controller, Request, get
from litestar.params import FromQuery
from litestar.response import Template

from app.french import of
from app.pages import page
from listings.kinds import CATEGORY
from listings.reading.filters import Around, Filters
from listings.reading.list_page import query_of
from members.guards import signed_in
from members.me import Me
from moving.places import places_of
from places.finding import suggest
from places.folding import fold
from search.contract import EngineUnavailable, Query
from search.engine import engine
from search.facets import facets_of

LONGEST = 80
TITLES, COMMUNES = 5, 3
AROUND_KM = 50


class Suggesting(Controller):
    @get("/communes")
    async def communes(self, request: Request, q: FromQuery[str] = "") -> Template:
        options = [(place.label, place.name, place.postcodes[0] if place.postcodes else place.department)
                   for place in suggest(q[:LONGEST])]  # fmt: skip
        return page(request, "listings/_communes.html", options=options)

    @get("/suggestions", guards=[signed_in])
    async def suggestions(self, request: Request, q: FromQuery[str] = "") -> Template:
        return page(request, "listings/_suggestions.html", options=await _options(request.user, q.strip()[:LONGEST]))


async def _options(me: Me, typed: str) -> list[tuple[str, str, str]]:
    """(address, text, note) of each suggestion."""
    if len(typed) < 2:
        return []
    return [*_categories(me, typed), *await _titles(me, typed), *await _departments(me, typed)]


def _categories(me: Me, typed: str) -> list[tuple[str, str, str]]:
    """Each category whose name begins so; for who is moving also near where they will live."""
    start = fold(typed)
    return [
        (Filters(categorie=category, **near).address(), label, note)  # type: ignore[arg-type]
        for category, label in CATEGORY.items()
        if any(word.startswith(start) for word in (fold(label), *fold(label).split()))
        for note, near in _ways(me)
    ]


def _ways(me: Me) -> list[tuple[str, dict[str, object]]]:
    """(note, filters): everywhere, then around the second place."""
    there = [(f"autour {of(place.name)}", {"autour": Around.there, "rayon": AROUND_KM}) for place in places_of(me)[1:]]
    return [("catégorie", {}), *there]


async def _titles(me: Me, typed: str) -> list[tuple[str, str, str]]:
    try:
        hidden = tuple(str(member) for member in me.hidden)
        found = await engine().suggest(Query(words=typed, hidden_authors=hidden), limit=TITLES)
    except EngineUnavailable:
        return []
    return [(f"/annonces/{one.id}" if one.id else Filters(q=one.text).address(), one.text, "") for one in found]


async def _departments(me: Me, typed: str) -> list[tuple[str, str, str]]:
    places = suggest(typed, limit=COMMUNES) if len(typed) > 2 else []
    counted = await facets_of(query_of(me, Filters())) if places else None
    counts = counted.facets.get("department") if counted else None
    return [
        (Filters(departement=place.department).address(), place.name, _department_note(place.department, counts))
        for place in places
    ]


def _department_note(code: str, counts: dict[str, int] | None) -> str:
    return f"annonces du {code}" if counts is None or counts.get(code) else f"aucune annonce du {code} pour l’instant"
