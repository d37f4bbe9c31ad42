"""What the rules say of words only the others of a confirmed exchange read: as of a private message.

A telephone number, a digicode, a wifi password are what these fields are for.
"""

from app.forms import Errors
from messaging.writing import in_private
from moderation.rules import Action
from moderation.rules.recording import record_hits
from moderation.rules.tables import Moment


async def objections(texts: dict[str, str]) -> Errors:
    """By the name of the field: what the first rule that refuses or would hold says. Fails closed."""
    wrong: Errors = {}
    for name, text in texts.items():
        verdict = in_private(text)
        heavy = [finding for finding in verdict.findings if finding.action in (Action.REFUSE, Action.HOLD)]
        if heavy:
            await record_hits(verdict, Moment.message, None)
            wrong[name] = heavy[0].message
    return wrong
