"""What the author of a thing hears of a decision about it."""

from uuid import UUID

import asyncpg

from listings.kinds import Status
from listings.paths import path_of
from messaging.access import REMOVED
from moderation.cases.tables import CaseKind
from moderation.decisions.tables import DecisionKind
from moderation.decisions.telling import Told
from notifications.topics import Topic

REPORTABLE = (Status.published, Status.closed)

_TOPIC = {
    (CaseKind.listing, DecisionKind.approve): Topic.listing_published,
    (CaseKind.listing, DecisionKind.ask_changes): Topic.listing_sent_back,
    (CaseKind.listing, DecisionKind.remove): Topic.listing_removed,
    (CaseKind.edit, DecisionKind.approve): Topic.edit_accepted,
    (CaseKind.edit, DecisionKind.ask_changes): Topic.edit_sent_back,
    (CaseKind.reply, DecisionKind.approve): Topic.edit_accepted,
    (CaseKind.reply, DecisionKind.ask_changes): Topic.edit_sent_back,
    (CaseKind.reply, DecisionKind.remove): Topic.reply_removed,
    (CaseKind.thanks, DecisionKind.remove): Topic.thanks_removed,
    (CaseKind.message, DecisionKind.remove): Topic.message_removed,
}


def news_for_author(case: asyncpg.Record, decided: DecisionKind, listing: asyncpg.Record, decision: UUID) -> list[Told]:
    """Nothing for an ad that was reported and stays: its author need not know. Who told the moderators of a problem
    beside a word of thanks hears that it was read."""
    if case["is_problem"] and decided is DecisionKind.approve:
        return [_told(case, Topic.report_handled, case["thanks"], listing, "/mercis#ecrits")]
    topic = _TOPIC.get((CaseKind(case["kind"]), decided))
    stays = topic is Topic.listing_published and listing["status"] in REPORTABLE
    is_unchanged = case["kind"] == CaseKind.reply and topic is Topic.edit_accepted and case["reply_waiting"] is None
    if topic is None or stays or is_unchanged:
        return []
    path = (
        path_of(listing["category"], case["listing"]) if decided is DecisionKind.approve else f"/decisions/{decision}"
    )
    thing = decision if case["kind"] in (CaseKind.reply, CaseKind.thanks, CaseKind.message) else case["listing"]
    return [_told(case, topic, thing, listing, path)]


def _told(case: asyncpg.Record, topic: Topic, thing: UUID, listing: asyncpg.Record, path: str) -> Told:
    """Who wrote under somebody's ad, or after it, is not told the title of one that was taken out of sight."""
    is_readable = case["author"] == listing["author"] or listing["status"] in REPORTABLE
    about = listing["title"] if is_readable else REMOVED
    return Told(member=case["author"], topic=topic, thing=thing, about=about, path=path)
