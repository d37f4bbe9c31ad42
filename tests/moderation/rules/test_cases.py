import pytest

from moderation.rules import RULESET, Action, Content, screen
from tests.moderation.rules.cases import CASES


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_each_sentence_gets_the_verdict_it_deserves(case):
    verdict = screen(case.content)
    assert verdict.action == case.expected, verdict.rules
    if case.rule:
        assert case.rule in verdict.rules
    assert case.look_alike_of not in verdict.rules


@pytest.mark.parametrize("rule", RULESET.rules, ids=lambda rule: rule.id)
async def test_each_rule_has_a_sentence_that_wakes_it_and_an_innocent_one_that_does_not(rule):
    assert [case for case in CASES if case.rule == rule.id]
    assert [case for case in CASES if case.look_alike_of == rule.id]


@pytest.mark.parametrize("rule", RULESET.rules, ids=lambda rule: rule.id)
async def test_each_rule_explains_itself_and_shows_a_safe_wording(rule):
    assert len(rule.message) > 40
    assert rule.rewording
    assert rule.version >= 1


@pytest.mark.parametrize(
    "rule", [rule for rule in RULESET.rules if rule.action is not Action.REFUSE], ids=lambda rule: rule.id
)
async def test_the_proposed_wording_passes_the_screen_itself(rule):
    assert screen(Content(body=rule.rewording)).action is Action.ALLOW


async def test_at_least_two_sentences_in_five_are_innocent():
    innocent = [case for case in CASES if case.expected == "allow"]
    assert len(CASES) >= 120
    assert len(innocent) >= 0.4 * len(CASES)


async def test_no_sentence_stands_twice():
    assert len({repr(case.content) for case in CASES}) == len(CASES)
