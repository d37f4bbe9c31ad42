"""How many questions a simulator asks: it depends on the answers, so it is tried with many different ones."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import msgspec

from benefits.simulators.all import SIMULATORS
from benefits.simulators.contract import Kind, Question
from benefits.simulators.pages.asking import asked
from benefits.simulators.pages.sent import CHILDREN
from benefits.simulators.questions import CHILD_QUESTIONS, QUESTIONS
from benefits.simulators.situation import Child, Situation

TRIES = 24
AGES = (1, 4, 9, 15, 17, 19, 21)


@lru_cache(maxsize=64)
def how_many(simulator: str, on: date) -> str:
    """`2 à 6 questions`; what is asked of each child counts once."""
    counts = {_count(simulator, turn, on) for turn in range(TRIES)}
    least, most = min(counts), max(counts)
    return f"{least} question{'s' if least > 1 else ''}" if least == most else f"{least} à {most} questions"


def _count(simulator: str, turn: int, on: date) -> int:
    fields = asked([SIMULATORS[simulator]], _somebody(turn, on), on).fields
    return len({field.question.name for field in fields})


def _somebody(turn: int, on: date) -> Situation:
    answers = {name: _answer(one, turn + place, on) for place, (name, one) in enumerate(QUESTIONS.items())}
    children = tuple(_child(turn, row, on) for row in range(turn % 4))
    return msgspec.convert({**answers, CHILDREN: children}, Situation, from_attributes=True)


def _child(turn: int, row: int, on: date) -> Child:
    born = on - timedelta(days=366 * AGES[(turn + 2 * row) % len(AGES)])
    answers = {name: _answer(one, turn // 2 + place, on) for place, (name, one) in enumerate(CHILD_QUESTIONS.items())}
    return msgspec.convert({**answers, "born": born}, Child)


def _answer(question: Question, turn: int, on: date) -> Any:
    match question.kind:
        case Kind.yes_no:
            return turn % 3 == 0
        case Kind.choice:
            return question.options[turn % len(question.options)][0]
        case Kind.day:
            return on
        case Kind.children:
            return None
        case _:
            return int(question.least or 0) + 10
