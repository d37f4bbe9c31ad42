"""Texts made to slow the rules down, and how the time of each rule grows with their length."""

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass

from moderation.rules.reading import Reading
from moderation.rules.rule import Rule
from moderation.rules.screening import RULESET
from moderation.rules.verdict import AuthorRecord, Content

# Each repeated to the length wanted: signs alone, beginnings without their end, ends without their beginning.
SHAPES = (
    *("a ", "1 ", "0 ", "0o", "@a.", "a@", ".", "«", "\u0301", "¶", "a.b-c_", "é", "ﷺ", "⑽", "𝐌 ", "\n", "aaaaaaa "),
    *("vends ", "je vends un ", "mali lundi rentre ", "retour lundi ", "rentre mali ", "zéro six ", "zéro un 0 0 "),
    *("fr76 ", "fr76 3000 ", "1 85 05 78 ", "4539 1488 ", "il me ", "ma fille ", "photo ", "chat à ", "chatons à "),
    *("vends fusil vends pistolet à ", "code caserne ", "maison échange loyer ", "le général ", "12 rue ", "gagnez "),
    *("chatons x, x, ", "peluche x ", "payé ", "anne chez ", "1 rue ", "djibouty ", "+33 6 ", "+1 234 "),
    *("je suis à l’étranger ", "mon fils école jaurès ", "j’ai 14 ans ", "absents du 1 ", "mon mari ", "mon mari x "),
    *("je pars lundi ", "je rentre le ", "nous partons du 1 au ", "le lundi je pars ", "12 rue a je pars "),
    *("nos congés x ", "mutation ", "je pars rando x ", "on passe x x x loin ", "maison x x x ", "du 1 janvier au "),
    *("espèce de gros ", "tu es une sale ", "est une vraie ", "bande de ", "con ", "les arabes x ", "je vais x x "),
    *("enfant est ", "grand-mère x ", "association x ", "au collège x ", "héritage x ", "mot de passe x ", "code x x "),
    *("depuis son retour x ", "www.a", "http:/", "a.fr/", "ab12", "ab-123-c", "le chat x x x ", "plus x x à "),
)  # fmt: skip

SHORT, LONG = 10_000, 100_000

# Below this a measure is mostly the clock's own noise; above that it is taken again, for another process may have
# been in the way.
_NOTABLE_SECONDS = 0.01
_STEEP = 20.0
_TRIES = 5


@dataclass(frozen=True)
class Growth:
    """`ratio` is the time of `rule` at 100,000 characters of `shape` over its time at 10,000: 10 is linear."""

    rule: str
    shape: str
    ratio: float
    seconds: float


def steepest_growths(shapes: Iterable[str] = SHAPES, rules: Iterable[Rule] = RULESET.rules) -> list[Growth]:
    """The worst shape of each rule that takes a notable time at all, the steepest first."""
    rules = tuple(rules)
    worst: dict[str, Growth] = {}
    for shape in shapes:
        for growth in growths(shape, rules):
            if growth.rule not in worst or worst[growth.rule].ratio < growth.ratio:
                worst[growth.rule] = growth
    return sorted(worst.values(), key=lambda growth: -growth.ratio)


def growths(shape: str, rules: Iterable[Rule] = RULESET.rules) -> list[Growth]:
    """Of each rule that takes a notable time on this shape."""
    short, long = _read(shape, SHORT), _read(shape, LONG)
    found = []
    for rule in rules:
        seconds = _seconds(rule, long)
        if seconds > _NOTABLE_SECONDS:
            found.append(_growth(rule, shape, short, long))
    return found


def _growth(rule: Rule, shape: str, short: Reading, long: Reading) -> Growth:
    fast, slow = math.inf, math.inf
    for _ in range(_TRIES):
        fast, slow = min(fast, _seconds(rule, short)), min(slow, _seconds(rule, long))
        if slow < _STEEP * fast:
            break
    return Growth(rule.id, shape, slow / fast, slow)


def _read(shape: str, length: int) -> Reading:
    text = (shape * (length // len(shape) + 1))[:length]
    return Reading.of(Content(body=text, author=AuthorRecord()), RULESET.corrections)


def _seconds(rule: Rule, reading: Reading) -> float:
    """Of processor; a fresh reading, so that the rule searches its words itself."""
    reading = Reading(reading.content, reading.text, reading.fields)
    started = time.process_time()
    rule.finding(reading)
    return time.process_time() - started
