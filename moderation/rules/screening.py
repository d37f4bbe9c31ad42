"""The one screen everything a member publishes goes through."""

import logging
import traceback
from collections.abc import Iterable, Mapping

from moderation.rules import modes as switches
from moderation.rules.reading import Reading
from moderation.rules.rule import Rule
from moderation.rules.ruleset import Ruleset, load_ruleset
from moderation.rules.verdict import Action, Content, Finding, Mode, Verdict

logger = logging.getLogger(__name__)

RULESET = load_ruleset()

SCREENING_FAILED = Finding(
    rule="screening.failed",
    version=1,
    action=Action.HOLD,
    message="Votre texte n’a pas pu être relu automatiquement. Une personne de l’équipe va le lire avant publication.",
    to_moderators="Une règle n’a pas pu lire ce texte\u202f: lisez-le en entier, rien d’autre ne l’a fait.",
)


def screen(content: Content, ruleset: Ruleset = RULESET, modes: Mapping[str, Mode] | None = None) -> Verdict:
    """What the rules say of this content, each in its mode: that of `modes`, else that of the file.

    `modes` is by rule id, and as switched now when not given. A rule that fails holds the content, unless it is only
    in shadow; the others are heard all the same. Still, publish through `screen_or_hold`.
    """
    modes = switches.current() if modes is None else modes
    reading = Reading.of(content, ruleset.corrections)
    findings = tuple(_heard(_in_mode(Mode.on, ruleset, modes), reading, SCREENING_FAILED))
    shadow = tuple(_heard(_in_mode(Mode.shadow, ruleset, modes), reading, None))
    strongest = max((finding.action for finding in findings), key=lambda action: action.strength, default=Action.ALLOW)
    return Verdict(strongest, findings, ruleset.version, shadow)


def screen_or_hold(content: Content, ruleset: Ruleset = RULESET, modes: Mapping[str, Mode] | None = None) -> Verdict:
    """As `screen`, but an error anywhere in it holds the content for a person to read."""
    try:
        return screen(content, ruleset, modes)
    except Exception as error:
        _log("screening", error)
        return Verdict(Action.HOLD, (SCREENING_FAILED,), ruleset.version)


def _in_mode(mode: Mode, ruleset: Ruleset, modes: Mapping[str, Mode]) -> Iterable[Rule]:
    return (rule for rule in ruleset.rules if modes.get(rule.id, rule.mode) is mode)


def _heard(rules: Iterable[Rule], reading: Reading, failed: Finding | None) -> Iterable[Finding]:
    """What each has to say, in their order; `failed`, once, instead of the first that cannot."""
    for rule in rules:
        try:
            finding = rule.finding(reading)
        except Exception as error:
            _log(rule.id, error)
            finding, failed = failed, None
        if finding:
            yield finding


def _log(what: str, error: Exception) -> None:
    # Neither the message nor the trace of values: both could quote what the member wrote.
    where = traceback.extract_tb(error.__traceback__)[-1]
    logger.error("%s failed: %s in %s line %s", what, type(error).__name__, where.name, where.lineno)
