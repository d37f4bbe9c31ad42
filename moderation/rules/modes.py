"""How each rule is switched, as this process last read it. Here is no database: a rule is also tried in a process of
its own, which needs none."""

from collections.abc import Mapping
from types import MappingProxyType

from moderation.rules.verdict import Mode

AS_IN_THE_FILE: Mapping[str, Mode] = MappingProxyType({})

_switched: Mapping[str, Mode] = AS_IN_THE_FILE


def current() -> Mapping[str, Mode]:
    """The rules that are switched; any other is in the mode its file gives it."""
    return _switched


def use(switched: Mapping[str, Mode]) -> None:
    global _switched
    _switched = MappingProxyType({**switched})
