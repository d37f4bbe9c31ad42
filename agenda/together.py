"""What several people come to at once, as one line."""

from collections.abc import Hashable, Iterable

from msgspec.structs import replace

from agenda.entries import Entry
from app.french import listed


def together(entries: Iterable[Entry]) -> list[Entry]:
    """In the order given: the same ad, hours and side stand once, with everybody's name."""
    met: dict[Hashable, list[Entry]] = {}
    for entry in entries:
        met.setdefault((entry.listing, entry.day, entry.hours, entry.i_help, entry.state), []).append(entry)
    return [_one_line(same) for same in met.values()]


def _one_line(same: list[Entry]) -> Entry:
    names = list(dict.fromkeys(entry.other for entry in same if entry.other))
    if len(names) < 2:
        return same[0]
    others = listed(names)
    return replace(same[0], others=others, role=f"Vous aidez {others}" if same[0].i_help else f"{others} vous aident")
