"""The rules as the team reads them: by family, how each is switched, how often it spoke and was right."""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby

import msgspec

from app import database
from app.refusals import NotHere
from moderation.rules.precision import RulePrecision, precision_lately
from moderation.rules.rule import Rule
from moderation.rules.screening import RULESET
from moderation.rules.verdict import Action, Mode

DAYS = 30
FAMILY = {
    "care": "Personnes en difficulté",
    "opsec": "Discrétion",
    "safety": "Logement vide",
    "language": "Respect",
    "privacy": "Données personnelles",
    "law": "Interdit ou encadré",
    "commerce": "Commerce",
    "scam": "Arnaques",
}
MODE = {Mode.on: "En vigueur", Mode.shadow: "À l’essai", Mode.off: "Éteinte"}
MODE_TONE = {Mode.on: "good", Mode.shadow: "", Mode.off: "bad"}
WHAT_MODE = {
    Mode.on: "Elle parle à l’auteur et agit.",
    Mode.shadow: "Elle lit et compte, sans rien changer pour personne.",
    Mode.off: "Elle ne lit plus rien.",
}
ACTION = {
    Action.ADVISE: "Conseille",
    Action.CARE: "Prend soin",
    Action.HOLD: "Fait relire",
    Action.REFUSE: "Refuse",
}


class Switch(msgspec.Struct, frozen=True):
    """The last time somebody of the team switched a rule; `by` is None once that account is gone."""

    mode: Mode
    why: str
    at: datetime
    by: str | None


class Shelved(msgspec.Struct, frozen=True):
    """A rule, and what is known of it beyond its file."""

    rule: Rule
    switch: Switch | None
    figures: RulePrecision

    @property
    def mode(self) -> Mode:
        return self.switch.mode if self.switch else self.rule.mode

    @property
    def path(self) -> str:
        return f"/moderation/regles/{self.rule.id}"

    @property
    def action(self) -> str:
        return ACTION[self.rule.action]


async def shelf() -> list[tuple[str, list[Shelved]]]:
    """(family in words, its rules), in the order of the file."""
    switched, figures = await _switches(), await precision_lately(DAYS)
    return [
        (FAMILY[family], [_shelved(rule, switched, figures) for rule in rules])
        for family, rules in groupby(RULESET.rules, key=lambda rule: rule.family)
    ]


async def shelved(rule_id: str) -> Shelved:
    """Raises NotHere for a rule the file does not have."""
    return _shelved(rule_of(rule_id), await _switches(), await precision_lately(DAYS))


def rule_of(rule_id: str) -> Rule:
    for rule in RULESET.rules:
        if rule.id == rule_id:
            return rule
    raise NotHere


def _shelved(rule: Rule, switched: Mapping[str, Switch], figures: Mapping[str, RulePrecision]) -> Shelved:
    return Shelved(rule, switched.get(rule.id), figures.get(rule.id) or RulePrecision(rule=rule.id))


async def _switches() -> dict[str, Switch]:
    found = await database.rows(
        "SELECT s.rule, s.mode, s.why, s.switched_at, m.first_name FROM rule_switch s"
        " LEFT JOIN member m ON m.id = s.switched_by"
    )
    return {row["rule"]: Switch(Mode(row["mode"]), row["why"], row["switched_at"], row["first_name"]) for row in found}
