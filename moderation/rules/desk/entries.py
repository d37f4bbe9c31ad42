"""A rule as it is written in the file, to be changed and tried."""

import re
from functools import cache

from moderation.rules.ruleset import RULES_FILE

_ENTRY = re.compile(r"^\[\[rule\]\]\n(?:(?!\[).*\n)*", re.MULTILINE)
_ID = re.compile(r'^id = "([^"]+)"', re.MULTILINE)


def entry_of(rule_id: str) -> str:
    """Its lines of ruleset.toml; empty when the file has none of this id."""
    return _entries().get(rule_id, "")


@cache
def _entries() -> dict[str, str]:
    found = {}
    for entry in _ENTRY.findall(RULES_FILE.read_text("utf-8")):
        if name := _ID.search(entry):
            lines = [line for line in entry.splitlines() if not line.startswith("#")]
            found[name[1]] = "\n".join(lines).strip()
    return found
