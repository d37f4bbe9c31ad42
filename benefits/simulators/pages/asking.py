"""What is still worth asking, given what was answered; and what, of the answers, still counts.

The simulators are asked again from an empty situation on, each answer being given only when one of them wants it: an
answer to a question that an earlier one made needless does not weigh on the result.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from benefits.simulators.contract import Question, Simulator
from benefits.simulators.pages.running import asked_by
from benefits.simulators.pages.sent import CHILDREN, child_and_name, of_child
from benefits.simulators.questions import CHILD, CHILD_QUESTIONS, GROUPS, QUESTIONS, concerns
from benefits.simulators.situation import Child, Situation


class Field(NamedTuple):
    """A question on a page: `name` in the form, `child` the row of the child it is about."""

    name: str
    question: Question
    child: int | None = None

    @property
    def group(self) -> str:
        return self.question.group


class Asked(NamedTuple):
    """`fields` are all that were worth asking, in order; `pending` those of them without an answer; `situation` has the
    answers that count."""

    situation: Situation
    fields: tuple[Field, ...]
    pending: tuple[Field, ...]


def asked(simulators: Sequence[Simulator], given: Situation, on: date) -> Asked:
    """Ends: each turn but the last adds an answer."""
    kept, fields = Situation(), dict[str, Field]()
    while True:
        wanted = {field.name: field for field in _wanted(simulators, kept, on)}
        fields |= wanted
        more = _with_answers(kept, given, wanted.values())
        if more == kept:
            return Asked(kept, _in_order(fields.values()), _in_order(wanted.values()))
        kept = more


def field_named(name: str) -> Field:
    """Raises KeyError for what is no field."""
    of_child_ = child_and_name(name)
    return Field(name, CHILD_QUESTIONS[of_child_[1]], of_child_[0]) if of_child_ else Field(name, QUESTIONS[name])


def _wanted(simulators: Sequence[Simulator], kept: Situation, on: date) -> Iterator[Field]:
    for name in dict.fromkeys(name for one in simulators for name in asked_by(one, kept, on)):
        if not name.startswith(CHILD):
            yield Field(name, QUESTIONS[name])
            continue
        field = name.removeprefix(CHILD)
        for row, child in enumerate(kept.children or ()):
            if concerns(name, child, on) and getattr(child, field) is None:
                yield Field(of_child(row, field), CHILD_QUESTIONS[field], row)


def _with_answers(kept: Situation, given: Situation, wanted: Iterable[Field]) -> Situation:
    for field in wanted:
        if field.child is not None:
            kept = _with_answer_of_child(kept, given, field)
        elif field.name == CHILDREN and given.children is not None:
            kept = replace(kept, children=tuple(Child(born=one.born) for one in given.children))
        elif getattr(given, field.name) is not None:
            kept = replace(kept, **{field.name: getattr(given, field.name)})
    return kept


def _with_answer_of_child(kept: Situation, given: Situation, field: Field) -> Situation:
    answer = getattr((given.children or ())[field.child or 0], field.question.name)
    if answer is None or kept.children is None:
        return kept
    children = list(kept.children)
    children[field.child or 0] = replace(children[field.child or 0], **{field.question.name: answer})
    return replace(kept, children=tuple(children))


def _in_order(fields: Iterable[Field]) -> tuple[Field, ...]:
    """As the questions are listed, those of one child together."""
    order = {name: place for place, name in enumerate((*QUESTIONS, *CHILD_QUESTIONS))}

    def place(field: Field) -> tuple[int, int, int]:
        return GROUPS.index(field.group), -1 if field.child is None else field.child, order[field.question.name]

    return tuple(sorted(fields, key=place))
