"""From what was typed to a situation, or a message for each field that does not fit."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple, get_type_hints

import msgspec

from app.dates import today
from app.forms import MISSING, Errors
from app.labels import number
from benefits.simulators.contract import Kind, Question
from benefits.simulators.pages.sent import Sent, of_child
from benefits.simulators.questions import CHILD_QUESTIONS, QUESTIONS
from benefits.simulators.situation import Child, Situation

OLDEST_DAY = date(1900, 1, 1)
FIRST_DAY = date(2024, 1, 1)
AHEAD = timedelta(days=3 * 366)
"""Of a day somebody types: a child is expected, a home is entered within that."""
_FIELDS, _CHILD_FIELDS = get_type_hints(Situation), get_type_hints(Child)
_SPACES = re.compile(r"[\s\u00a0\u202f€%]")
_FIGURE = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,4})?")


class Unfit(Exception):
    """Its words are shown beside the field."""


class Understood(NamedTuple):
    """`situation` holds what could be read, also when there are `errors`."""

    situation: Situation
    day: date
    errors: Errors


def understand(sent: Sent) -> Understood:
    errors = Errors()
    answers = read_answers(sent.answers, "", QUESTIONS, _FIELDS, errors)
    if sent.children is not None:
        answers["children"] = tuple(_child(row, typed, errors) for row, typed in enumerate(sent.children))
    return Understood(Situation(**answers), _day_of(sent.day, errors), errors)


def _child(row: int, typed: dict[str, str], errors: Errors) -> Child:
    if typed and "born" not in typed:
        errors[of_child(row, "born")] = MISSING
    return Child(**read_answers(typed, of_child(row, ""), CHILD_QUESTIONS, _CHILD_FIELDS, errors))


def read_answers(
    typed: dict[str, str], prefix: str, questions: dict[str, Question], hints: dict[str, Any], errors: Errors
) -> dict[str, Any]:
    """Those that could be read, by name; `errors` gets what is wrong with the others, under `prefix` and name."""
    read = dict[str, Any]()
    for name, words in typed.items():
        question = questions[name]
        try:
            read[name] = msgspec.convert(_READ[question.kind](question, words), hints[name], strict=False)
        except Unfit as why:
            errors[prefix + name] = str(why)
        except msgspec.ValidationError:
            errors[prefix + name] = "Indiquez un nombre entier."
    return read


def _yes_no(_: Question, typed: str) -> bool:
    if typed not in ("oui", "non"):
        raise Unfit("Choisissez une des réponses proposées.")
    return typed == "oui"


def _choice(question: Question, typed: str) -> str:
    if typed not in dict(question.options):
        raise Unfit("Choisissez une des réponses proposées.")
    return typed


def _figure(question: Question, typed: str) -> str:
    """Said with spaces, a comma or its unit, as people do."""
    plain = _SPACES.sub("", typed).replace(",", ".")
    if not _FIGURE.fullmatch(plain):
        raise Unfit("Indiquez un nombre, par exemple " + ("1 200." if question.kind is Kind.money else "12."))
    figure = Decimal(plain)
    if question.least is not None and figure < question.least:
        raise Unfit(f"Indiquez au moins {number(int(question.least))}.")
    if question.most is not None and figure > question.most:
        raise Unfit(f"Indiquez au plus {number(int(question.most))}.")
    return plain


def _day(_: Question, typed: str) -> date:
    day = _date(typed)
    if day is None or not OLDEST_DAY <= day <= today() + AHEAD:
        raise Unfit("Indiquez une date valide, par exemple 03/05/2019.")
    return day


def _day_of(typed: str, errors: Errors) -> date:
    """Of the simulation: today, unless another one was chosen."""
    day = _date(typed) if typed else today()
    if day is None or not FIRST_DAY <= day <= today() + AHEAD:
        errors["jour"] = f"Choisissez une date entre {FIRST_DAY:%d/%m/%Y} et {today() + AHEAD:%d/%m/%Y}."
        return today()
    return day


def _date(typed: str) -> date | None:
    """As browsers send it, or as people write it."""
    if written := re.fullmatch(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})", typed):
        typed = f"{written[3]}-{int(written[2]):02}-{int(written[1]):02}"
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


_READ: dict[Kind, Callable[[Question, str], Any]] = {
    Kind.yes_no: _yes_no,
    Kind.choice: _choice,
    Kind.money: _figure,
    Kind.number: _figure,
    Kind.percent: _figure,
    Kind.day: _day,
}
