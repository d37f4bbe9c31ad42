"""What `make rules-report` prints: how good each rule is, and how its time grows with the text.

It reads the sentences of tests/moderation/rules/cases.json (half of them only: those nobody adjusts a rule on), so it
runs from a copy of the repository, not from an installed package:

    python -m moderation.rules.report [file of sentences]
"""

import sys
from pathlib import Path

from moderation.rules.hostile import LONG, SHORT, Growth, steepest_growths
from moderation.rules.judging import Judged, by_family, judge, together
from moderation.rules.screening import RULESET
from moderation.rules.sentences import read_sentences

CASES = Path("tests/moderation/rules/cases.json")


def report(file: Path = CASES) -> str:
    """Tables by family and by rule, then the growth of time."""
    sentences = read_sentences(file)
    kept_apart = [sentence for sentence in sentences if sentence.is_for_judging]
    rules = judge(kept_apart)
    lines = [
        f"Ruleset {RULESET.version}: {len(RULESET.rules)} rules, {len(sentences)} sentences,"
        f" {len(kept_apart)} of them only for judging (below).",
        "",
        _HEAD,
        *(_line(family) for family in by_family(rules)),
        _line(together("all", rules)),
        "",
        _HEAD,
        *(_line(rule) for rule in rules),
    ]
    return "\n".join(lines)


_HEAD = f"{'':28}{'wanted':>8}{'heard':>8}{'recall':>9}{'spoke':>8}{'wrong':>8}{'precision':>11}"


def _line(judged: Judged) -> str:
    return (
        f"{judged.name:28}{judged.wanted:8}{judged.heard:8}{_share(judged.recall):>9}"
        f"{judged.spoke:8}{judged.wrong:8}{_share(judged.precision):>11}"
    )


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def growth_report(growths: list[Growth]) -> str:
    """The rules whose time grows fastest with the text."""
    lines = (f"{one.rule:28}{one.ratio:8.1f}{one.seconds * 1000:9.1f} ms  {one.shape!r}" for one in growths[:10])
    head = f"Time at {LONG:,} hostile characters over time at {SHORT:,} (10 is linear), the steepest of {len(growths)}:"
    return "\n".join([head, *lines])


if __name__ == "__main__":
    print(report(*(Path(name) for name in sys.argv[1:])))
    print()
    print(growth_report(steepest_growths()))
