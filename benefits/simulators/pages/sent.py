"""What a form of a simulator sent, put in order: text, as typed. It goes back into the next page, and nowhere else.

`enfants` says how many rows of children there are, `enfant-2-born` is what was typed in the second one, `vu` names the
fields that were on an earlier page, `sur` those of this one, `jour` is the day of the simulation.
"""

import re
from typing import Any

import msgspec
from litestar.datastructures import FormMultiDict

from benefits.simulators.questions import CHILD_QUESTIONS, QUESTIONS

MOST_CHILDREN = 12
LONGEST = 40  # characters of an answer
UNKNOWN = "ne-sais-pas"
CHILDREN = "children"
_OF_A_CHILD = re.compile(r"enfant-([1-9][0-9]?)-([a-z_]+)")


class Sent(msgspec.Struct):
    """`children` is None as long as nobody was asked for them; `seen` is in the order in which it was asked."""

    answers: dict[str, str] = {}
    children: list[dict[str, str]] | None = None
    day: str = ""
    seen: list[str] = []
    on_page: list[str] = []
    do: str = ""

    @classmethod
    def read(cls, form: FormMultiDict) -> "Sent":
        """Whatever was sent: unknown names are left out, long answers are cut."""
        return cls(
            answers={name: typed for name in QUESTIONS if name != CHILDREN and (typed := typed_in(form, name))},
            children=_children(form),
            day=typed_in(form, "jour"),
            seen=[name for name in dict.fromkeys(form.getall("vu", [])) if is_field(name)],
            on_page=[name for name in dict.fromkeys(form.getall("sur", [])) if is_field(name)],
            do=typed_in(form, "faire"),
        )

    def typed(self) -> dict[str, str]:
        """By the name of each field."""
        of_children = {
            of_child(row, name): typed for row, one in enumerate(self.children or ()) for name, typed in one.items()
        }
        return self.answers | of_children

    def turn_the_page(self) -> None:
        """What was on this one has been asked."""
        self.seen = list(dict.fromkeys([*self.seen, *self.on_page]))

    def without_blank_children(self) -> None:
        """A row nobody filled in is no child."""
        if self.children and not all(self.children):
            self.children = [one for one in self.children if one]
            self._ask_again(0)

    def add_child(self) -> None:
        self.children = [*(self.children or []), {}][:MOST_CHILDREN]

    def remove_child(self, row: int) -> None:
        if self.children and 0 <= row < len(self.children):
            del self.children[row]
            self._ask_again(row)

    def _ask_again(self, first: int) -> None:
        """The rows moved: what was left without an answer from this one on belongs to another child now."""
        moved = {of_child(row, name) for row in range(first, MOST_CHILDREN) for name in CHILD_QUESTIONS}
        self.seen = [name for name in self.seen if name not in moved]


def of_child(row: int, name: str) -> str:
    """The field of a child's question; rows count from 0 in code, from 1 on the page."""
    return f"enfant-{row + 1}-{name}"


def child_and_name(field: str) -> tuple[int, str] | None:
    """The row and question of a child's field; None for any other."""
    found = _OF_A_CHILD.fullmatch(field)
    if found is None or int(found[1]) > MOST_CHILDREN or found[2] not in CHILD_QUESTIONS:
        return None
    return int(found[1]) - 1, found[2]


def is_field(name: Any) -> bool:
    return isinstance(name, str) and (name in QUESTIONS or child_and_name(name) is not None)


def _children(form: FormMultiDict) -> list[dict[str, str]] | None:
    rows = typed_in(form, "enfants")
    if not rows.isdecimal():
        return None
    return [
        {name: typed for name in CHILD_QUESTIONS if (typed := typed_in(form, of_child(row, name)))}
        for row in range(min(int(rows), MOST_CHILDREN))
    ]


def typed_in(form: FormMultiDict, name: str) -> str:
    """What was typed in one field, without what no answer needs; empty for “I do not know”."""
    typed = form.get(name)
    if not isinstance(typed, str):
        return ""
    whole = typed[:LONGEST].replace("\x00", "").encode("utf-8", "ignore").decode()
    return "" if (cleaned := whole.strip()) == UNKNOWN else cleaned
