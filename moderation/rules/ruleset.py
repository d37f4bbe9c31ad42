"""The rules as data (`ruleset.toml`, `helplines.toml`), read and checked once."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from moderation.rules.compiling import Vocabulary, compiled, read_vocabulary
from moderation.rules.correcting import Corrections
from moderation.rules.faults import NAMELESS, RulesetError, named
from moderation.rules.finders import FINDERS
from moderation.rules.predicates import PREDICATES
from moderation.rules.rule import Rule
from moderation.rules.verdict import Action, Helpline, Mode

HERE = Path(__file__).parent
RULES_FILE = HERE / "ruleset.toml"
HELPLINES_FILE = HERE / "helplines.toml"
FAMILIES = {"opsec", "safety", "privacy", "law", "commerce", "scam", "care", "language"}

_REQUIRED: dict[str, type] = {"id": str, "version": int, "action": str, "message": str}
_OPTIONAL: dict[str, type] = {
    **dict.fromkeys(("mode", "rewording", "to_moderators", "finder"), str),
    **dict.fromkeys(
        ("helplines", "pattern", "unless", "silent_if", "together", "when", "categories", "kinds", "deals"), list
    ),
    "within": int,
    "same_sentence": bool,
}
_TYPES = _REQUIRED | _OPTIONAL


@dataclass(frozen=True)
class Ruleset:
    version: str
    rules: tuple[Rule, ...]
    helplines: Mapping[str, Helpline]
    helplines_checked_on: date
    vocabulary: Vocabulary
    corrections: Corrections
    social_worker: str


def load_ruleset(rules_file: Path = RULES_FILE, helplines_file: Path = HELPLINES_FILE) -> Ruleset:
    """Raises RulesetError, naming the rule, for a bad pattern, a duplicate id, an unknown action, key or reference."""
    helplines = tomllib.loads(helplines_file.read_text("utf-8"))
    return build_ruleset(tomllib.loads(rules_file.read_text("utf-8")), helplines)


def build_ruleset(rules: dict[str, Any], helplines: dict[str, Any]) -> Ruleset:
    lines = {name: Helpline(**line) for name, line in helplines["helpline"].items()}
    social_worker = helplines.get("social_worker", "")
    vocabulary = read_vocabulary(rules.get("vocabulary", {}))
    corrections = Corrections.of(**rules.get("misspelt", {}))
    built = tuple(_rule(entry, vocabulary, lines, social_worker) for entry in rules["rule"])
    _no_duplicate(built)
    return Ruleset(rules["version"], built, lines, helplines["checked_on"], vocabulary, corrections, social_worker)


_loaded = cache(load_ruleset)


def try_rule(entry_toml: str, ruleset: Ruleset | None = None) -> Rule:
    """One rule as it would stand in the file, with or without its `[[rule]]` line, in the words of the ruleset.

    Raises RulesetError, whose `in_french` says what to mend.
    """
    ruleset = ruleset or _loaded()
    return _rule(_entry(entry_toml), ruleset.vocabulary, ruleset.helplines, ruleset.social_worker)


def _place(error: tomllib.TOMLDecodeError) -> str:
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return f", ligne {found[1]}, colonne {found[2]}" if found else "\u202f: elle s’arrête trop tôt"


def _entry(entry_toml: str) -> dict[str, Any]:
    try:
        entry = tomllib.loads(entry_toml)
    except tomllib.TOMLDecodeError as error:
        raise RulesetError(NAMELESS, f"not TOML, {error}", f"La règle ne se lit pas{_place(error)}.") from error
    rules = entry.get("rule", entry)
    entries = rules if isinstance(rules, list) else [rules]
    if len(entries) != 1 or not isinstance(entries[0], dict):
        raise RulesetError(NAMELESS, "give one rule", "Donnez une règle, et une seule.")
    return entries[0]


def _no_duplicate(rules: Iterable[Rule]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise RulesetError(rule.id, "two rules bear this id", "Deux règles portent ce nom.")
        seen.add(rule.id)


def _rule(entry: dict[str, Any], vocabulary: Vocabulary, lines: Mapping[str, Helpline], social_worker: str) -> Rule:
    name = _checked(entry)
    helplines = tuple(named(name, "helpline", lines, line) for line in entry.get("helplines", []))
    return Rule(
        id=name,
        version=entry["version"],
        action=_action(name, entry["action"]),
        mode=_mode(name, entry.get("mode", Mode.on)),
        message=_with_numbers(entry["message"], helplines, social_worker),
        rewording=entry.get("rewording", ""),
        to_moderators=entry.get("to_moderators", ""),
        helplines=helplines,
        pattern=compiled(name, _alternatives(entry.get("pattern", "")), vocabulary),
        together=tuple(named(name, "vocabulary", vocabulary, words).words for words in entry.get("together", [])),
        within=entry.get("within", 60),
        same_sentence=entry.get("same_sentence", True),
        finder=named(name, "finder", FINDERS, entry["finder"]) if "finder" in entry else None,
        when=tuple(named(name, "predicate", PREDICATES, wanted) for wanted in entry.get("when", [])),
        unless=compiled(name, "|".join(entry.get("unless", [])), vocabulary),
        silent_if=compiled(name, "|".join(entry.get("silent_if", [])), vocabulary),
        only_for={
            field: frozenset(entry[key])
            for field, key in (("category", "categories"), ("kind", "kinds"), ("deal", "deals"))
            if key in entry
        },
    )


def _checked(entry: dict[str, Any]) -> str:
    name = str(entry.get("id"))
    family, _, rest = name.partition(".")
    if family not in FAMILIES or not all(
        part.isascii() and part.isalpha() and part.islower() for part in rest.split("-")
    ):
        families = ", ".join(sorted(FAMILIES))
        raise RulesetError(
            name, f"an id is family.name, the family one of {families}", f"Le nom s’écrit famille.nom ({families})."
        )
    for key, value in entry.items():
        _check_type(name, key, value)
    if missing := ", ".join(sorted(_REQUIRED.keys() - entry.keys())):
        raise RulesetError(name, f"missing {missing}", f"Il manque\u202f: {missing}.")
    if len(entry.keys() & {"pattern", "together", "finder"}) > 1 or not entry.keys() & {
        "pattern",
        "together",
        "finder",
        "when",
    }:
        raise RulesetError(
            name,
            "give one of pattern, together or finder",
            "Donnez l’un de ces trois\u202f: pattern, together, finder.",
        )
    return name


def _alternatives(pattern: str | list[str]) -> str:
    """A long pattern is written as a list of what it may be."""
    return pattern if isinstance(pattern, str) else "|".join(pattern)


def _check_type(name: str, key: str, value: object) -> None:
    if key == "pattern" and isinstance(value, str):
        return
    if key not in _TYPES:
        raise RulesetError(name, f"unknown key {key}", f"«\u202f{key}\u202f» n’existe pas.")
    right = isinstance(value, _TYPES[key]) and isinstance(value, bool) == (_TYPES[key] is bool)
    if isinstance(value, list):
        right = right and all(isinstance(one, str) for one in value)
    if not right:
        raise RulesetError(name, f"{key} is no {_TYPES[key].__name__}", f"«\u202f{key}\u202f» n’est pas du bon genre.")


def _action(name: str, action: str) -> Action:
    if action not in set(Action) - {Action.ALLOW}:
        raise RulesetError(name, f"unknown action {action!r}", f"L’action «\u202f{action}\u202f» n’existe pas.")
    return Action(action)


def _mode(name: str, mode: str) -> Mode:
    if mode not in set(Mode):
        raise RulesetError(name, f"unknown mode {mode!r}", f"Le mode «\u202f{mode}\u202f» n’existe pas.")
    return Mode(mode)


def _with_numbers(message: str, helplines: Iterable[Helpline], social_worker: str) -> str:
    numbers = [f"{line.number} ({line.name}\u202f: {line.about})." for line in helplines]
    return " ".join([message, *numbers, *([social_worker] if numbers and social_worker else [])])
