"""How the demo's members exchange their homes: sheets, sealed weeks and wishes, an exchange agreed on, one asked for,
and what the night's search proposes to the others."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from app import database
from app.dates import now, today
from app.demo_community.writing import back_in_time, photograph
from exchanges.calendar.exchanger import Household, Length, Week, Wished, exchanger_of, open_exchanger
from exchanges.calendar.saving import note_weeks, note_wishes
from exchanges.calendar.weeks import coming
from exchanges.figures.making import keep_figures_of_today
from exchanges.homes.writing.beginning import begin_home
from exchanges.kinds import Form, Scope, Setting, Way
from exchanges.matching.everybody import match_everybody
from exchanges.stays.booklet import BookletForm, keep_booklet
from exchanges.stays.contact_card import CardForm, keep_card
from exchanges.swaps.agreeing import Span, agree, propose_days
from exchanges.swaps.answering import accept
from exchanges.swaps.requesting import request_swap
from listings.ad import Ad
from listings.content import Content
from listings.kinds import Category
from listings.life.publishing import submit
from listings.writing.drafting import save_draft
from members.me import Me
from places.departments import departments, regions
from places.finding import resolve

FILE = Path(__file__).parent / "homes.toml"
Cast = dict[str, Me]
Homes = dict[str, UUID]
"""The home of each, by their name in the cast."""

CARDS = {
    "bilal": CardForm(
        full_name="Bilal",
        telephone="06 39 98 12 34",
        other_way="Plutôt le soir",
        door="La longère aux volets bleus, au bout du chemin",
        way_in="La clé est chez la voisine, en face.",
    ),
    "pierre": CardForm(
        full_name="Pierre",
        telephone="06 39 98 56 78",
        door="La porte verte, au fond de la cour",
        way_in="Sonnez deux fois.",
    ),
}
"""The numbers are of a range that is given to nobody."""
BOOKLET = """## Bienvenue

Le pain est meilleur à la boulangerie du bourg, et les poules adorent les épluchures.

## Dans la maison

- Le chauffe-eau est derrière la porte de la buanderie.
- Pour le wifi, la carte est sur le réfrigérateur.

## Avant de partir

Fermez la trappe des poules, et laissez les clés à la voisine.
"""


def homes() -> list[dict[str, Any]]:
    """As they stand in homes.toml."""
    found: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["home"]
    return found


async def exchange_homes(cast: Cast) -> None:
    there = {home["by"]: await _write(home, cast[home["by"]]) for home in homes()}
    for home in homes():
        await _note(home, cast[home["by"]])
    await _agree_on(cast["bilal"], cast["pierre"], there["pierre"])
    for name, card in CARDS.items():
        await keep_card(cast[name], card)
    await keep_booklet(there["bilal"], BookletForm(words=BOOKLET))
    await request_swap(cast["chloe"], there["denis"], Form.week_room, uuid4())
    await match_everybody()
    await keep_figures_of_today()  # there to read at once, not in an hour


async def _write(home: dict[str, Any], by: Me) -> UUID:
    draft = await begin_home(by)
    rooms: dict[str, str] = {}
    for thing, room in home["photos"]:
        for photo in await photograph(draft, by, thing):
            rooms[str(photo)] = room
    content = _content(home, rooms)
    row = await database.row("SELECT * FROM listing WHERE id = $1", draft)
    assert row is not None  # noqa: S101 - just written
    await save_draft(Ad.of(row), content, [UUID(photo) for photo in rooms])
    await submit(draft, by)
    await back_in_time(draft, content, timedelta(days=home["days"]))
    return draft


def _content(home: dict[str, Any], rooms: dict[str, str]) -> Content:
    place = resolve(home["commune"])
    if place is None:
        raise LookupError(home["commune"])
    return Content(
        category=Category.home,
        title=home["title"],
        body=home["body"],
        commune=place.code,
        details={**home["sheet"], "rooms": rooms},
    )


async def _note(home: dict[str, Any], by: Me) -> None:
    await open_exchanger(by.id)
    household = Household(party_size=home["party"], ways=tuple(Way(way) for way in home["ways"]))
    await note_wishes(by.id, household, [_wished(*wish) for wish in home["wishes"]], 1)
    weeks = [Week(saturday, home_free=True, can_travel=True) for saturday in _saturdays(home["away"])]
    await note_weeks(by.id, weeks, Length(), 2)
    since = now() - timedelta(days=home["days"])
    await database.execute("UPDATE exchanger SET waits_since = $2 WHERE member = $1", by.id, since)


def _wished(scope: str, where: str, setting: str, km: int | None = None) -> Wished:
    return Wished(Scope(scope), _area(Scope(scope), where), km, Setting(setting) if setting else None)


def _area(scope: Scope, where: str) -> str | None:
    if scope is Scope.commune:
        place = resolve(where)
        return place.code if place else None
    if not where:
        return None
    return next(area.code for area in (regions() if scope is Scope.region else departments()) if area.name == where)


def _saturdays(weeks: list[int]) -> list[date]:
    ahead = [saturday for saturday in coming(today()) if saturday > today()]
    return [ahead[week] for week in weeks]


async def _agree_on(asks: Me, asked: Me, home: UUID) -> None:
    """An exchange of two households, agreed on for their first common week: the doors are about to open."""
    swap = await request_swap(asks, home, Form.pair, uuid4())
    await accept(swap, asked.id)
    noted = await exchanger_of(asks.id)
    first = min(week.saturday for week in noted.weeks) if noted else today()
    stays = await database.rows("SELECT id FROM stay WHERE swap = $1", swap)
    span = Span(first, first + timedelta(weeks=1))
    await propose_days(swap, asks.id, {stay["id"]: span for stay in stays}, 1)
    await agree(swap, asked.id, 2)
