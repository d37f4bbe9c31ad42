"""What the pages of simulators show around the results: questions in their groups, what a form carries on, answers."""

from typing import Any

import msgspec

from app.dates import on_day, today
from benefits.simulators.contract import NO_PROMISE
from benefits.simulators.pages.asking import Field
from benefits.simulators.pages.following import Asking, Done
from benefits.simulators.pages.sent import CHILDREN, MOST_CHILDREN, Sent
from benefits.simulators.pages.words import (
    answer_in_words,
    child_in_words,
    question_in_words,
)
from benefits.simulators.questions import GROUPS


class Block(msgspec.Struct, frozen=True):
    """Questions under one legend: a group, or a child in it."""

    legend: str
    fields: tuple[Field, ...]
    is_child: bool = False


class Answered(msgspec.Struct, frozen=True):
    """The answers of a group, in words; `number` names the group to a button that corrects it."""

    group: str
    number: int
    lines: tuple[tuple[str, str], ...]


def questions_shown(asking: Asking) -> dict[str, Any]:
    sent = asking.sent
    return {
        "blocks": _blocks(asking),
        "sent": sent.typed() | {"jour": sent.day or asking.day.isoformat()},
        "rows": range(len(sent.children) if sent.children is not None else 1),
        "most_children": MOST_CHILDREN,
        "errors": asking.errors,
        "labels_of": {**_labels(asking), "jour": "Date de la simulation"},
        "hidden": carried(sent),
        "left": asking.left,
        "is_more": asking.is_more,
        "day": asking.day,
        "is_today": asking.day == today(),
        "back": asking.back,
        "back_number": GROUPS.index(asking.back) if asking.back else None,
        "is_first": not sent.seen,
        "title": asking.fields[0].group if asking.fields else "",
        "focus": len(sent.children or ()) - 1 if sent.do == "ajouter" else None,
    }


def carried(sent: Sent) -> list[tuple[str, str]]:
    """The fields a form sends again, hidden: whatever was typed elsewhere, and what was asked."""
    here = set(sent.on_page)
    hidden = [(name, typed) for name, typed in sent.typed().items() if name not in here and not _is_in_rows(name, here)]
    if CHILDREN not in here and sent.children is not None:
        hidden.append(("enfants", str(len(sent.children))))
    return [*hidden, *(("vu", name) for name in sent.seen), *(("sur", name) for name in sent.on_page)]


def everything(sent: Sent) -> list[tuple[str, str]]:
    """As `carried`, from a page that asks nothing."""
    sent.on_page = []
    return carried(sent)


def result_shown(done: Done) -> dict[str, Any]:
    """What stands around the results."""
    return {
        "answered": _answered(done),
        "hidden": everything(done.sent),
        "day": done.day,
        "on": on_day(done.day),
        "is_today": done.day == today(),
        "no_promise": NO_PROMISE,
    }


def _is_in_rows(name: str, here: set[str]) -> bool:
    """A date of birth stands in the block of children."""
    return CHILDREN in here and name.startswith("enfant-") and name.endswith("-born")


def _blocks(asking: Asking) -> list[Block]:
    blocks = list[Block]()
    for group in GROUPS:
        fields = [field for field in asking.fields if field.group == group]
        if own := tuple(field for field in fields if field.child is None):
            blocks.append(Block(group, own))
        for row in sorted({field.child for field in fields if field.child is not None}):
            legend = child_in_words((asking.situation.children or ())[row], asking.day)
            blocks.append(Block(legend, tuple(field for field in fields if field.child == row), is_child=True))
    return blocks


def _labels(asking: Asking) -> dict[str, str]:
    rows = len(asking.sent.children or ())
    births = {f"enfant-{row + 1}-born": f"Date de naissance, enfant {row + 1}" for row in range(rows)}
    return births | {field.name: field.question.label for field in asking.fields if field.name != CHILDREN}


def _answered(done: Done) -> list[Answered]:
    found = []
    for number, group in enumerate(GROUPS):
        fields = [field for field in done.fields if field.group == group]
        if fields:
            found.append(Answered(group, number, tuple(_line(field, done) for field in fields)))
    return found


def _line(field: Field, done: Done) -> tuple[str, str]:
    about = done.situation, done.day
    return question_in_words(field, *about), answer_in_words(field, *about)
