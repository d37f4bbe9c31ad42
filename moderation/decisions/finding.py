"""What a decision says it was founded on: how the thing came before a moderator, and what stood in it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import asyncpg
import msgspec

from app import database
from exchanges.homes.sheet import HOUSE_RULES
from moderation.cases.tables import CaseKind
from moderation.cases.things import Thing, thing_of
from moderation.decisions.tables import Detection
from moderation.rules import Finding
from moderation.rules.verdict import Action

HOLDS = (Action.CARE, Action.HOLD, Action.REFUSE)
QUOTES = 5
LONGEST = 160


class Found(NamedTuple):
    """`automatically` says whether rules had spoken, whoever else did too."""

    by: Detection
    automatically: bool


async def found(case: asyncpg.Record) -> Found:
    """What rules held never came online: nobody reported it. Of what is online, a legal notice weighs first."""
    has_rules = any(finding.action in HOLDS for finding in findings_of(case))
    asked = await database.row(
        'SELECT EXISTS (SELECT FROM notice WHERE "case" = $1) AS by_notice,'
        ' EXISTS (SELECT FROM report WHERE "case" = $1) AS by_report',
        case["id"],
    )
    if asked and asked["by_notice"]:
        return Found(Detection.notice, has_rules)
    if asked and asked["by_report"]:
        return Found(Detection.report, has_rules)
    return Found(Detection.rules if has_rules else Detection.team, has_rules)


async def ready_facts(case: asyncpg.Record) -> str:
    """A sentence that quotes what was found, for a moderator to keep or to say better."""
    return facts_in(await thing_of(case["id"]), findings_of(case))


def findings_of(case: asyncpg.Record) -> tuple[Finding, ...]:
    return msgspec.json.decode(case["findings"], type=tuple[Finding, ...])


def facts_in(thing: Thing, findings: Sequence[Finding]) -> str:
    """The passages the rules marked, else the beginning of the text."""
    said = {"title": thing.title, "body": thing.text, "house_rules": dict(thing.facts).get(HOUSE_RULES, "")}
    passages = dict.fromkeys(_passages(said, findings))
    if passages:
        quoted = ", ".join(f"«\u202f{passage}\u202f»" for passage in list(passages)[:QUOTES])
        return f"{'Passage relevé' if len(passages) == 1 else 'Passages relevés'} dans votre texte\u202f: {quoted}."
    whole = " ".join((thing.text if thing.kind is not CaseKind.listing else f"{thing.title}. {thing.text}").split())
    return f"Texte lu\u202f: «\u202f{_short(whole)}\u202f»." if whole else "Le texte que nous avons lu."


def _passages(said: dict[str, str], findings: Iterable[Finding]) -> list[str]:
    cut = [said[span.field][span.start : span.end] for one in findings for span in one.spans if span.field in said]
    return [_short(" ".join(passage.split())) for passage in cut if passage.strip()]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
