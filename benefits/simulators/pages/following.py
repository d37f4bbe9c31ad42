"""From one page of questions to the next, then to the result: what was sent says it all, the server keeps nothing.

`faire` is what was pressed: `continuer`, `ajouter` or `retirer:2` a child, `corriger:1` the answers of a group.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.forms import Errors
from benefits.simulators.contract import Simulator
from benefits.simulators.pages.asking import Asked, Field, asked, field_named
from benefits.simulators.pages.parsing import Understood, understand
from benefits.simulators.pages.sent import Sent, child_and_name
from benefits.simulators.questions import GROUPS
from benefits.simulators.situation import Situation


class Asking(NamedTuple):
    """A page of questions. `left` counts those still to come, these included; `back` is the group before this one;
    `is_more` when they follow from what was just answered."""

    sent: Sent
    fields: tuple[Field, ...]
    errors: Errors
    situation: Situation
    day: date
    left: int = 0
    back: str = ""
    is_more: bool = False


class Done(NamedTuple):
    """All was asked. `fields` are the questions that counted, with or without an answer."""

    sent: Sent
    fields: tuple[Field, ...]
    situation: Situation
    day: date


def begin(simulators: Sequence[Simulator], by_group: bool) -> Asking:
    sent = Sent()
    understood = understand(sent)
    progress = asked(simulators, understood.situation, understood.day)
    return _ask(sent, understood, progress, _page(progress.pending, progress.fields, by_group), progress.pending)


def follow(simulators: Sequence[Simulator], sent: Sent, by_group: bool) -> Asking | Done:
    verb, _, which = sent.do.partition(":")
    if verb == "corriger":
        return _correct(simulators, sent, int(which) if which.isdecimal() else -1, by_group)
    if verb in ("ajouter", "retirer"):
        return _with_other_children(simulators, sent, verb, which)
    return _go_on(simulators, sent, by_group)


def _go_on(simulators: Sequence[Simulator], sent: Sent, by_group: bool) -> Asking | Done:
    sent.turn_the_page()
    sent.without_blank_children()
    understood = understand(sent)
    progress = asked(simulators, understood.situation, understood.day)
    if understood.errors:
        wrong = [field_named(name) for name in understood.errors if name != "jour" and name not in sent.on_page]
        return _ask(sent, understood, progress, (*_same_page(sent), *wrong), progress.pending, understood.errors)
    pending = tuple(field for field in progress.pending if field.name not in sent.seen)
    if pending:
        is_more = bool(sent.on_page)
        return _ask(sent, understood, progress, _page(pending, progress.fields, by_group), pending, is_more=is_more)
    return Done(sent, progress.fields, progress.situation, understood.day)


def _with_other_children(simulators: Sequence[Simulator], sent: Sent, verb: str, which: str) -> Asking:
    """The same page again, with what was typed; nothing is judged yet."""
    if verb == "ajouter":
        sent.add_child()
    elif which.isdecimal():
        sent.remove_child(int(which) - 1)
    understood = understand(sent)
    progress = asked(simulators, understood.situation, understood.day)
    return _ask(sent, understood, progress, _same_page(sent) or progress.pending, progress.pending)


def _correct(simulators: Sequence[Simulator], sent: Sent, group: int, by_group: bool) -> Asking:
    """What was typed on the page that is left is kept, but counts as not yet asked."""
    understood = understand(sent)
    progress = asked(simulators, understood.situation, understood.day)
    fields = progress.fields
    if by_group and 0 <= group < len(GROUPS):
        fields = tuple(field for field in fields if field.group == GROUPS[group]) or _page(fields, fields, by_group)
    return _ask(sent, understood, progress, fields, progress.pending)


def _ask(
    sent: Sent,
    understood: Understood,
    progress: Asked,
    fields: tuple[Field, ...],
    pending: tuple[Field, ...],
    errors: Errors | None = None,
    is_more: bool = False,
) -> Asking:
    sent.on_page = [field.name for field in fields]
    left = len({field.name for field in (*fields, *pending)} - (set(sent.seen) - set(sent.on_page)))
    return Asking(sent, fields, errors or {}, understood.situation, understood.day, left, _back(sent, fields), is_more)


def _back(sent: Sent, fields: tuple[Field, ...]) -> str:
    """The group of what was asked before this page, whichever order the groups came in."""
    here = {field.group for field in fields}
    first = min((sent.seen.index(name) for name in sent.on_page if name in sent.seen), default=len(sent.seen))
    before = [field_named(name).group for name in sent.seen[:first]]
    return next((group for group in reversed(before) if group not in here), "")


def _page(pending: tuple[Field, ...], fields: tuple[Field, ...], by_group: bool) -> tuple[Field, ...]:
    """The questions of one group, or all of them, those already answered too."""
    return tuple(field for field in pending if field.group == pending[0].group) if by_group else fields


def _same_page(sent: Sent) -> tuple[Field, ...]:
    """Without the questions on children whose row is gone."""
    rows = len(sent.children or ())
    there = [name for name in sent.on_page if (of := child_and_name(name)) is None or of[0] < rows]
    return tuple(field_named(name) for name in there)
