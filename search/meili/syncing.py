"""Settings that differ between the code and the server: said, then applied."""

from collections.abc import Iterator, Mapping
from typing import Any

from search.meili.server import Server, exists, refuse_what_is_too_old
from search.meili.settings import EXACT, differing
from search.meili.writing import apply_settings

Change = tuple[str, Any, Any]
"""Name of a setting, what the server has, what it should have; None for nothing."""


def differences(server: Server, index: str) -> list[Change] | None:
    """None when there is no index yet: its first build takes the settings with it. Raises `EngineUnavailable`."""
    with server.client() as client:
        refuse_what_is_too_old(client)
        if not exists(client, index):
            return None
        have = client.index(index).get_settings()
    return [change for name, value in differing(have).items() for change in _parts(name, have.get(name), value)]


def apply(server: Server, index: str) -> None:
    """Done on return, also for a large index."""
    with server.client() as client:
        apply_settings(client, index)


def _parts(name: str, have: Any, want: Any) -> Iterator[Change]:
    """The entries of a mapping one by one: of thousands of synonyms only those that change."""
    if not (isinstance(have, Mapping) and isinstance(want, Mapping)):
        yield name, have, want
        return
    for key in sorted({*want, *(have if name in EXACT else ())}):
        if have.get(key) != want.get(key):
            yield f"{name}.{key}", have.get(key), want.get(key)


def in_words(change: Change) -> list[str]:
    """As a line for what goes and one for what comes."""
    name, have, want = change
    gone = [f"- {name}: {have}"] if have is not None else []
    return gone + ([f"+ {name}: {want}"] if want is not None else [])
