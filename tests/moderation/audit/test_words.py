"""Whatever the code writes in the log has words an administrator can read."""

import ast
import re

from moderation.audit.words import ACTIONS, FACTS, fact_in_words, in_words, thing_in_words
from tests.helpers.source import DOMAINS, files

RECORDED = re.compile(r"""\brecord\(\s*"([a-z_.]+)"(?: if [^"]+? else "([a-z_.]+)")?""")
COMPUTED = {"reply.deleted", "reply.withdrawn"}
"""Put together where they are written: `reply.{state}`."""


def recorded() -> set[str]:
    found = COMPUTED.copy()
    for file in files(*DOMAINS, ending=(".py",)):
        for actions in RECORDED.findall(file.read_text()):
            found |= {action for action in actions if action}
    return found


async def test_every_action_has_its_words_and_every_word_its_action():
    actions = recorded()
    assert len(actions) > 60
    assert not actions - ACTIONS.keys(), "put them into words in moderation/audit/words.py"
    assert not ACTIONS.keys() - actions, "nothing writes these any more"


async def test_an_action_without_words_is_shown_as_it_is():
    assert in_words("unknown.action") == "unknown.action"
    assert thing_in_words("unknown") == "unknown"


async def test_what_is_known_of_an_entry_is_said_in_words_too():
    assert fact_in_words("thing", "message") == ("sur", "message privé")
    assert fact_in_words("decision", "remove") == ("décision", "retrait")
    assert fact_in_words("decision", "D-2026-000001") == ("décision", "D-2026-000001")
    assert fact_in_words("reason", "good_faith") == ("motif", "Signalements abusifs")
    assert fact_in_words("rules", "a.b,c.d") == ("règles", "a.b, c.d")
    assert fact_in_words("unknown", 3) == ("unknown", "3")


async def test_every_fact_has_its_name_in_words():
    named: set[str] = set()
    for file in files(*DOMAINS, ending=(".py",)):
        for call in ast.walk(ast.parse(file.read_text())):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ("audit.record", "record"):
                named |= {fact.arg for fact in call.keywords if fact.arg} - {"by", "kind", "subject"}
    assert len(named) > 15
    assert not named - FACTS.keys(), "put them into words in moderation/audit/words.py"
