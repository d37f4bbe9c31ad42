"""What is shown above everything else: the answer that covers the need somebody typed, in whatever words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple, Protocol, TypeVar

from msgspec import structs

from benefits.catalogue.reading import guides as event_guides
from benefits.catalogue.reading import sheets
from moderation.rules.care import Care, care_of, care_with
from moderation.rules.screening import RULESET, screen
from moderation.rules.verdict import Action, Content
from search.documents.guides import LISTENING, NEEDS, all_guides
from search.words.forms import Token, clean, tokens
from search.words.marking import Marker
from search.words.synonyms import units

OF_CARE = replace(RULESET, rules=tuple(rule for rule in RULESET.rules if rule.action is Action.CARE))
"""What a search is heard for: all the rules would cost as much as the rest of its page."""


class Line(NamedTuple):
    """Something found that has no card of its own, where it is read, and the needs it covers; `words` are what it is
    about beside its title, `care` are numbers to call."""

    path: str
    title: str
    body: str
    covers: tuple[str, ...] = ()
    care: Care | None = None
    words: str = ""


class Covering(Protocol):
    @property
    def covers(self) -> Sequence[str]: ...


T = TypeVar("T", bound=Covering)


def pinned(words: str, among: Iterable[T]) -> T | None:
    """The first of these that covers what was typed."""
    marker = _marker(words)
    return next((one for one in among if _covers(marker, one.covers)), None)


def pinned_guide(words: str) -> Line | None:
    """The page of the site that covers what was typed; whom to call, where it tells of distress."""
    if not words:
        return None
    if care := care_for(words):
        return next(one for one in guides() if one.path == LISTENING.path)._replace(care=care)
    return pinned(words, guides())


def pinned_right(words: str) -> Line | None:
    """The benefit or the guide to an event that covers what was typed, wherever an engine would rank it; of several,
    the one that covers most of its words."""
    marker = _marker(words)
    best = max(rights(), key=lambda one: _covered(marker, one.covers), default=None) if words else None
    return best if best and _covered(marker, best.covers) else None


def about(words: str, among: Mapping[str, Line]) -> dict[str, Line]:
    """Those whose title, or the words they are about, have one of these words: not only somewhere in their text."""
    marker = _marker(words)
    return {id: one for id, one in among.items() if marker.finds(f"{one.title} · {one.words}")}


def care_for(words: str) -> Care | None:
    """The numbers that answer a need, to be called at once, whether it is named or told as one would tell somebody;
    None where a page is enough."""
    marker = _marker(words)
    if lines := [RULESET.helplines[name] for name, needs in NEEDS.items() if _covers(marker, needs)]:
        return care_with(lines)
    return care_of(screen(Content(body=clean(words)), OF_CARE).findings)


@cache
def guides() -> tuple[Line, ...]:
    """They cover a need even where an engine would rank them low."""
    return tuple(Line(one.path, one.title, one.body, one.covers) for one in all_guides().values() if one.covers)


@cache
def rights() -> tuple[Line, ...]:
    """Each with its one sentence."""
    told = [(one.path, one.facts.title, one.facts.summary, one.facts.covers) for one in sheets().values()]
    guided = [(one.path, one.facts.title, one.facts.lead, one.facts.covers) for one in event_guides().values()]
    return tuple(Line(*said) for said in (*told, *guided))


def _marker(words: str) -> Marker:
    """What was sent is whole: "fin" is not "finir"."""
    return structs.replace(Marker.of(units(clean(words))), beginning=None)


def _covers(marker: Marker, needs: Sequence[str]) -> bool:
    """Whether all words of one of these needs were typed: other forms, other names and slips count too."""
    return _covered(marker, needs) > 0


def _covered(marker: Marker, needs: Sequence[str]) -> int:
    """How many words the longest of these needs has of which all were typed."""
    return max((len(said) for need in needs if (said := _words(need)) and marker.says(said)), default=0)


@lru_cache(maxsize=4096)
def _words(need: str) -> tuple[Token, ...]:
    return tuple(tokens(need))
