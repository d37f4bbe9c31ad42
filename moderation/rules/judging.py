"""How good the rules are: how much of what they should see they see, and how often they speak for nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moderation.rules.ruleset import Ruleset
from moderation.rules.screening import RULESET, screen
from moderation.rules.sentences import Sentence
from moderation.rules.verdict import Finding


@dataclass(frozen=True)
class Judged:
    """Of one rule, or of several together: sentences it should see (`wanted`), of which it saw `heard`; sentences it
    spoke of (`spoke`), of which it should have let `wrong` alone."""

    name: str
    wanted: int
    heard: int
    spoke: int
    wrong: int

    @property
    def recall(self) -> float | None:
        return self.heard / self.wanted if self.wanted else None

    @property
    def precision(self) -> float | None:
        return 1 - self.wrong / self.spoke if self.spoke else None


def judge(sentences: Iterable[Sentence], ruleset: Ruleset = RULESET) -> list[Judged]:
    """Each rule, in the order of the ruleset."""
    heard = [(sentence, screen(sentence.content, ruleset, {}).findings) for sentence in sentences]
    return [_judged(rule.id, heard) for rule in ruleset.rules]


def together(name: str, rules: Iterable[Judged]) -> Judged:
    rules = list(rules)
    return Judged(
        name,
        sum(rule.wanted for rule in rules),
        sum(rule.heard for rule in rules),
        sum(rule.spoke for rule in rules),
        sum(rule.wrong for rule in rules),
    )


def by_family(rules: Sequence[Judged]) -> list[Judged]:
    families = dict.fromkeys(rule.name.partition(".")[0] for rule in rules)
    return [together(family, (rule for rule in rules if rule.name.startswith(f"{family}."))) for family in families]


def _judged(rule: str, heard: list[tuple[Sentence, tuple[Finding, ...]]]) -> Judged:
    wanted = [findings for sentence, findings in heard if sentence.rule == rule]
    spoke = [(sentence, finding) for sentence, findings in heard for finding in findings if finding.rule == rule]
    return Judged(
        name=rule,
        wanted=len(wanted),
        heard=sum(any(finding.rule == rule for finding in findings) for findings in wanted),
        spoke=len(spoke),
        wrong=sum(_for_nothing(sentence, finding) for sentence, finding in spoke),
    )


def _for_nothing(sentence: Sentence, finding: Finding) -> bool:
    """Of a sentence named as its look-alike, or that deserves something milder."""
    return sentence.look_alike_of == finding.rule or finding.action.strength > sentence.expected.strength
