import pytest

from moderation.rules import RULESET, Action, Content, screen
from tests.moderation.rules.cases import CASES, JUDGING, TUNING


@pytest.mark.parametrize("case", TUNING, ids=str)
async def test_each_sentence_gets_the_verdict_it_deserves(case):
    verdict = screen(case.content)
    assert verdict.action == case.expected, verdict.rules
    if case.rule:
        assert case.rule in verdict.rules
    assert case.look_alike_of not in verdict.rules


@pytest.mark.parametrize("rule", RULESET.rules, ids=lambda rule: rule.id)
async def test_each_rule_has_a_sentence_that_wakes_it_and_an_innocent_one_that_does_not(rule):
    waking = [case for case in CASES if case.rule == rule.id]
    innocent = [case for case in CASES if case.look_alike_of == rule.id]
    assert any(rule.id in screen(case.content).rules for case in waking)
    assert any(rule.id not in screen(case.content).rules for case in innocent)


@pytest.mark.parametrize("rule", RULESET.rules, ids=lambda rule: rule.id)
async def test_each_rule_explains_itself_shows_a_safe_wording_and_tells_moderators_what_to_look_at(rule):
    assert len(rule.message) > 40
    assert rule.rewording
    assert len(rule.to_moderators) > 40
    assert rule.to_moderators != rule.message
    assert rule.version >= 1


@pytest.mark.parametrize(
    "rule", [rule for rule in RULESET.rules if rule.action is not Action.REFUSE], ids=lambda rule: rule.id
)
async def test_the_proposed_wording_passes_the_screen_itself(rule):
    assert screen(Content(body=rule.rewording)).action is Action.ALLOW


async def test_at_least_two_sentences_in_five_are_innocent():
    for cases in (TUNING, JUDGING):
        assert len(cases) >= 300
        assert sum(case.expected is Action.ALLOW for case in cases) >= 0.4 * len(cases)


async def test_the_two_halves_are_about_as_long_and_share_no_sentence():
    assert 0.4 < len(JUDGING) / len(CASES) < 0.6
    assert not {str(case) for case in TUNING} & {str(case) for case in JUDGING}


async def test_no_sentence_stands_twice():
    assert len({repr(case.content) for case in CASES}) == len(CASES)
