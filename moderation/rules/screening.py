"""The one screen everything a member publishes goes through."""

import logging
import traceback

from moderation.rules.reading import Reading
from moderation.rules.ruleset import Ruleset, load_ruleset
from moderation.rules.verdict import Action, Content, Finding, Verdict

logger = logging.getLogger(__name__)

RULESET = load_ruleset()

SCREENING_FAILED = Finding(
    rule="screening.failed",
    version=1,
    action=Action.HOLD,
    message="Votre texte n’a pas pu être relu automatiquement. Une personne de l’équipe va le lire avant publication.",
)


def screen(content: Content, ruleset: Ruleset = RULESET) -> Verdict:
    """What the rules say of this content. May raise on a fault of a rule: publish through `screen_or_hold`."""
    reading = Reading.of(content)
    findings = tuple(finding for rule in ruleset.rules if (finding := rule.finding(reading)))
    strongest = max((finding.action for finding in findings), key=lambda action: action.strength, default=Action.ALLOW)
    return Verdict(strongest, findings, ruleset.version)


def screen_or_hold(content: Content, ruleset: Ruleset = RULESET) -> Verdict:
    """As `screen`, but an error inside the rules holds the content for a person to read."""
    try:
        return screen(content, ruleset)
    except Exception as error:
        # Neither the message nor the trace of values: both could quote what the member wrote.
        where = traceback.extract_tb(error.__traceback__)[-1]
        logger.error("screening failed: %s in %s line %s", type(error).__name__, where.name, where.lineno)
        return Verdict(Action.HOLD, (SCREENING_FAILED,), ruleset.version)
