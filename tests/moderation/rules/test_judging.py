"""How good the rules are on the sentences nobody adjusts them on."""

import pytest

from moderation.rules import Action, Content
from moderation.rules.judging import Judged, by_family, judge, together
from moderation.rules.report import report
from moderation.rules.ruleset import FAMILIES, build_ruleset
from moderation.rules.sentences import Sentence
from tests.moderation.rules.cases import JUDGING
from tests.moderation.rules.test_ruleset import LINES, RULES


@pytest.fixture(scope="module")
def judged():
    return judge(JUDGING)


@pytest.mark.parametrize("family", ["opsec", "law", "care"])
async def test_what_endangers_people_is_seen_nineteen_times_in_twenty(judged, family):
    found = next(one for one in by_family(judged) if one.name == family)
    assert found.wanted >= 50
    assert found.recall >= 0.95


async def test_the_rules_speak_for_nothing_less_than_once_in_twenty(judged):
    everything = together("all", judged)
    assert everything.spoke >= 300
    assert everything.precision >= 0.95


async def test_every_family_is_judged(judged):
    assert {one.name for one in by_family(judged) if one.wanted} == FAMILIES


async def test_a_rule_is_judged_by_what_it_saw_missed_and_said_for_nothing():
    def sentence(text, expected, rule=None, look_alike_of=None):
        return Sentence(Content(body=text), Action(expected), rule, look_alike_of)

    judged = judge(
        [
            sentence("Donne pommes", "hold", rule="law.fruit"),
            sentence("Donne cerises", "hold", rule="law.fruit"),
            sentence("Donne poires en bois", "allow", look_alike_of="law.fruit"),
            sentence("belle pomme", "advise", rule="scam.pear"),
        ],
        build_ruleset(RULES, LINES),
    )
    assert judged == [Judged("law.fruit", 2, 1, 2, 1), Judged("scam.pear", 1, 1, 1, 0)]
    assert (judged[0].recall, judged[0].precision) == (0.5, 0.5)
    assert together("all", judged) == Judged("all", 3, 2, 3, 1)
    assert Judged("none", 0, 0, 0, 0).precision is None


async def test_the_report_tells_each_family_and_each_rule_on_a_line(judged):
    lines = report().splitlines()
    named = [line.split()[0] for line in lines if line.strip()]
    assert {*FAMILIES, "all", *(one.name for one in judged)} <= set(named)
    assert next(line for line in lines if line.startswith("law ")).split()[3].endswith("%")
