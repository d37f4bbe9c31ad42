"""What is proposed while one types: communes in a form; categories, searches, titles and communes in the search box."""

from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Controller, Request, Response, get
from litestar.params import FromQuery
from litestar.response import Template

from app.dates import now
from app.french import of
from app.pages import page
from exchanges.homes.reading.filters import HomeFilters
from listings.kinds import APART, CATEGORY, Category
from listings.paths import OFFERS
from listings.reading.filters import Filters
from listings.reading.narrowing import Around
from members.guards import signed_in
from members.me import Me
from moving.places import places_of
from places.communes import Place
from places.finding import suggest
from places.folding import fold
from search.contract import Query
from search.overtaking import unless_overtaken
from search.pages.braking import slow_down_suggestions
from search.pages.pinning import pinned_right
from search.suggesting import propose
from search.words.forms import stems
from search.words.synonyms import units

LONGEST = 80
COMMUNES = 3
AROUND_KM = 50
NEAR_KM = 25


class Option(msgspec.Struct, frozen=True):
    """`href` is where choosing it leads, `note` what it is when its text does not say."""

    href: str
    text: str
    note: str = ""


Group = tuple[str, list[Option]]


class Suggesting(Controller):
    @get("/communes")
    async def communes(self, request: Request, q: FromQuery[str] = "") -> Template:
        options = [(place.label, place.name, place.postcodes[0] if place.postcodes else place.department)
                   for place in suggest(q[:LONGEST])]  # fmt: skip
        return page(request, "listings/_communes.html", options=options)

    @get("/suggestions", guards=[signed_in])
    async def suggestions(self, request: Request, q: FromQuery[str] = "") -> Template | Response[None]:
        me: Me = request.user
        await slow_down_suggestions(me)
        typed = " ".join(q.replace("\x00", " ").split())[:LONGEST]
        groups = await unless_overtaken(me.session, request.receive, _groups(me, typed))
        if groups is None:
            return Response(None, status_code=204)
        return page(request, "listings/_suggestions.html", groups=groups)


async def _groups(me: Me, typed: str) -> list[Group]:
    if len(typed) < 2:
        return []
    hidden = tuple(str(member) for member in me.hidden)
    proposed = await propose(Query(words=typed, hidden_authors=hidden, facets=(), alive_at=now()))
    categories = _categories(me, typed)
    named = {fold(option.text) for option in categories}
    groups = [
        ("Rubriques", categories),
        ("Recherches", [Option(_search(words), words) for words in proposed.searches if fold(words) not in named]),
        ("Annonces et pages", _titles(typed, proposed.titles)),
        ("Communes", _communes(typed)),
    ]
    return [(label, options) for label, options in groups if options]


def _titles(typed: str, titles: list[tuple[str, str | None]]) -> list[Option]:
    """First the right that covers what is typed: its title seldom says "SFT" or "divorce"."""
    right = pinned_right(typed)
    covering = [(right.title, right.path)] if right else []
    others = [(title, path or _search(title)) for title, path in titles]
    return [Option(path, title) for title, path in dict.fromkeys((*covering, *others))]


def _search(words: str) -> str:
    return "/recherche?" + urlencode({"q": words})


def _categories(me: Me, typed: str) -> list[Option]:
    """Each category whose name begins so, or says in other words the same; for who is moving also near where they will
    live."""
    start, same = fold(typed), {" ".join(other) for unit in units(typed) for other in unit.others}
    return [
        Option(_list_of(category, near), label, note)
        for category, label in CATEGORY.items()
        if any(word.startswith(start) for word in (fold(label), *fold(label).split())) or stems(label) in same
        for note, near in (_ways(me)[:1] if category is Category.local_offer else _ways(me))
    ]


def _list_of(category: Category, near: dict[str, Any]) -> str:
    if category not in APART:
        return Filters(categorie=category, **near).address()
    return OFFERS if category is Category.local_offer else HomeFilters(**near).address()


def _ways(me: Me) -> list[tuple[str, dict[str, Any]]]:
    """(note, filters): everywhere, then around the second place."""
    there = [(f"autour {of(place.name)}", {"autour": Around.there, "rayon": AROUND_KM}) for place in places_of(me)[1:]]
    return [("", {}), *there]


def _communes(typed: str) -> list[Option]:
    places = suggest(typed, limit=COMMUNES) if len(typed) > 2 else []
    return [Option(_around(place), place.label, f"annonces à moins de {NEAR_KM} km") for place in places]


def _around(place: Place) -> str:
    return Filters(commune=place.code, rayon=NEAR_KM).address()
