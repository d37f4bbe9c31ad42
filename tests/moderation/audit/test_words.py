"""Whatever the code writes in the log has words an administrator can read."""

import re

from moderation.audit.words import ACTIONS, in_words, thing_in_words
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
