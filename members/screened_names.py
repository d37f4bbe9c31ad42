"""A first name is shown to everyone: what the rules would say of it is said beside its field."""

from members.first_names import what_is_wrong
from moderation.rules import Action, Content, screen_or_hold
from moderation.rules.recording import record_hits
from moderation.rules.tables import Moment

NO_NAME = "Ceci ne ressemble pas à un prénom. Écrivez celui que vos proches emploient."


async def objection_to(name: str) -> str | None:
    """What to do about it, in French; None when it may stand."""
    if wrong := what_is_wrong(name):
        return wrong
    verdict = screen_or_hold(Content(more={"first_name": name}))
    if verdict.action.strength <= Action.ADVISE.strength:  # Mali is a first name, too
        return None
    await record_hits(verdict, Moment.profile, None)
    return NO_NAME
