"""One rule, written by hand to see what it would have said."""

import pytest

from moderation.rules import Action, Content, Mode
from moderation.rules.reading import Reading
from moderation.rules.ruleset import RulesetError, try_rule

TRIED = """
id = "law.skates"
version = 1
action = "hold"
mode = "shadow"
message = "Pas de patins."
pattern = '«transfer» patins?'
silent_if = ["en peluche"]
"""


async def test_it_may_use_the_words_of_the_ruleset():
    rule = try_rule(TRIED)
    assert (rule.id, rule.action, rule.mode) == ("law.skates", Action.HOLD, Mode.shadow)
    assert rule.finding(Reading.of(Content(body="Je vends patins neufs")))
    assert rule.finding(Reading.of(Content(body="Je vends patins neufs… en peluche"))) is None


async def test_a_long_pattern_may_be_written_as_a_list_of_what_it_may_be():
    rule = try_rule(TRIED.replace("'«transfer» patins?'", "['«transfer» patins?', 'patins? a (?:vendre|donner)']"))
    assert rule.finding(Reading.of(Content(body="Patins à donner")))


async def test_it_may_be_given_with_the_line_that_opens_it_in_the_file():
    assert try_rule(f"[[rule]]\n{TRIED}").id == "law.skates"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("id = 'law.a'\nn'importe quoi", "ne se lit pas, ligne 2, colonne "),
        ("id = ", "ne se lit pas\u202f: elle s’arrête trop tôt"),
        ("[[rule]]\nid = 'law.a'\n[[rule]]\nid = 'law.b'", "une règle, et une seule"),
        ("rule = 'law.a'", "une règle, et une seule"),
        ("id = 'fruit'", "famille.nom"),
        ("id = 'law.Fruit'", "famille.nom"),
        ("id = 'law.fruit'\nversion = 1\naction = 'hold'", "Il manque\u202f: message"),
        (TRIED.replace("pattern", "colour"), "«\u202fcolour\u202f» n’existe pas"),
        (TRIED.replace("version = 1", "version = '1'"), "«\u202fversion\u202f» n’est pas du bon genre"),
        (TRIED.replace("version = 1", "version = true"), "«\u202fversion\u202f» n’est pas du bon genre"),
        (TRIED.replace('["en peluche"]', "[1]"), "«\u202fsilent_if\u202f» n’est pas du bon genre"),
        (TRIED.replace("hold", "shoot"), "L’action «\u202fshoot\u202f» n’existe pas"),
        (TRIED.replace("shadow", "dusk"), "Le mode «\u202fdusk\u202f» n’existe pas"),
        (TRIED.replace("«transfer»", "«nothing»"), "«\u202fnothing\u202f» n’est pas connu"),
        (TRIED.replace("patins?", "patins.*"), "n’a pas de limite"),
        (TRIED.replace("patins?", "(patins"), "mal écrit"),
        (TRIED + "when = ['rainy']", "«\u202frainy\u202f» n’est pas connu"),
        (TRIED + "finder = 'iban'", "l’un de ces trois"),
        (TRIED.replace("pattern = '«transfer» patins?'", ""), "l’un de ces trois"),
    ],
)
async def test_what_is_wrong_is_said_in_words_a_moderator_reads(entry, said):
    with pytest.raises(RulesetError) as error:
        try_rule(entry)
    assert said in error.value.in_french
