"""What a file would change in the directory, line by line, before anything is changed."""

import asyncio
from collections.abc import Mapping, Sequence
from enum import StrEnum
from uuid import UUID

import msgspec

from app.csv_reading import Line, lines_of
from contacts.directory.importing.columns import BY_FIELD, COLUMNS, KEY, LONGEST_KEY
from contacts.directory.reading import Contact, Content, read_by_key
from contacts.directory.typed import bodies_named, content_of


class Fate(StrEnum):
    added = "added"
    changed = "changed"
    unchanged = "unchanged"
    refused = "refused"


FATE = {
    Fate.added: "Ajouté",
    Fate.changed: "Changé",
    Fate.unchanged: "Inchangé",
    Fate.refused: "Refusé",
}


class Trouble(msgspec.Struct, frozen=True):
    """Why a line is refused: the column, what stands in it, and what to write instead."""

    column: str
    value: str
    advice: str


class Told(msgspec.Struct, frozen=True):
    """What becomes of one line; `changes` are the columns that differ from what is known."""

    number: int
    key: str
    name: str
    fate: Fate
    changes: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()


class Plan(msgspec.Struct, frozen=True):
    """`told` of every line; `added` by key and `changed` by contact are what is to be written."""

    told: tuple[Told, ...]
    added: dict[str, Content]
    changed: dict[UUID, Content]


async def plan_of(text: str) -> Plan:
    """2 queries. Raises NotAFile."""
    lines = lines_of(text, COLUMNS)
    known = await read_by_key([line.typed[KEY] for line in lines if line.typed.get(KEY)])
    bodies = await bodies_named(line.typed.get("body", "") for line in lines)
    return await asyncio.to_thread(_plan, lines, known, bodies)  # of thousands it takes a second: pages go on meanwhile


def _plan(lines: Sequence[Line], known: Mapping[str, Contact], bodies: Mapping[str, UUID]) -> Plan:
    told: list[Told] = []
    plan = Plan((), {}, {})
    seen: dict[str, int] = {}
    for line in lines:
        content, troubles = _read(line, bodies, seen)
        told.append(_refused(line, troubles) if content is None else _planned(line, content, known, plan))
    return msgspec.structs.replace(plan, told=tuple(told))


def _read(line: Line, bodies: Mapping[str, UUID], seen: dict[str, int]) -> tuple[Content | None, Sequence[Trouble]]:
    """`seen` are the keys of the lines before, which this one joins."""
    typed = {name: value.replace("|", "\n") if name in _SEVERAL else value for name, value in line.typed.items()}
    key = typed.get(KEY, "")
    content, errors = content_of(typed, bodies)
    if not key or len(key) > LONGEST_KEY or not key.isprintable():
        errors = {KEY: f"Donnez à chaque ligne une clé à elle, de {LONGEST_KEY} caractères au plus."} | errors
    elif key in seen:
        errors = {KEY: f"La ligne {seen[key]} a déjà cette clé. Gardez l’une des deux."} | errors
    seen.setdefault(key, line.number)
    troubles = [Trouble(BY_FIELD[field].name, typed.get(field, "")[:80], advice) for field, advice in errors.items()]
    return (None if troubles else content), troubles


def _refused(line: Line, troubles: Sequence[Trouble]) -> Told:
    key, name = line.typed.get(KEY, "")[:LONGEST_KEY], line.typed.get("name", "")[:120]
    return Told(line.number, key, name, Fate.refused, troubles=tuple(troubles))


def _planned(line: Line, content: Content, known: Mapping[str, Contact], plan: Plan) -> Told:
    key = line.typed[KEY]
    before = known.get(key)
    if before is None:
        plan.added[key] = content
        return Told(line.number, key, content.name, Fate.added)
    content = _as_known(line, before, content)
    differs = [name for name in Content.__struct_fields__ if getattr(before, name) != getattr(content, name)]
    if not differs:
        return Told(line.number, key, content.name, Fate.unchanged)
    plan.changed[before.id] = content
    return Told(line.number, key, content.name, Fate.changed, tuple(BY_FIELD[name].name for name in differs))


def _as_known(line: Line, before: Contact, content: Content) -> Content:
    """A column the file does not have changes nothing; nor does a day of checking left empty."""
    kept = {name: getattr(before, name) for name in Content.__struct_fields__ if name not in line.typed}
    if not line.typed.get("checked_on"):
        kept["checked_on"] = before.checked_on
    return msgspec.structs.replace(content, **kept)


_SEVERAL = ("meetings", "closures")
