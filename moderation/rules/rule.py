"""One rule, and what it finds in a content."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from moderation.rules.finders import Finder
from moderation.rules.predicates import Predicate
from moderation.rules.reading import Place, Reading, Words, matches, together, without
from moderation.rules.verdict import Action, Content, Finding, Helpline, Mode


@dataclass(frozen=True)
class Rule:
    """One rule. It looks for a pattern, for words standing together, or asks a finder; and `when` asks the structured
    fields, alone or besides. `unless` spares what overlaps the innocent, `silent_if` the whole text.
    """

    id: str
    version: int
    action: Action
    mode: Mode
    message: str
    rewording: str
    to_moderators: str
    helplines: tuple[Helpline, ...]
    pattern: re.Pattern[str] | None
    together: tuple[Words, ...]
    within: int
    same_sentence: bool
    finder: Finder | None
    when: tuple[Predicate, ...]
    unless: re.Pattern[str] | None
    silent_if: re.Pattern[str] | None
    only_for: Mapping[str, frozenset[str]]

    @property
    def family(self) -> str:
        return self.id.partition(".")[0]

    def finding(self, reading: Reading) -> Finding | None:
        """What the rule has to say about this content, or None."""
        if not self._concerns(reading.content):
            return None
        if not self._reads_words:
            return self._say(reading, [])
        places = self._search(reading)
        if not places or (self.silent_if and self.silent_if.search(reading.text)):
            return None
        return self._say(reading, places)

    @property
    def _reads_words(self) -> bool:
        return bool(self.pattern or self.together or self.finder)

    def _concerns(self, content: Content) -> bool:
        """A rule bound to some categories, kinds or deals also speaks where the content does not tell its own."""
        bound = all(getattr(content, name) in {None, *allowed} for name, allowed in self.only_for.items())
        return bound and all(holds(content) for holds in self.when)

    def _search(self, reading: Reading) -> list[Place]:
        if self.together:
            words = [self._guilty(reading, reading.places(words)) for words in self.together]
            return together(reading, words, self.within, self.same_sentence)
        return self._guilty(reading, self.finder(reading) if self.finder else matches(self.pattern, reading.text))

    def _guilty(self, reading: Reading, places: list[Place]) -> list[Place]:
        return without(places, matches(self.unless, reading.text)) if places else places

    def _say(self, reading: Reading, places: list[Place]) -> Finding:
        return Finding(
            rule=self.id,
            version=self.version,
            action=self.action,
            message=self.message,
            rewording=self.rewording,
            spans=reading.spans(places),
            helplines=self.helplines,
            to_moderators=self.to_moderators,
        )
