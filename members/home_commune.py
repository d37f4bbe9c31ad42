"""The commune a member types, and the choice shown when several bear that name."""

from places.communes import Place, commune
from places.finding import resolve, suggest

WHICH = "Plusieurs communes peuvent convenir : choisissez la vôtre."
UNKNOWN = "Nous ne trouvons pas cette commune. Essayez son code postal."


def meant(typed: str, chosen: str = "") -> tuple[Place | None, list[Place]]:
    """The place, or None and those it may be. `chosen` is a code among the ones shown before for the same words."""
    if place := resolve(typed):
        return place, []
    candidates = suggest(typed)
    picked = commune(chosen) if any(place.code == chosen for place in candidates) else None
    return (picked, []) if picked else (None, candidates)


def trouble(candidates: list[Place]) -> str:
    return WHICH if candidates else UNKNOWN


def as_choices(candidates: list[Place]) -> list[tuple[str, str, str]]:
    """For the `choice` macro: code, label, postcodes."""
    return [(place.code, place.label, ", ".join(place.postcodes[:3])) for place in candidates]
