"""Sums and answers in French words, as results and packets show them."""

from datetime import date
from decimal import Decimal
from typing import Any

from app.dates import on_day
from benefits.simulators.contract import Kind, Question
from benefits.simulators.money import in_euros
from benefits.simulators.pages.asking import Field
from benefits.simulators.pages.sent import CHILDREN
from benefits.simulators.situation import Child, Situation

NO_ANSWER = "Sans réponse"


def child_in_words(child: Child, on: date) -> str:
    if child.born is None:
        return "Enfant"
    return f"Enfant {'né' if child.born <= on else 'attendu'} le {on_day(child.born)}"


def answer_in_words(field: Field, situation: Situation, on: date) -> str:
    """Of a field of this situation."""
    if field.name == CHILDREN:
        return _children(situation.children, on)
    whose: Any = situation if field.child is None else (situation.children or ())[field.child]
    value = getattr(whose, field.question.name)
    return NO_ANSWER if value is None else value_in_words(field.question, value)


def question_in_words(field: Field, situation: Situation, on: date) -> str:
    """With the child it is about."""
    if field.child is None or not situation.children:
        return field.question.label
    label = field.question.label
    return f"{child_in_words(situation.children[field.child], on)} : {label[:1].lower()}{label[1:]}"


def _children(children: tuple[Child, ...] | None, on: date) -> str:
    if children is None:
        return NO_ANSWER
    return ", ".join(child_in_words(one, on).removeprefix("Enfant ") for one in children) or "Aucun"


def value_in_words(question: Question, value: Any) -> str:
    """An answer to this question."""
    match question.kind:
        case Kind.yes_no:
            return "Oui" if value else "Non"
        case Kind.choice:
            words = dict(question.options)[value]
            return words[:1].upper() + words[1:]
        case Kind.day:
            return on_day(value)
        case Kind.money:
            return in_euros(value) + question.unit.removeprefix("€")
        case _:
            figure = str(value.normalize().to_eng_string() if isinstance(value, Decimal) else value).replace(".", ",")
            return f"{figure}\u202f{question.unit}" if question.unit else figure
