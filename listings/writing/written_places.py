"""A commune as it was typed; when several could be meant, the person chooses."""

from litestar.datastructures import FormMultiDict

from places.communes import Place
from places.finding import resolve, suggest

NONE = "Aucune commune de ce nom. Essayez le code postal."
SEVERAL = "Plusieurs communes sont possibles : choisissez la vôtre dans la liste."


def read_place(sent: FormMultiDict, name: str) -> tuple[Place | None, str | None]:
    """The place of a field, None when it was left empty, or a message."""
    typed = _text(sent, name)
    if not typed:
        return None, None
    place = resolve(typed)
    if place is None and (chosen := _text(sent, f"{name}-chosen")) in choices(typed):
        place = resolve(chosen)
    if place:
        return place, None
    return None, SEVERAL if choices(typed) else NONE


def choices(typed: str) -> list[str]:
    """What may be meant, as labels that `resolve` reads back."""
    return [place.label for place in suggest(typed)] if typed and not resolve(typed) else []


def _text(sent: FormMultiDict, name: str) -> str:
    typed = sent.get(name)
    return typed.replace("\x00", "").strip()[:120] if isinstance(typed, str) else ""
