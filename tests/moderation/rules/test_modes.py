"""On, in shadow, off; and what happens when a rule fails in each."""

import dataclasses
import logging

import pytest

from moderation.rules import RULESET, Action, Content, Mode, screen, screen_or_hold
from moderation.rules.ruleset import build_ruleset
from tests.moderation.rules.test_ruleset import LINES, changed

BOTH = Content(body="Donne belle poire")


def ruleset(**keys):
    return build_ruleset(changed(**keys), LINES)


def failing(rule_id, ruleset):
    """The same rules, of which one cannot read any text."""

    def fail(reading):
        raise RuntimeError(f"cannot read {reading.content.body}")

    def broken(rule):
        return dataclasses.replace(rule, together=(), pattern=None, finder=fail)

    return dataclasses.replace(
        ruleset, rules=tuple(broken(rule) if rule.id == rule_id else rule for rule in ruleset.rules)
    )


async def test_without_a_word_the_mode_is_that_of_the_file():
    verdict = screen(BOTH, ruleset(mode="shadow"), {})
    assert verdict.rules == ("law.fruit",)
    assert [finding.rule for finding in verdict.shadow] == ["scam.pear"]


async def test_a_rule_in_shadow_is_counted_and_changes_nothing():
    verdict = screen(BOTH, ruleset(), {"law.fruit": Mode.shadow})
    assert (verdict.action, verdict.rules) == (Action.ADVISE, ("scam.pear",))
    assert [finding.rule for finding in verdict.shadow] == ["law.fruit"]


async def test_a_rule_that_is_off_says_nothing_anywhere():
    verdict = screen(BOTH, ruleset(), {"law.fruit": Mode.off})
    assert (verdict.rules, verdict.shadow) == (("scam.pear",), ())


async def test_a_rule_in_shadow_may_be_switched_on():
    assert screen(BOTH, ruleset(mode="shadow"), {"scam.pear": Mode.on}).rules == ("law.fruit", "scam.pear")


async def test_a_rule_that_fails_holds_the_text_and_leaves_the_others_to_speak(caplog):
    with caplog.at_level(logging.ERROR):
        verdict = screen_or_hold(BOTH, failing("law.fruit", ruleset()), {})
    assert verdict.action is Action.HOLD
    assert verdict.rules == ("screening.failed", "scam.pear")
    assert "law.fruit failed: RuntimeError" in caplog.text
    assert "poire" not in caplog.text


@pytest.mark.parametrize("mode", [Mode.shadow, Mode.off])
async def test_a_rule_that_fails_out_of_service_holds_nobody(mode):
    verdict = screen_or_hold(BOTH, failing("law.fruit", ruleset()), {"law.fruit": mode})
    assert (verdict.action, verdict.rules, verdict.shadow) == (Action.ADVISE, ("scam.pear",), ())


async def test_several_rules_that_fail_are_told_once():
    rules = failing("scam.pear", failing("law.fruit", ruleset()))
    assert screen_or_hold(BOTH, rules, {}).rules == ("screening.failed",)


async def test_a_care_rule_still_reaches_the_person_when_another_fails():
    verdict = screen_or_hold(Content(body="Il me frappe, aidez-moi"), failing("law.weapons", RULESET), {})
    assert verdict.rules == ("care.violence", "screening.failed")
    assert verdict.findings[0].helplines


async def test_the_modes_switched_now_are_used_when_none_are_given(monkeypatch):
    monkeypatch.setattr("moderation.rules.modes.current", lambda: {"law.fruit": Mode.off})
    assert screen(BOTH, ruleset()).rules == ("scam.pear",)
