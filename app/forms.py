"""Browser forms: strings in, a typed Form or a message per field out. What was typed is never lost."""

import types
from typing import Any, Self, Union, get_args, get_origin, get_type_hints

import msgspec
from litestar.datastructures import FormMultiDict

from app.labels import number

MISSING = "Remplissez ce champ."
Errors = dict[str, str]


class Form(msgspec.Struct, kw_only=True):
    """Subclass with typed fields. `messages` gives a field's own French words for a value that does not fit."""

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {}

    @classmethod
    def read(cls, sent: FormMultiDict) -> tuple[Self | None, Errors]:
        """The form, or None and a message for each field that does not fit."""
        given = _tidy(get_type_hints(cls), sent)
        own, errors, values = cls.messages(), Errors(), {}
        for field in msgspec.structs.fields(cls):
            if field.name not in given:
                if field.required:
                    errors[field.name] = own.get(field.name, MISSING)
                continue
            try:
                values[field.name] = msgspec.convert(given[field.name], field.type, strict=False)
            except msgspec.ValidationError as problem:
                errors[field.name] = own.get(field.name) or _in_french(str(problem))
        return (None, errors) if errors else (cls(**values), errors)


def _tidy(hints: dict[str, Any], sent: FormMultiDict) -> dict[str, Any]:
    """Browsers send '' for untouched fields, 'on' for ticked boxes and one value for lists of one."""
    given: dict[str, Any] = {}
    for name, wanted in hints.items():
        if _is_list(wanted):
            given[name] = [_clean(v) for v in sent.getall(name, []) if isinstance(v, str) and v]
        elif wanted is bool:
            given[name] = name in sent
        elif isinstance(typed := sent.get(name), str) and (cleaned := _clean(typed)):
            given[name] = cleaned
    return given


def _clean(typed: str) -> str:
    """PostgreSQL refuses NUL and unpaired surrogates; line ends come as CRLF from browsers."""
    whole = typed.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8", "ignore")
    return whole.replace("\r\n", "\n").strip()


def _is_list(wanted: Any) -> bool:
    if get_origin(wanted) in (Union, types.UnionType):
        return any(_is_list(arm) for arm in get_args(wanted))
    return get_origin(wanted) in (list, tuple, set, frozenset)


def _in_french(problem: str) -> str:
    for english, french in _WORDS.items():
        if english in problem:
            limit = "".join(c for c in problem.rsplit(" ", 1)[-1] if c.isdigit() or c == ".")
            return french.format(number(int(limit)) if limit.isdigit() else limit)
    return "Cette valeur ne convient pas."


_WORDS = {
    "of length >=": "Écrivez au moins {} caractères.",
    "of length <=": "Écrivez au plus {} caractères.",
    "`int` >=": "Indiquez un nombre d’au moins {}.",
    "`int` <=": "Indiquez un nombre d’au plus {}.",
    "Expected `int`": "Indiquez un nombre entier.",
    "Expected `float`": "Indiquez un nombre.",
    "Invalid RFC3339": "Indiquez une date ou une heure valide.",
    "Expected `date`": "Indiquez une date valide.",
    "Invalid enum value": "Choisissez une des réponses proposées.",
}
