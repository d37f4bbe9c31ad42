"""What is proposed while one types: communes in a form, categories, communes and titles in the search box."""

from urllib.parse import urlencode

from litestar import Controller, Request, get
from litestar.params import FromQuery
from litestar.response import Template

from app.pages import page
from listings.filters import Around, Filters
from listings.kinds import CATEGORY
from members.guards import signed_in
from members.me import Me
from moving.places import places_of
from places.finding import suggest
from places.folding import fold
from search.contract import EngineUnavailable
from search.engine import engine

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
    return [*_categories(me, typed), *await _titles(me, typed), *_departments(typed)]


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
    there = [(f"autour de {place.name}", {"autour": Around.there, "rayon": AROUND_KM}) for place in places_of(me)[1:]]
    return [("catégorie", {}), *there]


async def _titles(me: Me, typed: str) -> list[tuple[str, str, str]]:
    try:
        hidden = tuple(str(member) for member in me.hidden)
        found = await engine().suggest(typed, limit=TITLES, hidden_authors=hidden)
    except EngineUnavailable:
        return []
    return [(f"/annonces?{urlencode({'q': one.text})}", one.text, "") for one in found]


def _departments(typed: str) -> list[tuple[str, str, str]]:
    places = suggest(typed, limit=COMMUNES) if len(typed) > 2 else []
    return [
        (Filters(departement=place.department).address(), place.name, f"annonces du {place.department}")
        for place in places
    ]
