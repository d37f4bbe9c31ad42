import copy
import tomllib

import pytest

from moderation.rules import RULESET, Action, Content, screen
from moderation.rules.ruleset import FAMILIES, RulesetError, build_ruleset

LINES = {
    "checked_on": "2026-11-22",
    "helpline": {"one": {"number": "3919", "name": "Écoute", "about": "gratuit"}},
}
RULES = tomllib.loads("""
version = "test"
[vocabulary.fruit]
words = ["pommes?", "poires?"]
unless = ["pommes? de terre"]
[vocabulary.gift]
words = ["donne"]
[[rule]]
id = "law.fruit"
version = 1
action = "hold"
together = ["fruit", "gift"]
within = 20
message = "Pas de fruits."
[[rule]]
id = "scam.pear"
version = 1
action = "advise"
pattern = 'belle «fruit»'
unless = ["belle poire a lavement"]
message = "Pas de belles poires."
""")


def changed(**keys):
    rules = copy.deepcopy(RULES)
    rules["rule"][1].update(keys)
    return rules


def rules_of(text, rules=RULES):
    return screen(Content(body=text), build_ruleset(rules, LINES)).rules


async def test_words_stand_together_in_any_order_within_reach_and_in_one_sentence():
    assert rules_of("Donne pommes") == ("law.fruit",)
    assert rules_of("Des poires : je donne") == ("law.fruit",)
    assert rules_of("Donne lit. Pommes") == ()
    assert rules_of("Donne une très grande armoire et des pommes") == ()


async def test_the_innocent_expression_is_spared_and_its_guilty_neighbour_is_not():
    assert rules_of("Donne pommes de terre") == ()
    assert rules_of("Donne poires, pommes de terre") == ("law.fruit",)
    assert rules_of("belle poire à lavement") == ()
    assert rules_of("belle poire à lavement, belle pomme") == ("scam.pear",)


async def test_findings_keep_the_order_of_the_ruleset():
    assert rules_of("Donne belle poire") == ("law.fruit", "scam.pear")


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({"id": "law.fruit"}, "law.fruit: two rules"),
        ({"id": "fruit"}, "fruit: an id is"),
        ({"id": "garden.pear"}, "garden.pear: an id is"),
        ({"action": "shoot"}, "scam.pear: unknown action 'shoot'"),
        ({"action": "allow"}, "scam.pear: unknown action 'allow'"),
        ({"pattern": "(belle"}, "scam.pear: bad pattern"),
        ({"pattern": "belle.*poire"}, "scam.pear: a repetition without a bound"),
        ({"pattern": r"belle\w+"}, "scam.pear: a repetition without a bound"),
        ({"pattern": "belle.{3,}"}, "scam.pear: a repetition without a bound"),
        ({"pattern": "«legume»"}, "scam.pear: unknown vocabulary 'legume'"),
        ({"unless": ["(x"]}, "scam.pear: bad pattern"),
        ({"colour": "red"}, "scam.pear: unknown key colour"),
        ({"finder": "nir"}, "scam.pear: give one of"),
        ({"helplines": ["two"]}, "scam.pear: unknown helpline 'two'"),
    ],
    ids=str,
)
async def test_a_faulty_rule_is_refused_by_name(keys, reason):
    with pytest.raises(RulesetError) as error:
        build_ruleset(changed(**keys), LINES)
    assert str(error.value).startswith(reason)


@pytest.mark.parametrize("key", ["message", "action", "version", "pattern"])
async def test_an_incomplete_rule_is_refused_by_name(key):
    rules = copy.deepcopy(RULES)
    del rules["rule"][1][key]
    with pytest.raises(RulesetError, match=r"scam\.pear"):
        build_ruleset(rules, LINES)


async def test_an_unknown_finder_is_refused_by_name():
    rules = changed(finder="crystal_ball")
    del rules["rule"][1]["pattern"]
    with pytest.raises(RulesetError, match=r"scam\.pear: unknown finder 'crystal_ball'"):
        build_ruleset(rules, LINES)


async def test_a_faulty_vocabulary_is_refused_by_name():
    rules = copy.deepcopy(RULES)
    rules["vocabulary"]["fruit"]["words"] = ["pomme+"]
    with pytest.raises(RulesetError, match="vocabulary fruit: a repetition"):
        build_ruleset(rules, LINES)


async def test_a_bracket_or_an_escape_may_hold_the_signs_of_repetition():
    assert rules_of("belle+", changed(pattern=r"belle[+*]|belle\*")) == ("scam.pear",)


async def test_a_care_message_carries_its_numbers():
    ruleset = build_ruleset(changed(helplines=["one"], action="care"), LINES)
    assert ruleset.rules[1].message == "Pas de belles poires. 3919 (Écoute\u202f: gratuit)."


async def test_every_family_of_the_charter_has_rules_and_care_speaks_first():
    families = [rule.family for rule in RULESET.rules]
    assert set(families) == FAMILIES
    assert families[: families.count("care")] == ["care"] * families.count("care")


async def test_care_is_never_a_sanction():
    assert {rule.action for rule in RULESET.rules if rule.family == "care"} == {Action.CARE}
