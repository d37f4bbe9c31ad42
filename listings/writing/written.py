"""From what was typed in the form of an ad to its content. What does not fit is told by field, the rest is kept."""

import re
from datetime import date
from typing import Annotated, Any

import msgspec
from litestar.datastructures import FormMultiDict

from app.forms import Errors, Form
from listings.content import Content
from listings.details import AgeBand, Condition, Home, Species, Task
from listings.kinds import Category, Deal, Kind
from listings.writing.asked import ASKED, DETAILS, PLACES
from listings.writing.written_places import read_place
from listings.writing.written_schedule import read_schedule, schedule_typed_again
from listings.writing.written_values import iso_day
from places.communes import commune

_PRICE = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,2}))?\s*(?:€|euros?)?")
_NUMBER = "Indiquez un nombre entre {} et {}."
Small = Annotated[int, msgspec.Meta(ge=1, le=9)]


class Written(Form):
    """Every field any category asks; only those of the category at hand are read."""

    kind: Kind | None = None
    deal: Deal | None = None
    title: Annotated[str, msgspec.Meta(max_length=100)] = ""
    body: Annotated[str, msgspec.Meta(max_length=4000)] = ""
    children: Small | None = None
    ages: list[AgeBand] = []
    home: Home | None = None
    seats: Small | None = None
    species: list[Species] = []
    condition: Condition | None = None
    task: Task | None = None
    summary: Annotated[str, msgspec.Meta(max_length=200)] = ""
    quantity: Annotated[int, msgspec.Meta(ge=1, le=99)] = 1
    wanted_by: date | None = None
    price: str = ""

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {
            "title": "Écrivez un titre d’au plus 100 caractères.",
            "body": "Écrivez au plus 4\u202f000 caractères.",
            "summary": "Écrivez une ligne d’au plus 200 caractères.",
            "children": _NUMBER.format(1, 9),
            "seats": _NUMBER.format(1, 9),
            "quantity": _NUMBER.format(1, 99),
            "wanted_by": "Indiquez une date, par exemple 31/05/2027.",
            **dict.fromkeys(
                ("kind", "deal", "ages", "home", "species", "condition", "task"),
                "Choisissez une des réponses proposées.",
            ),
        }


def read(sent: FormMultiDict, current: Content) -> tuple[Content, Errors]:
    """The content with what fits; a field that does not fit keeps its value of before and gets a message."""
    asked = ASKED[current.category]
    form, errors = _read_fields(sent, asked)
    content = _merged(current, form, asked - set(errors))
    content, wrong_places = _with_places(content, sent, asked)
    content, wrong_price = _with_price(content, form.price)
    errors |= wrong_places | wrong_price
    if "schedule" in asked:
        schedule, wrong_schedule = read_schedule(sent, content.calendar_place)
        errors |= wrong_schedule
        content = content if wrong_schedule else msgspec.structs.replace(content, schedule=schedule)
    return content, errors


def _read_fields(sent: FormMultiDict, asked: frozenset[str]) -> tuple[Written, Errors]:
    given = [
        (name, iso_day(typed) if name == "wanted_by" else typed) for name, typed in sent.multi_items() if name in asked
    ]
    form, errors = Written.read(FormMultiDict(given))
    if form is None:
        form, _ = Written.read(FormMultiDict([(name, typed) for name, typed in given if name not in errors]))
    return form or Written(), errors


def _merged(current: Content, form: Written, fitting: frozenset[str]) -> Content:
    values: dict[str, Any] = {
        name: getattr(form, name)
        for name in ("kind", "deal", "title", "body", "quantity", "wanted_by")
        if name in fitting
    }
    details = {
        name: msgspec.to_builtins(getattr(form, name, None)) for name in DETAILS if name in fitting - set(PLACES)
    }
    kept = {name: value for name, value in {**current.details, **details}.items() if value not in (None, [], "")}
    content = msgspec.structs.replace(current, **values, details=kept)
    if current.category is not Category.classifieds:
        return content
    return msgspec.structs.replace(content, kind=kind_of(content.deal))


def kind_of(deal: Deal | None) -> Kind | None:
    """Who seeks a thing asks; who gives, lends or sells one offers."""
    return None if deal is None else Kind.request if deal is Deal.seek else Kind.offer


def _with_places(content: Content, sent: FormMultiDict, asked: frozenset[str]) -> tuple[Content, Errors]:
    errors = Errors()
    for name in PLACES:
        if name not in asked:
            continue
        place, problem = read_place(sent, name)
        if problem:
            errors[name] = problem
        elif name == "commune":
            content = msgspec.structs.replace(content, commune=place and place.code)
        else:
            others = {key: value for key, value in content.details.items() if key != name}
            content = msgspec.structs.replace(content, details=others | ({name: place.code} if place else {}))
    return content, errors


def _with_price(content: Content, typed: str) -> tuple[Content, Errors]:
    """A price is kept only for what is sold, whatever stands in the field."""
    if content.deal is not Deal.sell or not typed:
        return msgspec.structs.replace(content, price_cents=None), {}
    said = _PRICE.fullmatch(typed)
    cents = int(said[1]) * 100 + int((said[2] or "0").ljust(2, "0")) if said else 0
    if cents <= 0:
        return msgspec.structs.replace(content, price_cents=None), {
            "price": "Indiquez un prix en euros, par exemple 12,50."
        }
    return msgspec.structs.replace(content, price_cents=cents), {}


def typed_again(content: Content) -> dict[str, Any]:
    """What the form would hold had somebody typed this content."""
    return {
        **{name: value for name, value in content.details.items() if name not in PLACES},
        **{name: _label(content, name) for name in PLACES},
        **schedule_typed_again(content.schedule, content.category),
        "kind": content.kind.value if content.kind else "",
        "deal": content.deal.value if content.deal else "",
        "title": content.title,
        "body": content.body,
        "quantity": content.quantity,
        "wanted_by": content.wanted_by.isoformat() if content.wanted_by else "",
        "price": _euros(content.price_cents),
    }


def _label(content: Content, name: str) -> str:
    code = content.commune if name == "commune" else content.details.get(name)
    place = commune(code) if code else None
    return place.label if place else ""


def _euros(cents: int | None) -> str:
    if cents is None:
        return ""
    euros, rest = divmod(cents, 100)
    return f"{euros},{rest:02}" if rest else str(euros)
