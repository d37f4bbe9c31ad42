"""The finders a rule may name. A finder takes a Reading and answers with the places it speaks of."""

from collections.abc import Callable

from moderation.rules.reading import Place, Reading

Finder = Callable[[Reading], list[Place]]

FINDERS: dict[str, Finder] = {}


def finder(function: Finder) -> Finder:
    FINDERS[function.__name__] = function
    return function
