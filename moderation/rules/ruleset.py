"""The rules as data (`ruleset.toml`, `helplines.toml`), read and checked once."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from moderation.rules.finders import FINDERS, Finder, Found
from moderation.rules.reading import Place, Reading, Words, matches, together, without
from moderation.rules.verdict import Action, Content, Finding, Helpline

HERE = Path(__file__).parent
FAMILIES = {"opsec", "safety", "privacy", "law", "commerce", "scam", "care", "language"}

_RULE_ID = re.compile(r"([a-z]+)\.[a-z]+(-[a-z]+)*")
_REFERENCE = re.compile(r"«([a-z_]+)»")
_ESCAPES_AND_CLASSES = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]")
_UNBOUNDED = re.compile(r"[*+]|\{\d*,\}")
_KEYS = {
    *("id", "version", "action", "message", "rewording", "helplines", "pattern", "unless", "finder", "together"),
    *("within", "same_sentence", "categories", "kinds", "deals"),
}


class RulesetError(ValueError):
    """The ruleset cannot be trusted; the text names the rule or vocabulary at fault."""


@dataclass(frozen=True)
class Rule:
    """One rule. It looks for a pattern, for words standing together, or asks a finder; `unless` spares the innocent."""

    id: str
    version: int
    action: Action
    message: str
    rewording: str
    helplines: tuple[Helpline, ...]
    pattern: re.Pattern[str] | None
    together: tuple[Words, ...]
    within: int
    same_sentence: bool
    finder: Finder | None
    unless: re.Pattern[str] | None
    only_for: Mapping[str, frozenset[str]]

    @property
    def family(self) -> str:
        return self.id.partition(".")[0]

    def finding(self, reading: Reading) -> Finding | None:
        """What the rule has to say about this content, or None."""
        if not self._concerns(reading.content):
            return None
        found = self._search(reading)
        if found is True:
            return self._say(reading, [])
        return self._say(reading, found) if found else None

    def _concerns(self, content: Content) -> bool:
        """A rule bound to some categories, kinds or deals also speaks where the content does not tell its own."""
        return all(getattr(content, name) in {None, *allowed} for name, allowed in self.only_for.items())

    def _search(self, reading: Reading) -> Found:
        if self.together:
            words = [self._guilty(reading, reading.places(words)) for words in self.together]
            return together(reading, words, self.within, self.same_sentence)
        found = self.finder(reading) if self.finder else matches(self.pattern, reading.text)
        return found if found is True else self._guilty(reading, found)

    def _guilty(self, reading: Reading, places: list[Place]) -> list[Place]:
        return without(places, matches(self.unless, reading.text)) if places else places

    def _say(self, reading: Reading, places: list[Place]) -> Finding:
        spans = reading.spans(places)
        return Finding(self.id, self.version, self.action, self.message, self.rewording, spans, self.helplines)


@dataclass(frozen=True)
class Ruleset:
    version: str
    rules: tuple[Rule, ...]
    helplines: Mapping[str, Helpline]
    helplines_checked_on: date


def load_ruleset(rules_file: Path = HERE / "ruleset.toml", helplines_file: Path = HERE / "helplines.toml") -> Ruleset:
    """Raises RulesetError, naming the rule, for a bad pattern, a duplicate id, an unknown action, key or reference."""
    helplines = tomllib.loads(helplines_file.read_text("utf-8"))
    return build_ruleset(tomllib.loads(rules_file.read_text("utf-8")), helplines)


def build_ruleset(rules: dict[str, Any], helplines: dict[str, Any]) -> Ruleset:
    lines = {name: Helpline(**line) for name, line in helplines["helpline"].items()}
    vocabulary = _vocabulary(rules.get("vocabulary", {}))
    built = tuple(_rule(entry, vocabulary, lines) for entry in rules["rule"])
    _no_duplicate(built)
    return Ruleset(rules["version"], built, lines, helplines["checked_on"])


def _no_duplicate(rules: Iterable[Rule]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise RulesetError(f"{rule.id}: two rules bear this id")
        seen.add(rule.id)


def _vocabulary(entries: dict[str, Any]) -> dict[str, tuple[str, Words]]:
    """Each set may use those above it, written «name»; what spares a set may name the set itself."""
    vocabulary: dict[str, tuple[str, Words]] = {}
    for name, entry in entries.items():
        source = _expanded(f"vocabulary {name}", "|".join(entry["words"]), vocabulary)
        pattern = _compiled(f"vocabulary {name}", source, vocabulary)
        if pattern is None:
            raise RulesetError(f"vocabulary {name}: no words")
        vocabulary[name] = (source, Words(name, pattern))
        unless = _compiled(f"vocabulary {name}", "|".join(entry.get("unless", [])), vocabulary)
        vocabulary[name] = (source, Words(name, pattern, unless))
    return vocabulary


def _rule(entry: dict[str, Any], vocabulary: dict[str, tuple[str, Words]], lines: dict[str, Helpline]) -> Rule:
    name = _checked_id(entry)
    helplines = tuple(_named(name, "helpline", lines, line) for line in entry.get("helplines", []))
    return Rule(
        id=name,
        version=entry["version"],
        action=_action(name, entry["action"]),
        message=_with_numbers(entry["message"], helplines),
        rewording=entry.get("rewording", ""),
        helplines=helplines,
        pattern=_compiled(name, entry.get("pattern", ""), vocabulary),
        together=tuple(_named(name, "vocabulary", vocabulary, words)[1] for words in entry.get("together", [])),
        within=entry.get("within", 60),
        same_sentence=entry.get("same_sentence", True),
        finder=_named(name, "finder", FINDERS, entry["finder"]) if "finder" in entry else None,
        unless=_compiled(name, "|".join(entry.get("unless", [])), vocabulary),
        only_for={
            field: frozenset(entry[key])
            for field, key in (("category", "categories"), ("kind", "kinds"), ("deal", "deals"))
            if key in entry
        },
    )


def _checked_id(entry: dict[str, Any]) -> str:
    name = str(entry.get("id"))
    parts = _RULE_ID.fullmatch(name)
    if not parts or parts[1] not in FAMILIES:
        raise RulesetError(f"{name}: an id is family.name, the family one of {', '.join(sorted(FAMILIES))}")
    if unknown := entry.keys() - _KEYS:
        raise RulesetError(f"{name}: unknown key {', '.join(sorted(unknown))}")
    if missing := {"version", "action", "message"} - entry.keys():
        raise RulesetError(f"{name}: missing {', '.join(sorted(missing))}")
    if len(entry.keys() & {"pattern", "together", "finder"}) != 1:
        raise RulesetError(f"{name}: give one of pattern, together or finder")
    return name


def _action(name: str, action: str) -> Action:
    if action not in set(Action) - {Action.ALLOW}:
        raise RulesetError(f"{name}: unknown action {action!r}")
    return Action(action)


def _named(name: str, kind: str, known: Mapping[str, Any], wanted: str) -> Any:
    if wanted not in known:
        raise RulesetError(f"{name}: unknown {kind} {wanted!r}")
    return known[wanted]


def _with_numbers(message: str, helplines: Iterable[Helpline]) -> str:
    numbers = (f"{line.number} ({line.name}\u202f: {line.about})" for line in helplines)
    return " ".join([message, *(f"{number}." for number in numbers)])


def _compiled(name: str, source: str, vocabulary: Mapping[str, tuple[str, Words]]) -> re.Pattern[str] | None:
    if not source:
        return None
    source = _expanded(name, source, vocabulary)
    if _UNBOUNDED.search(_ESCAPES_AND_CLASSES.sub("x", source)):
        raise RulesetError(f"{name}: a repetition without a bound ({source!r}); write {{0,20}} instead")
    try:
        # In a normalised text a blank is one space or one line end; a rule need not say which.
        return re.compile(rf"\b(?:{source})(?!\w)".replace(" ", r"\s"))
    except re.error as error:
        raise RulesetError(f"{name}: bad pattern, {error}") from error


def _expanded(name: str, source: str, vocabulary: Mapping[str, tuple[str, Words]]) -> str:
    def words(reference: re.Match[str]) -> str:
        return f"(?:{_named(name, 'vocabulary', vocabulary, reference[1])[0]})"

    return _REFERENCE.sub(words, source).replace("’", "'")
