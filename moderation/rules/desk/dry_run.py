"""A rule read over many texts in a process of its own: a pattern somebody tries may take for ever, and what runs in the
site's process cannot be stopped.

    python -m moderation.rules.desk.dry_run < what is asked, as JSON > what came of it, as JSON
"""

import resource
import sys

import msgspec

from moderation.desk.masking import masked
from moderation.rules.faults import NAMELESS, RulesetError
from moderation.rules.marking import Piece, marked
from moderation.rules.reading import Reading
from moderation.rules.rule import Rule
from moderation.rules.ruleset import Ruleset, load_ruleset, try_rule
from moderation.rules.verdict import Content, Finding

MOST_CPU = 30  # seconds; the site waits less, but may be gone
SHOWN = 40
AROUND = 90  # characters kept before the first marked words and after the last


class Sample(msgspec.Struct, frozen=True):
    """`path` is where a moderator reads the text this comes from."""

    path: str
    content: Content


class Asked(msgspec.Struct, frozen=True):
    entry: str
    samples: list[Sample]


class Excerpt(msgspec.Struct, frozen=True):
    path: str
    title: str
    pieces: list[Piece]


class DryRun(msgspec.Struct, frozen=True, kw_only=True):
    """`caught` are texts the rule would newly speak of, `freed` those it no longer would, the newest first and no more
    than are shown; `problem` says in French what is wrong with the rule."""

    rule: str = ""
    is_known: bool = False
    problem: str = ""
    read: int = 0
    both: int = 0
    caught_count: int = 0
    freed_count: int = 0
    caught: list[Excerpt] = []
    freed: list[Excerpt] = []


def dry_run(asked: Asked, ruleset: Ruleset) -> DryRun:
    try:
        tried = try_rule(asked.entry, ruleset)
    except RulesetError as error:
        about = "" if error.about == NAMELESS else f"{error.about}\u202f: "
        return DryRun(problem=about + error.in_french)
    present = next((rule for rule in ruleset.rules if rule.id == tried.id), None)
    caught, freed, both = [], [], 0
    for sample in asked.samples:
        reading = Reading.of(sample.content, ruleset.corrections)
        before, after = _said(present, reading), _said(tried, reading)
        both += bool(before and after)
        if after and not before:
            caught.append((sample, after))
        if before and not after:
            freed.append((sample, before))
    return DryRun(
        rule=tried.id,
        is_known=present is not None,
        read=len(asked.samples),
        both=both,
        caught_count=len(caught),
        freed_count=len(freed),
        caught=[_excerpt(sample, finding) for sample, finding in caught[:SHOWN]],
        freed=[_excerpt(sample, finding) for sample, finding in freed[:SHOWN]],
    )


def _said(rule: Rule | None, reading: Reading) -> Finding | None:
    return rule.finding(reading) if rule else None


def _excerpt(sample: Sample, finding: Finding) -> Excerpt:
    """Without numbers and addresses of people: those are asked for in a case, one at a time, and that is in the log."""
    body = masked(sample.content.body)
    pieces = marked("body", body, [finding])
    if not any(piece.marked for piece in pieces):
        pieces = [Piece(body[: 2 * AROUND], False)]
    return Excerpt(sample.path, masked(sample.content.title), _shortened(pieces))


def _shortened(pieces: list[Piece]) -> list[Piece]:
    first, last = 0, len(pieces) - 1
    return [
        Piece(_cut(piece.text, is_first=at == first, is_last=at == last), piece.marked) if not piece.marked else piece
        for at, piece in enumerate(pieces)
    ]


def _cut(text: str, *, is_first: bool, is_last: bool) -> str:
    if is_first and is_last:
        return text
    if is_first:
        return text if len(text) <= AROUND else "…" + text[-AROUND:]
    if is_last:
        return text if len(text) <= AROUND else text[:AROUND] + "…"
    return text if len(text) <= 2 * AROUND else f"{text[:AROUND]} … {text[-AROUND:]}"


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU, MOST_CPU))
    given = msgspec.json.decode(sys.stdin.buffer.read(), type=Asked)
    sys.stdout.buffer.write(msgspec.json.encode(dry_run(given, load_ruleset())))
