"""From what was typed for a local offer to its content. What does not fit is told by field, the rest is kept."""

from datetime import date
from typing import Annotated, Any

import msgspec
from litestar.datastructures import FormMultiDict

from app.forms import Errors, Form
from benefits.kinds import Rubric
from listings.content import Content
from listings.writing.written_places import read_place
from listings.writing.written_values import iso_day
from members.roles import Scope
from partners.kinds import OfferKind, Readers
from partners.links import LONGEST, NoAddress, without_trackers
from places.communes import commune

Line = Annotated[str, msgspec.Meta(max_length=120)]
Lines = Annotated[str, msgspec.Meta(max_length=1000)]
IN_DETAILS = (
    "offer_kind",
    "partner",
    "readers",
    "conditions",
    "for_whom",
    "how",
    "starts_on",
    "rubric",
    "agreement",
    "agreed_on",
    "reference",
)
DAYS = ("starts_on", "ends_on", "agreed_on")
_DAY = "Écrivez une date, par exemple 31/05/2027."
_ADDRESS = "Écrivez l’adresse d’une page, par exemple https://www.exemple.fr/tarifs."


class Written(Form):
    offer_kind: OfferKind | None = None
    title: Annotated[str, msgspec.Meta(max_length=100)] = ""
    partner: Line = ""
    body: Annotated[str, msgspec.Meta(max_length=4000)] = ""
    conditions: Lines = ""
    for_whom: Annotated[str, msgspec.Meta(max_length=300)] = ""
    how: Lines = ""
    readers: Readers | None = None
    rubric: Rubric | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    agreement: Annotated[str, msgspec.Meta(max_length=300)] = ""
    agreed_on: date | None = None
    reference: Annotated[str, msgspec.Meta(max_length=60)] = ""

    @classmethod
    def messages(cls) -> dict[str, str]:
        chosen = dict.fromkeys(("offer_kind", "readers", "rubric"), "Choisissez une des réponses proposées.")
        return {**chosen, **dict.fromkeys(DAYS, _DAY)}


def read(sent: FormMultiDict, current: Content) -> tuple[Content, Errors]:
    """The content with what fits; a field that does not fit keeps its value of before and gets a message."""
    form, errors = _read_fields(sent)
    fitting = set(Written.__struct_fields__) - set(errors)
    details = {name: msgspec.to_builtins(getattr(form, name)) for name in IN_DETAILS if name in fitting}
    said: dict[str, Any] = {name: getattr(form, name) for name in ("title", "body") if name in fitting}
    if "ends_on" in fitting:
        said["wanted_by"] = form.ends_on
    said["commune"], problems = _commune(sent, current)
    details["departments"], wrong = _departments(sent, said["commune"], current)
    details["url"], mistyped = _url(sent, current)
    kept = {name: value for name, value in {**current.details, **details}.items() if value}
    return msgspec.structs.replace(current, **said, details=kept), errors | problems | wrong | mistyped


def _read_fields(sent: FormMultiDict) -> tuple[Written, Errors]:
    given = [(name, iso_day(typed) if name in DAYS else typed) for name, typed in sent.multi_items()]
    form, errors = Written.read(FormMultiDict(given))
    if form is None:
        form, _ = Written.read(FormMultiDict([(name, typed) for name, typed in given if name not in errors]))
    return form or Written(), errors


def _commune(sent: FormMultiDict, current: Content) -> tuple[str | None, Errors]:
    place, problem = read_place(sent, "commune")
    if problem:
        return current.commune, {"commune": problem}
    return (place.code if place else None), {}


def _departments(sent: FormMultiDict, where: str | None, current: Content) -> tuple[list[str], Errors]:
    """Those typed as `29, 22`, and always the one where it is."""
    scope, errors = Scope.read(FormMultiDict([("departments", str(sent.get("departments") or ""))]))
    if scope is None:
        return current.details.get("departments", []), errors
    place = commune(where) if where else None
    return sorted({*scope.codes, *([place.department] if place else [])}), {}


def _url(sent: FormMultiDict, current: Content) -> tuple[str, Errors]:
    typed = str(sent.get("url") or "").replace("\x00", "").strip()
    try:
        return (without_trackers(typed) if typed else ""), {}
    except NoAddress:
        words = _ADDRESS if len(typed) <= LONGEST else f"Donnez une adresse plus courte, de {LONGEST} signes au plus."
        return current.details.get("url", ""), {"url": words}


def typed_again(content: Content) -> dict[str, Any]:
    """What the form would hold had somebody typed this content."""
    place = commune(content.commune) if content.commune else None
    return {
        **content.details,
        "title": content.title,
        "body": content.body,
        "ends_on": content.wanted_by or "",
        "commune": place.label if place else "",
        "departments": ", ".join(content.details.get("departments", [])),
    }
